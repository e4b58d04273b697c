use super::*;
use crate::certificate::hex;
use crate::testing::{AUTHENTICATION_2023, Node, SIGNATURE_2019, SIGNATURE_2024, SIGNING};

const NONE: &[&[u8]] = &[];

#[test]
fn the_built_in_anchors_are_the_six_that_j_lis_published() {
    let anchors = Anchors::production().unwrap();
    let fingerprints = |purpose| -> Vec<String> {
        anchors.authorities(purpose).iter().map(|one| hex(&one.certificate().fingerprint())).collect()
    };
    assert_eq!(
        fingerprints(Purpose::Signature),
        [
            "19645405a1fe14377434bd55957628ac4038557c542403a2243f21c706fc9355",
            "79679c33e4cc9319440f1ad120a597ff1844e2ef217063adb176966fd5e6fbeb",
            "d227f6cde11d35c5252178f106f843d24651944975413b539fa2fb68dbfa365f",
        ]
    );
    assert_eq!(
        fingerprints(Purpose::Authentication),
        [
            "4dcfc4ca0aaf9fb2a3081b3f0c991c320b3acc008667a341eeaec5af1d58ca7d",
            "0d98de47fc11b7f67126874b7028b6026a803d2638d6edfe53176953961fade6",
            "64114f29620c24ed2631d46476a040e7ee740d956089c00b036a6a8118c322b5",
        ]
    );
    assert_eq!(anchors.world(), World::Production);
}

#[test]
fn an_anchor_of_one_world_is_refused_by_every_other() {
    let worlds = [World::Production, World::JlisTest, World::Lab];
    let lab = crate::lab_tests::authorities();
    let anchors: [[&[u8]; 2]; 3] = [
        [PRODUCTION_SIGNATURE[2], PRODUCTION_AUTHENTICATION[2]],
        [SIGNATURE_2024, AUTHENTICATION_2023],
        [&lab[0], &lab[1]],
    ];
    for (world, [own_signature, own_authentication]) in worlds.into_iter().zip(anchors) {
        for (other, [signature, authentication]) in worlds.into_iter().zip(anchors) {
            let own = Anchors::load(world, &[own_signature], &[own_authentication]).unwrap();
            let organization = other.organization().to_owned();
            for (purpose, added) in [
                (Purpose::Signature, own.clone().with(&[signature], NONE)),
                (Purpose::Authentication, own.with(NONE, &[authentication])),
            ] {
                let (index, organization) = (0, organization.clone());
                let refusal = match other == world {
                    true => AnchorError::Repeated { purpose, index },
                    false => AnchorError::OtherWorld { purpose, index, organization, world },
                };
                assert_eq!(added.map(|_| ()), Err(refusal), "{other} among {world}");
            }
        }
    }
}

#[test]
fn anchors_are_added_and_dropped_without_a_release() {
    let fingerprint = |der: &[u8]| Fingerprint(Authority::parse(der).unwrap().certificate().fingerprint());
    let (old, new) = (fingerprint(SIGNATURE_2019), fingerprint(SIGNATURE_2024));
    let anchors = Anchors::load(World::JlisTest, &[SIGNATURE_2019], NONE).unwrap();
    let anchors = anchors.with(&[SIGNATURE_2024], &[AUTHENTICATION_2023]).unwrap();
    let sizes = |anchors: &Anchors| {
        [Purpose::Signature, Purpose::Authentication].map(|one| anchors.authorities(one).len())
    };
    assert_eq!(sizes(&anchors), [2, 1]);
    let authentication = fingerprint(AUTHENTICATION_2023);
    for (dropped, left) in
        [(vec![], [2, 1]), (vec![old], [1, 1]), (vec![authentication], [2, 0]), (vec![old, new], [0, 1])]
    {
        assert_eq!(sizes(&anchors.clone().without(&dropped).unwrap()), left);
    }
    for (dropped, mistaken) in [(vec![Fingerprint([7; 32])], Fingerprint([7; 32])), (vec![old, old], old)] {
        let refused = anchors.clone().without(&dropped).map(|_| ());
        assert_eq!(refused, Err(AnchorError::NotAnAnchor(mistaken)));
    }
    let production = Anchors::production().unwrap();
    let first = Fingerprint(production.authorities(Purpose::Signature)[0].certificate().fingerprint());
    assert_eq!(sizes(&production.without(&[first]).unwrap()), [2, 3]);
}

#[test]
fn sets_that_leave_open_who_answers_are_refused() {
    let world = World::JlisTest;
    let purpose = Purpose::Signature;
    let mut renamed = Node::parse(SIGNATURE_2019);
    renamed.set_extension(14, Node::parse(SIGNATURE_2024).extension(14).children[1].content.as_slice());
    let renamed = renamed.encode();
    let repeated = Err(AnchorError::Repeated { purpose, index: 1 });
    for (signature, authentication, expected) in [
        (vec![SIGNATURE_2019, SIGNATURE_2024], vec![AUTHENTICATION_2023], Ok(())),
        (vec![SIGNATURE_2024, SIGNATURE_2024], vec![], repeated.clone()),
        (vec![SIGNATURE_2024, &renamed], vec![], repeated),
        (vec![SIGNATURE_2024], vec![AUTHENTICATION_2023, SIGNATURE_2024], Err(AnchorError::BothPurposes)),
    ] {
        assert_eq!(Anchors::load(world, &signature, &authentication).map(|_| ()), expected);
    }
}

#[test]
fn a_holders_certificate_is_no_anchor() {
    let loaded = Anchors::load(World::JlisTest, NONE, &[SIGNING]);
    assert!(matches!(loaded, Err(AnchorError::Profile { purpose: Purpose::Authentication, index: 0, .. })));
}
