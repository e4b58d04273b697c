//! What a recipient's verification of an application takes, beside the arithmetic that nobody can leave out.

mod form;
mod made;
mod pdf;

use std::hint::black_box;
use std::time::Instant;

use anyhow::{Result, ensure};
use sha2::{Digest, Sha256};
use shomei_application::Application;
use shomei_envelope::{SignedApplication, Verdict, cades, jades, verify};
use shomei_pki::{Algorithm, AwsLcVerifier, RememberingVerifier, SignatureVerifier};

pub(crate) use self::form::FILE as FORM_FILE;
pub(crate) use self::made::Made;
use super::overhead::median;
use super::{Figure, Unit};

/// Octets of the document: an application with a long explanation.
const DOCUMENT: usize = 20 * 1024;
/// The part of a whole verification that the bare arithmetic has to be, at least.
const SHARE: f64 = 0.6;
/// Microseconds for everything around the content that the card then signs.
const PREPARE: f64 = 200.0;
const RUNS: usize = 31;
const ROUNDS: u32 = 40;

/// Verification of a CAdES and of a JAdES application of 20 KiB on one core with anchors and revocation lists at hand:
/// from the octets of the envelope to the verdict. It stands beside what has to be computed: both signatures by AWS-LC,
/// one SHA-256 of the content, one reading of the document; and once more where the authority's signature is
/// remembered from another application. The median of several runs, each beside its own measure in turn.
///
/// # Errors
/// When a lab cannot be made, or what is verified is not valid.
pub fn envelope_figures() -> Result<Vec<Figure>> {
    let made = Made::new(DOCUMENT)?;
    let mut figures = Vec::new();
    for kind in [Kind::Cades, Kind::Jades] {
        let all = measure(&made, kind, &AwsLcVerifier, 2)?;
        let cached = measure(&made, kind, &RememberingOnly::the_authoritys(&made)?, 1)?;
        figures.push(row(kind, "", all));
        figures.push(row(kind, ", authority's signature remembered", cached));
        figures.push(prepare_figure(&made, kind)?);
    }
    figures.push(form::form_figure(&made)?);
    figures.push(pdf::pdf_figure(&made)?);
    Ok(figures)
}

/// A kind of envelope.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    /// CAdES, attached.
    Cades,
    /// JAdES, attached.
    Jades,
}

impl Kind {
    const fn name(self) -> &'static str {
        match self {
            Self::Cades => "CAdES",
            Self::Jades => "JAdES",
        }
    }

    pub(crate) fn parse(self, envelope: &[u8]) -> Result<SignedApplication> {
        Ok(match self {
            Self::Cades => cades::parse(envelope)?,
            Self::Jades => jades::parse(envelope)?,
        })
    }
}

/// Microseconds of a verification, and of the bare arithmetic in it.
struct Pair {
    ours: f64,
    bare: f64,
}

fn row(kind: Kind, words: &str, pair: Pair) -> Figure {
    let name = format!("{} verification at 20 KiB{words}", kind.name());
    Figure::new(name, pair.ours, Unit::Microseconds)
        .beside("bare arithmetic", pair.bare)
        .within(Some(pair.bare / SHARE))
}

fn measure(made: &Made, kind: Kind, verifier: &dyn SignatureVerifier, signatures: u32) -> Result<Pair> {
    let envelope = made.envelope(kind);
    ensure!(judge(made, kind, envelope, verifier)? == Verdict::Valid, "not valid");
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        ours.push(micros(|| {
            black_box(judge(made, kind, envelope, verifier)?);
            Ok(())
        })?);
        bare.push(micros(|| arithmetic(made, kind, signatures))?);
    }
    Ok(Pair { ours: median(&mut ours), bare: median(&mut bare) })
}

fn judge(made: &Made, kind: Kind, envelope: &[u8], verifier: &dyn SignatureVerifier) -> Result<Verdict> {
    let envelope = kind.parse(black_box(envelope))?;
    let expectations = made.expectations();
    Ok(verify(&envelope, made.anchors(), made.lists(), made.now(), expectations, verifier).verdict())
}

/// What has to be computed in any case.
fn arithmetic(made: &Made, kind: Kind, signatures: u32) -> Result<()> {
    let (document, question) = (made.document(kind), made.question());
    for _ in 0..signatures {
        AwsLcVerifier.verify(
            Algorithm::RsaPkcs1Sha256,
            &question.key,
            &question.message,
            &question.signature,
        )?;
    }
    black_box(Sha256::digest(black_box(document)));
    black_box(Application::parse(black_box(document))?);
    Ok(())
}

fn prepare_figure(made: &Made, kind: Kind) -> Result<Figure> {
    let (document, certificate) = (made.document(kind), made.certificate());
    let prepare = || {
        let digest = match kind {
            Kind::Cades => cades::prepare(black_box(document), certificate, made.now())?.digest(),
            Kind::Jades => jades::prepare(black_box(document), certificate, made.now())?.digest(),
        };
        black_box(digest);
        Ok(())
    };
    let mut runs = (0..RUNS).map(|_| micros(prepare)).collect::<Result<Vec<f64>>>()?;
    let name = format!("{} prepare at 20 KiB", kind.name());
    Ok(Figure::new(name, median(&mut runs), Unit::Microseconds).within(Some(PREPARE)))
}

/// Microseconds for one time, in a row of several.
fn micros(work: impl Fn() -> Result<()>) -> Result<f64> {
    let begun = Instant::now();
    for _ in 0..ROUNDS {
        work()?;
    }
    Ok(begun.elapsed().as_secs_f64() * 1e6 / f64::from(ROUNDS))
}

/// Remembers the authority's signature and computes every other one, as for a person's first application of the day.
struct RememberingOnly {
    authoritys: RememberingVerifier<AwsLcVerifier>,
    message: Vec<u8>,
}

impl RememberingOnly {
    fn the_authoritys(made: &Made) -> Result<Self> {
        let message = made.question().message.clone();
        Ok(Self { authoritys: RememberingVerifier::new(AwsLcVerifier, 16), message })
    }
}

impl SignatureVerifier for RememberingOnly {
    fn verify(
        &self,
        algorithm: Algorithm,
        public_key: &[u8],
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), shomei_pki::SignatureMismatch> {
        if message == self.message {
            self.authoritys.verify(algorithm, public_key, message, signature)
        } else {
            AwsLcVerifier.verify(algorithm, public_key, message, signature)
        }
    }
}
