//! A signed application of a given length in both kinds of envelope, a signed form, a signed PDF, and everything that a recipient verifies it with.

use std::path::Path;
use std::time::SystemTime;

use anyhow::{Context, Result, ensure};
use shomei_application::{Application, Container, Field, Timestamp};
use shomei_card::{Card, LastTry};
use shomei_envelope::{Expectations, ProcedureExpectation, cades, jades};
use shomei_lab::{Purpose, RESIDENTS, SIGNATURE_PASSWORD, World as LabWorld, folder};
use shomei_pki::der::{Reader, Tag};
use shomei_pki::{Anchors, Crl, CrlIndex, RsaVerifier, World};

use super::Kind;
use super::form::signed_form;
use super::pdf::signed_pdf;
use crate::{CARD, InProcess, residence_record_application, signature_password};

/// Characters of a field of the explanation, three octets each.
const PARAGRAPH: usize = 3_000;

pub(crate) struct Made {
    anchors: Anchors,
    lists: CrlIndex,
    expectations: Expectations,
    now: Timestamp,
    certificate: Vec<u8>,
    question: Question,
    authority: Vec<u8>,
    cades: Envelope,
    jades: Envelope,
    form: Vec<u8>,
    pdf: Vec<u8>,
}

/// A document and the envelope around it.
struct Envelope {
    document: Vec<u8>,
    signed: Vec<u8>,
}

/// The authority's signature under the signer's certificate.
pub(super) struct Question {
    pub(super) key: Vec<u8>,
    pub(super) message: Vec<u8>,
    pub(super) signature: Vec<u8>,
}

impl Made {
    /// With documents of `octets` octets, or a few more.
    pub(crate) fn new(octets: usize) -> Result<Self> {
        let begun = SystemTime::now();
        let world = LabWorld::with_residents(begun, RESIDENTS.get(..1).unwrap_or_default())?;
        let folder = tempfile::tempdir()?;
        folder::write(&world, folder.path())?;
        let seconds = begun.duration_since(SystemTime::UNIX_EPOCH)?.as_secs();
        let now = Timestamp::from_unix_seconds(i64::try_from(seconds)?)?;
        let holder = world.holders.first().context("a holder")?;
        let authority = world.authority(Purpose::Signature);
        let own = authority.own()?.certificate;
        let none: &[Vec<u8>] = &[];
        let anchors = Anchors::load(World::Lab, std::slice::from_ref(&own), none)?;
        let mut lists = CrlIndex::default();
        let list = authority.empty_list(holder.resident.municipality, world.made)?;
        lists.insert(Crl::parse(&list)?, &anchors, &RsaVerifier)?;
        let certificate = holder.signature.certificate.clone();
        let envelope = |container| signed(&folder.path().join(CARD), container, now, octets);
        let application = application(Container::Cades, now, octets)?;
        Ok(Self {
            question: question(&own, &certificate)?,
            cades: envelope(Container::Cades)?,
            jades: envelope(Container::Jades)?,
            form: signed_form(&folder.path().join(CARD), now, octets)?,
            pdf: signed_pdf(&folder.path().join(CARD), now, octets)?,
            authority: own,
            expectations: expectations(application),
            anchors,
            lists,
            now,
            certificate,
        })
    }

    pub(crate) const fn anchors(&self) -> &Anchors {
        &self.anchors
    }

    pub(crate) const fn lists(&self) -> &CrlIndex {
        &self.lists
    }

    pub(crate) const fn expectations(&self) -> &Expectations {
        &self.expectations
    }

    pub(crate) const fn now(&self) -> Timestamp {
        self.now
    }

    /// Nothing but how many sign: a form names no recipient.
    pub(super) fn one_signer(&self) -> Expectations {
        Expectations { origin: None, recipient_id: None, procedure: None, challenge: None, signers: Some(1) }
    }

    /// The authority's certificate in DER.
    pub(super) fn authority(&self) -> &[u8] {
        &self.authority
    }

    pub(crate) fn form(&self) -> &[u8] {
        &self.form
    }

    /// A PDF, signed.
    pub(crate) fn pdf(&self) -> &[u8] {
        &self.pdf
    }

    pub(crate) fn certificate(&self) -> &[u8] {
        &self.certificate
    }

    pub(super) const fn question(&self) -> &Question {
        &self.question
    }

    pub(crate) fn envelope(&self, kind: Kind) -> &[u8] {
        &self.of(kind).signed
    }

    pub(crate) fn document(&self, kind: Kind) -> &[u8] {
        &self.of(kind).document
    }

    const fn of(&self, kind: Kind) -> &Envelope {
        match kind {
            Kind::Cades => &self.cades,
            Kind::Jades => &self.jades,
        }
    }
}

/// A residence record application with a long explanation behind it.
fn application(container: Container, now: Timestamp, octets: usize) -> Result<Application> {
    let mut application = Application { container, ..residence_record_application(now, 1800)? };
    for part in 1.. {
        let length = application.to_canonical().len();
        let missing = octets.saturating_sub(length).div_ceil(3);
        if missing == 0 {
            break;
        }
        application.fields.push(Field {
            name: format!("explanation.{part}"),
            label: "説明".to_owned(),
            value: "申".repeat(missing.min(PARAGRAPH)),
            text: None,
            group: None,
        });
    }
    let length = application.to_canonical().len();
    ensure!((octets..octets + 1024).contains(&length), "the document has {length} octets");
    Ok(application)
}

fn signed(card: &Path, container: Container, now: Timestamp, octets: usize) -> Result<Envelope> {
    let document = application(container, now, octets)?.to_canonical();
    let mut card = Card::open(InProcess::read(card)?)?;
    let mut session =
        card.unlock_signature(&signature_password(SIGNATURE_PASSWORD)?, LastTry::NotConfirmed)?;
    let certificate = session.certificate()?;
    let signed = match container {
        Container::Cades => {
            let prepared = cades::prepare(&document, &certificate, now)?;
            let signature = session.sign(&prepared.digest())?;
            prepared.complete(&signature)?
        }
        Container::Jades => {
            let prepared = jades::prepare(&document, &certificate, now)?;
            let signature = session.sign(&prepared.digest())?;
            prepared.complete(&signature)?
        }
    };
    session.close()?;
    Ok(Envelope { document, signed })
}

fn expectations(application: Application) -> Expectations {
    let procedure = application.procedure;
    Expectations {
        origin: Some(application.recipient.origin.as_str().to_owned()),
        recipient_id: Some(application.recipient.id),
        procedure: Some(ProcedureExpectation {
            id: procedure.id,
            version: procedure.version,
            sha256: procedure.sha256,
        }),
        challenge: Some(application.challenge.value),
        signers: Some(1),
    }
}

/// The parts of a certificate (RFC 5280 §4.1): what is signed, by what, and the key of the authority's own certificate.
fn question(authority: &[u8], certificate: &[u8]) -> Result<Question> {
    let mut parts = Reader::new(certificate).expect(Tag::SEQUENCE)?.children();
    let message = parts.read()?.raw().to_vec();
    parts.read()?;
    let signature = parts.expect(Tag::BIT_STRING)?.content().get(1..).context("a signature")?.to_vec();
    let mut own = Reader::new(authority).expect(Tag::SEQUENCE)?.children().read()?.children();
    // version, serialNumber, signature, issuer, validity, subject
    for _ in 0..6 {
        own.read()?;
    }
    Ok(Question { key: own.read()?.raw().to_vec(), message, signature })
}
