//! The lists of a made-up country, each signed by the lab's authority for signatures.

use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use shomei_lab::{Purpose as Kind, RESIDENTS, SIGNATURE_PASSWORD, World as LabWorld};
use shomei_pki::der::{Element, Reader, Tag, element};
use shomei_pki::{Anchors, Authority, Purpose, UnixTime, World};
use shomei_virtual_card::{Contents, Credential, VirtualCard};
use tempfile::TempDir;

pub(super) const LISTS: usize = 1_900;
pub(super) const ENTRIES: usize = 10_000_000;
/// When everything happens, in seconds since 1970.
pub(super) const NOW: u64 = 1_790_000_000;

/// 1,900 lists in a folder, and who signed them.
pub(super) struct Country {
    folder: TempDir,
    anchors: Anchors,
    /// A certificate of the lab, whose distribution point and serial number are replaced to ask about others.
    pub(super) pattern: Vec<u8>,
    octets: usize,
}

impl Country {
    /// Writes the lists, with serial numbers of so many octets.
    pub(super) fn make(octets: usize) -> Result<Self> {
        let now = UNIX_EPOCH + Duration::from_secs(NOW);
        let world = LabWorld::with_residents(now, RESIDENTS.get(..1).unwrap_or_default())?;
        let holder = world.holders.first().context("a holder")?;
        let own = world.authority(Kind::Signature).own()?;
        let none: &[Vec<u8>] = &[];
        let anchors = Anchors::load(World::Lab, std::slice::from_ref(&own.certificate), none)?;
        let template =
            world.authority(Kind::Signature).empty_list(holder.resident.municipality, world.made)?;
        let mut card = Signer::holding(Contents {
            signature: Some(Credential::new(
                &own.certificate,
                &own.certificate,
                &own.key,
                SIGNATURE_PASSWORD,
            )?),
            ..holder.contents()?
        });
        let folder = tempfile::tempdir()?;
        for (city, count) in sizes().into_iter().enumerate() {
            let list = list(&template, city, count, octets, &mut card)?;
            std::fs::write(folder.path().join(format!("{city:04}.crl")), list)?;
        }
        std::fs::write(folder.path().join("authority.der"), &own.certificate)?;
        Ok(Self { folder, anchors, pattern: holder.signature.certificate.clone(), octets })
    }

    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(super) fn files(&self) -> impl Iterator<Item = PathBuf> {
        (0..LISTS).map(|city| self.folder.path().join(format!("{city:04}.crl")))
    }

    pub(super) fn anchors(&self) -> &Anchors {
        &self.anchors
    }

    pub(super) fn issuer(&self) -> Result<&Authority> {
        self.anchors.authorities(Purpose::Signature).first().context("an anchor")
    }

    /// The serial number of an entry, as content of its INTEGER.
    pub(super) fn serial(&self, city: usize, place: usize) -> Result<Vec<u8>> {
        serial(city, place, self.octets)
    }
}

/// How many entries each list has: the larger the city the more, down to about a thousand.
pub(super) fn sizes() -> Vec<usize> {
    let weights: Vec<usize> = (0..LISTS).map(|city| 1_000_000_000 / (city + 10)).collect();
    let whole: usize = weights.iter().sum();
    let mut sizes: Vec<usize> = weights.iter().map(|weight| ENTRIES * weight / whole).collect();
    let missing = ENTRIES - sizes.iter().sum::<usize>();
    if let Some(largest) = sizes.first_mut() {
        *largest += missing;
    }
    sizes
}

/// The name of a city as long as the lab's own, so that nothing around it changes.
pub(super) fn renamed(der: &[u8], city: usize) -> Vec<u8> {
    const NAME: &[u8] = b"Mihon-shi CRLDP";
    let name = format!("City-{city:04} CRLDP");
    let mut renamed = der.to_vec();
    let place = der.windows(NAME.len()).position(|window| window == NAME);
    if let Some(found) = place.and_then(|place| renamed.get_mut(place..place + NAME.len())) {
        found.copy_from_slice(name.as_bytes());
    }
    renamed
}

/// A positive number whose first octet is not zero: a bijection of the entry's place, cut to its length.
fn serial(city: usize, place: usize, octets: usize) -> Result<Vec<u8>> {
    // Multiplication by an odd number permutes the residues of a power of two.
    let mixed = match octets {
        4 => {
            let place = u32::try_from(place)?.wrapping_mul(0x9e37_79b1).wrapping_add(u32::try_from(city)?);
            u64::from(place & 0x3fff_ffff | 0x4000_0000)
        }
        _ => {
            let place = u64::try_from(place * LISTS + city)?.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            place & 0x3fff_ffff_ffff_ffff | 0x4000_0000_0000_0000
        }
    };
    Ok(mixed.to_be_bytes().get(8 - octets..).unwrap_or_default().to_vec())
}

/// The template's list with another city's name and these entries, signed anew.
fn list(template: &[u8], city: usize, count: usize, octets: usize, signer: &mut Signer) -> Result<Vec<u8>> {
    let template = renamed(template, city);
    let mut outer = Reader::new(&template).expect(Tag::SEQUENCE)?.children();
    let fields = elements(&outer.expect(Tag::SEQUENCE)?)?;
    let algorithm = outer.expect(Tag::SEQUENCE)?;
    let mut entries = Vec::with_capacity(count * 40);
    for place in 0..count {
        entries.extend(entry(&serial(city, place, octets)?, place)?);
    }
    let (extensions, before) = fields.split_last().context("a list with extensions")?;
    let mut parts: Vec<Vec<u8>> = before.iter().map(|field| field.raw().to_vec()).collect();
    parts.extend([element(Tag::SEQUENCE, &entries), extensions.raw().to_vec()]);
    let signed = element(Tag::SEQUENCE, &parts.concat());
    let signature = [vec![0], signer.sign(&signed)].concat();
    let list = [signed, algorithm.raw().to_vec(), element(Tag::BIT_STRING, &signature)].concat();
    Ok(element(Tag::SEQUENCE, &list))
}

/// Revoked within the last five years, every other one with a reason.
fn entry(serial: &[u8], place: usize) -> Result<Vec<u8>> {
    const MOVED: &[u8] = b"\x30\x0c\x30\x0a\x06\x03\x55\x1d\x15\x04\x03\x0a\x01\x03";
    let seconds = i64::try_from(NOW)? - 60 * i64::try_from(place % 2_600_000)? - 3_600;
    let date = UnixTime::from_seconds(seconds).to_utc_time()?;
    let reason = if place.is_multiple_of(2) { MOVED } else { &[] };
    let parts = [element(Tag::INTEGER, serial), element(Tag::UTC_TIME, date.as_bytes()), reason.to_vec()];
    Ok(element(Tag::SEQUENCE, &parts.concat()))
}

pub(super) fn elements<'a>(parent: &Element<'a>) -> Result<Vec<Element<'a>>> {
    let mut reader = parent.children();
    let mut found = Vec::new();
    while !reader.is_empty() {
        found.push(reader.read()?);
    }
    Ok(found)
}

/// A software card with the authority's key on it, as private keys are used nowhere else.
struct Signer(VirtualCard);

impl Signer {
    fn holding(contents: Contents) -> Self {
        let mut card = VirtualCard::new(contents);
        card.respond(b"\x00\xa4\x04\x0c\x0a\xd3\x92\xf0\x00\x26\x01\x00\x00\x00\x01");
        let verify = [b"\x00\x20\x00\x9b\x09", SIGNATURE_PASSWORD.as_bytes()].concat();
        card.respond(&verify);
        Self(card)
    }

    fn sign(&mut self, message: &[u8]) -> Vec<u8> {
        let digest = Sha256::digest(message);
        let command = [b"\x80\x2a\x02\x9a\x20", digest.as_slice(), b"\x00"].concat();
        let mut answer = self.0.respond(&command);
        answer.truncate(answer.len().saturating_sub(2));
        answer
    }
}
