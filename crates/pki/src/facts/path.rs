//! Facts 50 to 52: who issued a certificate, and who cannot have.

use crate::anchors::{AnchorError, Anchors};
use crate::certificate::{
    AuthenticationCertificate, Authority, ProfileError, SHA256_WITH_RSA, SigningCertificate, known_algorithm,
};
use crate::der::oid_to_string;
use crate::lab_tests;
use crate::path::{PathError, ValidityError};
use crate::testing::{
    AUTHENTICATION, AUTHENTICATION_2023, Node, SIGNATURE_2019, SIGNATURE_2024, SIGNING, Seal,
};
use crate::time::UnixTime;
use crate::verifier::{Algorithm, RsaVerifier, SignatureVerifier};
use crate::world::{Purpose, World};

/// One change to the tree of a key.
type Edit = Box<dyn Fn(&mut Node)>;

const NONE: &[&[u8]] = &[];
const PURPOSES: [Purpose; 2] = [Purpose::Signature, Purpose::Authentication];

#[test]
fn fact_50_generations_share_a_name_and_differ_in_their_keys() {
    let production = Anchors::production().unwrap();
    for purpose in PURPOSES {
        let [first, second, third] = production.authorities(purpose) else { panic!("{purpose}") };
        for (one, other) in [(first, second), (second, third), (first, third)] {
            assert_eq!(one.certificate().subject(), other.certificate().subject());
            assert_ne!(one.key_identifier(), other.key_identifier());
            assert_ne!(one.certificate().public_key(), other.certificate().public_key());
        }
    }
}

#[test]
fn fact_50_a_name_alone_makes_no_issuer() {
    let signing = SigningCertificate::parse(&lab_tests::certificates()[0]).unwrap();
    let [own, _] = lab_tests::authorities();
    let twin = lab_tests::twin();
    let parsed = [&own, &twin].map(|der| Authority::parse(der).unwrap());
    assert_eq!(parsed[0].certificate().subject(), parsed[1].certificate().subject());
    for (anchors, expected) in [
        (vec![&own], Ok(&own)),
        (vec![&own, &twin], Ok(&own)),
        (vec![&twin, &own], Ok(&own)),
        (vec![&twin], Err(PathError::NoAnchor)),
        (vec![], Err(PathError::NoAnchor)),
    ] {
        let anchors = Anchors::load(World::Lab, &anchors, &[]).unwrap();
        let issuer = anchors.issuer_of_signing(&signing, &RsaVerifier);
        assert_eq!(issuer.map(|issuer| issuer.certificate().der()), expected.map(Vec::as_slice));
    }
}

#[test]
fn fact_50_an_identifier_alone_makes_no_issuer_either() {
    let [mut own, mut twin] = [&lab_tests::authorities()[0], &lab_tests::twin()].map(|der| Node::parse(der));
    let signing = SigningCertificate::parse(&lab_tests::certificates()[0]).unwrap();
    twin.set_extension(14, &own.extension(14).children[1].content);
    let anchors = Anchors::load(World::Lab, &[twin.encode()], &[]).unwrap();
    assert_eq!(anchors.issuer_of_signing(&signing, &RsaVerifier), Err(PathError::Signature));
    // The right key under another certificate's number is not the certificate that was named.
    own.at(&[0, 1]).content = vec![0x55; 4];
    let anchors = Anchors::load(World::Lab, &[own.encode()], &[]).unwrap();
    assert_eq!(anchors.issuer_of_signing(&signing, &RsaVerifier), Err(PathError::AuthorityCertificate));
}

#[test]
fn fact_51_each_kind_is_refused_where_the_other_is_needed() {
    let [lab_signature, lab_authentication] = lab_tests::certificates();
    for (signature, authentication) in
        [(SIGNING, AUTHENTICATION), (lab_signature.as_slice(), lab_authentication.as_slice())]
    {
        let refusal = Err(ProfileError::KeyUsage("signature"));
        assert_eq!(SigningCertificate::parse(authentication), refusal);
        let refusal = Err(ProfileError::KeyUsage("authentication"));
        assert_eq!(AuthenticationCertificate::parse(signature), refusal);
    }
    let swapped = Anchors::load(World::JlisTest, &[AUTHENTICATION_2023], &[SIGNATURE_2024]).unwrap();
    let signing = SigningCertificate::parse(SIGNING).unwrap();
    assert_eq!(swapped.issuer_of_signing(&signing, &RsaVerifier), Err(PathError::NoAnchor));
    let authentication = AuthenticationCertificate::parse(AUTHENTICATION).unwrap();
    assert_eq!(swapped.issuer_of_authentication(&authentication, &RsaVerifier), Err(PathError::NoAnchor));
}

#[test]
fn fact_51_no_world_reads_the_certificates_of_another() {
    let [lab, _] = lab_tests::certificates();
    let [lab_authority, _] = lab_tests::authorities();
    let worlds = [
        Anchors::production().unwrap(),
        Anchors::load(World::JlisTest, &[SIGNATURE_2019, SIGNATURE_2024], NONE).unwrap(),
        Anchors::load(World::Lab, &[lab_authority], &[]).unwrap(),
    ];
    for (home, der) in [(World::JlisTest, SIGNING), (World::Lab, &lab)] {
        let signing = SigningCertificate::parse(der).unwrap();
        for anchors in &worlds {
            let world = anchors.world();
            let refusal = PathError::OtherWorld { organization: home.organization().to_owned(), world };
            let refused = anchors.issuer_of_signing(&signing, &RsaVerifier).err();
            assert_eq!(refused, (world != home).then_some(refusal), "{home} in {world}");
        }
    }
}

/// The test card's certificate with another policy, sealed by `authority` and naming it as its issuer.
fn sealed_with_policy(authority: &Authority, policy: &[u8]) -> SigningCertificate {
    let mut issuer = Node::parse(authority.certificate().der());
    let (name, serial) = (issuer.at(&[0, 5]).clone(), issuer.at(&[0, 1]).content.clone());
    let mut tree = Node::parse(SIGNING);
    *tree.at(&[0, 3]) = name.clone();
    tree.edit_extension(35, |named| {
        named.at(&[0]).content = authority.key_identifier().to_vec();
        *named.at(&[1, 0, 0]) = name.clone();
        named.at(&[2]).content = serial.clone();
    });
    tree.edit_extension(32, |policies| policies.at(&[0, 0]).content = policy.to_vec());
    let seal = Seal::make(authority.certificate().public_key(), &tree.at(&[0]).encode());
    tree.at(&[2]).content = [vec![0], seal].concat();
    SigningCertificate::parse(&tree.encode()).unwrap()
}

#[test]
fn fact_51_a_trusted_signature_over_the_policy_of_another_purpose_or_world_is_refused() {
    let [lab, _] = lab_tests::authorities();
    let worlds = [World::Production, World::JlisTest, World::Lab];
    let every = worlds.map(|world| PURPOSES.map(|purpose| world.policy(purpose))).concat();
    // anyPolicy (RFC 5280 §4.2.1.4), and the policy reported for certificates in smartphones.
    let others: [&[u8]; 2] = [b"\x55\x1d\x20\x00", b"\x2a\x83\x08\x8c\x9b\x55\x08\x05\x01\x01\x28"];
    for anchors in [
        Anchors::production().unwrap(),
        Anchors::load(World::JlisTest, &[SIGNATURE_2019, SIGNATURE_2024], NONE).unwrap(),
        Anchors::load(World::Lab, &[lab], &[]).unwrap(),
    ] {
        let (world, purpose) = (anchors.world(), Purpose::Signature);
        for authority in anchors.authorities(purpose) {
            for policy in every.iter().copied().chain(others) {
                let signing = sealed_with_policy(authority, policy);
                let issuer = anchors.issuer_of_signing(&signing, &Seal);
                let refusal = PathError::Policy { found: oid_to_string(policy), purpose, world };
                let own = policy == world.policy(purpose);
                assert_eq!(issuer, if own { Ok(authority) } else { Err(refusal) });
            }
        }
    }
}

/// GHSA-58hw-cg5m-88rp was a verifier that checked signatures along a chain, and neither validity nor keyUsage nor
/// basicConstraints. Both judges refuse more such chains in `tests/differential`.
#[test]
fn fact_52_validity_usage_and_constraints_are_enforced() {
    let certificate = SigningCertificate::parse(SIGNING).unwrap();
    let certificate = certificate.certificate();
    let production = Anchors::production().unwrap();
    let [first, second, _] = production.authorities(Purpose::Signature) else { panic!() };
    let end = UnixTime::from_utc_time(b"251019145959Z").unwrap();
    assert_eq!(first.certificate().not_after(), end);
    let now = UnixTime::from_utc_time(b"261124000000Z").unwrap();
    assert_eq!(certificate.check_validity(Some(first), now), Err(ValidityError::AuthorityExpired(end)));
    assert_eq!(certificate.check_validity(Some(second), now), Ok(()));
    let (not_before, not_after) = (certificate.not_before(), certificate.not_after());
    let early = certificate.check_validity(Some(second), not_before.plus(-1));
    assert_eq!(early, Err(ValidityError::NotYet(not_before)));
    let late = certificate.check_validity(Some(second), not_after.plus(1));
    assert_eq!(late, Err(ValidityError::Expired(not_after)));
    let holder = Anchors::load(World::JlisTest, &[SIGNING], NONE).map(|_| ());
    let error = ProfileError::KeyUsage("authority");
    assert_eq!(holder, Err(AnchorError::Profile { purpose: Purpose::Signature, index: 0, error }));
}

#[test]
fn fact_52_only_one_signature_algorithm_is_accepted_and_the_others_have_names() {
    assert_eq!(known_algorithm(SHA256_WITH_RSA), Ok(Algorithm::RsaPkcs1Sha256));
    let rsa =
        |last: u8| [b"\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01", &[last][..], b"\x05\x00"].concat();
    let ecdsa = |last: u8| [b"\x30\x0a\x06\x08\x2a\x86\x48\xce\x3d\x04\x03", &[last][..]].concat();
    let refused = ProfileError::AlgorithmNotAccepted;
    for (identifier, error) in [
        (rsa(5), refused("sha1WithRSAEncryption")),
        (rsa(12), refused("sha384WithRSAEncryption")),
        (rsa(13), refused("sha512WithRSAEncryption")),
        (ecdsa(2), refused("ecdsa-with-SHA256")),
        (ecdsa(3), refused("ecdsa-with-SHA384")),
        (rsa(4), ProfileError::Algorithm),
        (SHA256_WITH_RSA[..13].to_vec(), ProfileError::Algorithm),
    ] {
        assert_eq!(known_algorithm(&identifier), Err(error));
    }
}

#[test]
fn fact_52_only_one_kind_of_key_is_accepted_also_by_the_verifier() {
    let curve = |oid: &[u8]| {
        let key = Node::leaf(crate::der::Tag::OID, b"\x2a\x86\x48\xce\x3d\x02\x01");
        Node::branch(crate::der::Tag::SEQUENCE, &[key, Node::leaf(crate::der::Tag::OID, oid)])
    };
    let number = |place: usize, content: Vec<u8>| {
        move |info: &mut Node| {
            let mut key = Node::parse(&info.at(&[1]).content[1..]);
            key.at(&[place]).content = content.clone();
            info.at(&[1]).content = [vec![0], key.encode()].concat();
        }
    };
    let table: [(Edit, ProfileError); 6] = [
        (
            Box::new(move |info| *info.at(&[0]) = curve(b"\x2a\x86\x48\xce\x3d\x03\x01\x07")),
            ProfileError::KeyNotAccepted("P-256"),
        ),
        (
            Box::new(move |info| *info.at(&[0]) = curve(b"\x2b\x81\x04\x00\x22")),
            ProfileError::KeyNotAccepted("P-384"),
        ),
        (Box::new(move |info| *info.at(&[0]) = curve(b"\x2b\x81\x04\x00\x23")), ProfileError::Key),
        (Box::new(number(1, vec![3])), ProfileError::KeyNumbers),
        (Box::new(number(0, vec![0x7f; 128])), ProfileError::KeySize { octets: 128 }),
        (Box::new(number(0, [vec![0], vec![0xff; 384]].concat())), ProfileError::KeySize { octets: 384 }),
    ];
    for (edit, error) in table {
        let mut changed = Node::parse(SIGNING);
        edit(changed.at(&[0, 6]));
        let key = changed.at(&[0, 6]).encode();
        assert_eq!(SigningCertificate::parse(&changed.encode()), Err(error.clone()));
        let verified = RsaVerifier.verify(Algorithm::RsaPkcs1Sha256, &key, b"", &[1; 256]);
        assert!(verified.is_err(), "{error}");
    }
}
