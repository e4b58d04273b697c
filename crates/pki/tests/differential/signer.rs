//! The lab whose authorities sign what the cases need: their keys lie on software cards, as private keys are used
//! nowhere else.

use sha2::{Digest, Sha256};
use shomei_lab::{AUTHENTICATION_PIN, Authority, Purpose, RESIDENTS, SIGNATURE_PASSWORD};
use shomei_virtual_card::{Contents, Credential, VirtualCard};
use std::sync::OnceLock;
use std::time::{Duration, UNIX_EPOCH};

use crate::tree::Node;

/// The instant of the lab, some day in 2026.
pub(crate) const NOW: i64 = 1_790_000_000;

/// One lab for all tests, and a second pair of authorities of the same names.
pub(crate) struct Lab {
    pub(crate) world: shomei_lab::World,
    pub(crate) twins: [Authority; 2],
}

pub(crate) fn lab() -> &'static Lab {
    static LAB: OnceLock<Lab> = OnceLock::new();
    LAB.get_or_init(|| {
        let now = UNIX_EPOCH + Duration::from_secs(NOW.unsigned_abs());
        let world = shomei_lab::World::with_residents(now, &RESIDENTS[..1]).unwrap();
        let twins = Purpose::ALL.map(|purpose| Authority::found(purpose, world.made).unwrap());
        Lab { world, twins }
    })
}

impl Lab {
    /// The holder's certificate for `purpose`.
    pub(crate) fn certificate(&self, purpose: Purpose) -> &[u8] {
        match purpose {
            Purpose::Signature => &self.world.holders[0].signature.certificate,
            Purpose::Authentication => &self.world.holders[0].authentication.certificate,
        }
    }

    /// The certificate of the authority for `purpose`.
    pub(crate) fn authority(&self, purpose: Purpose) -> Vec<u8> {
        self.world.authority(purpose).own().unwrap().certificate
    }

    /// The certificate of the authority of the same name.
    pub(crate) fn twin(&self, purpose: Purpose) -> Vec<u8> {
        self.twins[usize::from(purpose == Purpose::Authentication)].own().unwrap().certificate
    }
}

/// A card that holds the keys of both authorities.
pub(crate) struct Signer(VirtualCard);

impl Signer {
    /// The keys of the lab's authorities.
    pub(crate) fn of_authorities() -> Self {
        let key = |purpose, secret| {
            let own = lab().world.authority(purpose).own().unwrap();
            Credential::new(&own.certificate, &own.certificate, &own.key, secret).unwrap()
        };
        Self::holding(Contents {
            signature: Some(key(Purpose::Signature, SIGNATURE_PASSWORD)),
            authentication: key(Purpose::Authentication, AUTHENTICATION_PIN),
            input_support: None,
        })
    }

    /// The keys of the holder, for what a holder must not sign.
    pub(crate) fn of_holder() -> Self {
        Self::holding(lab().world.holders[0].contents().unwrap())
    }

    fn holding(contents: Contents) -> Self {
        let mut signer = Self(VirtualCard::new(contents));
        signer.exchange([0x00, 0xa4, 0x04, 0x0c], b"\xd3\x92\xf0\x00\x26\x01\x00\x00\x00\x01", b"");
        signer.exchange([0x00, 0x20, 0x00, 0x9b], SIGNATURE_PASSWORD.as_bytes(), b"");
        signer.exchange([0x00, 0x20, 0x00, 0x98], AUTHENTICATION_PIN.as_bytes(), b"");
        signer
    }

    fn exchange(&mut self, header: [u8; 4], data: &[u8], length: &[u8]) -> Vec<u8> {
        let count = u8::try_from(data.len()).unwrap();
        let mut answer = self.0.respond(&[&header[..], &[count], data, length].concat());
        assert!(answer.ends_with(b"\x90\x00"), "{answer:02x?}");
        answer.truncate(answer.len() - 2);
        answer
    }

    /// The certificate with a signature that belongs to what stands in it now.
    pub(crate) fn sign(&mut self, purpose: Purpose, certificate: &mut Node) {
        let key = if purpose == Purpose::Signature { 0x9a } else { 0x97 };
        let digest = Sha256::digest(certificate.at(&[0]).encode());
        let signature = self.exchange([0x80, 0x2a, 0x02, key], &digest, b"\x00");
        *certificate.at(&[2]) = Node::leaf(0x03, &[vec![0], signature].concat());
    }
}
