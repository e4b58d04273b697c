//! The comparison itself.

use crate::cases::{self, Case};
use crate::judges::{self, Setting};
use crate::named;
use shomei_pki::Purpose;
use std::collections::{BTreeMap, HashMap};
use std::sync::Mutex;
use std::time::Instant;

/// One line each: class, who accepts, why, parted by ` | `.
const EXPLAINED: &str = include_str!("explained.txt");

/// Classes on which both must agree, and how: without them two judges that accept everything would agree as well.
/// Those of validity, usage and constraints are what a verifier got wrong in GHSA-58hw-cg5m-88rp.
const AGREED: [(&str, bool); 30] = [
    ("named: nothing", true),
    ("named: an unknown extension", true),
    ("named: extensions in reverse", true),
    ("named: extensions turned by one", true),
    ("named: serial number of one octet", true),
    ("named: serial number of 20 octets", true),
    ("named: valid from this second", true),
    ("setting: the authority before its twin", true),
    ("setting: the authority after its twin", true),
    ("setting: the second in which it begins", true),
    ("authority: nothing", true),
    ("named: an unknown critical extension", false),
    ("named: keyUsage keyEncipherment", false),
    ("named: policy of the other kind", false),
    ("named: policy of the public service", false),
    ("named: valid from later on", false),
    ("named: valid until yesterday", false),
    ("named: SHA-1", false),
    ("setting: a twin of the authority", false),
    ("setting: a holder as anchor", false),
    ("setting: issued by a holder", false),
    ("setting: the other kind", false),
    ("setting: the other kind and its authority", false),
    ("setting: the second after the last", false),
    ("setting: longer than the authority", false),
    ("authority: keyUsage crlSign only", false),
    ("authority: basicConstraints CA:FALSE", false),
    ("authority: no basicConstraints", false),
    ("authority: expired", false),
    ("authority: not yet valid", false),
];

fn all_cases() -> Vec<Case> {
    let purposes = [Purpose::Signature, Purpose::Authentication];
    let mut drafts: Vec<_> = purposes.into_iter().flat_map(cases::systematic).collect();
    drafts.extend(purposes.into_iter().flat_map(|purpose| cases::signed_octets(purpose, 400)));
    drafts.extend(named::edits());
    let mut cases = cases::signed(drafts);
    cases.extend(purposes.into_iter().flat_map(|purpose| cases::unsigned_octets(purpose, 400)));
    cases.extend(named::settings());
    cases.extend(named::authorities());
    cases
}

/// OpenSSL's verdicts in the order of the cases, one process for each setting, two processes at a time.
fn openssl_verdicts(cases: &[Case]) -> Vec<Result<(), String>> {
    let mut groups: HashMap<&Setting, Vec<usize>> = HashMap::new();
    for (index, case) in cases.iter().enumerate() {
        groups.entry(&case.setting).or_default().push(index);
    }
    // Split, so that no process has much more to do than the others.
    let batches = groups.into_iter().flat_map(|(setting, indices)| {
        indices.chunks(300).map(|chunk| (setting, chunk.to_vec())).collect::<Vec<_>>()
    });
    let batches = Mutex::new(batches.collect::<Vec<_>>());
    let verdicts = Mutex::new(vec![Ok(()); cases.len()]);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some((setting, indices)) = { batches.lock().unwrap().pop() } {
                    let certificates: Vec<_> =
                        indices.iter().map(|index| cases[*index].certificate.as_slice()).collect();
                    let answers = judges::openssl(setting, &certificates);
                    let mut verdicts = verdicts.lock().unwrap();
                    for (index, answer) in indices.into_iter().zip(answers) {
                        verdicts[index] = answer;
                    }
                }
            });
        }
    });
    verdicts.into_inner().unwrap()
}

/// How often a class was judged differently, by who accepts, with the last example and the other's reason.
type Disagreements = BTreeMap<(String, &'static str), (usize, String)>;

#[test]
fn every_disagreement_with_openssl_is_explained() {
    let begun = Instant::now();
    let cases = all_cases();
    let ours: Vec<_> = cases.iter().map(|case| judges::shomei(&case.setting, &case.certificate)).collect();
    let theirs = openssl_verdicts(&cases);
    check_agreed(&cases, &ours, &theirs);
    let mut disagreements = Disagreements::new();
    let (mut both, mut neither) = (0, 0);
    for ((case, ours), theirs) in cases.iter().zip(&ours).zip(&theirs) {
        let (who, why) = match (ours, theirs) {
            (Ok(()), Ok(())) => {
                both += 1;
                continue;
            }
            (Err(_), Err(_)) => {
                neither += 1;
                continue;
            }
            (Ok(()), Err(why)) => ("shomei", why),
            (Err(why), Ok(())) => ("openssl", why),
        };
        let entry = disagreements.entry((case.class.clone(), who)).or_default();
        *entry = (entry.0 + 1, format!("{why} ({})", case.detail));
    }
    let (count, seconds) = (cases.len(), begun.elapsed().as_secs_f32());
    println!("{count} cases in {seconds:.1} s: {both} accepted by both, {neither} refused by both");
    for ((class, who), (count, example)) in &disagreements {
        println!("{class} | {who} | {count} times, for example: {example}");
    }
    assert!(count >= 2000, "{count} cases");
    check_explained(&disagreements);
}

type Verdict = Result<(), String>;

fn check_agreed(cases: &[Case], ours: &[Verdict], theirs: &[Verdict]) {
    for (class, accepted) in AGREED {
        let of_class = |index: &usize| cases[*index].class == class;
        let found: Vec<_> = (0..cases.len()).filter(of_class).collect();
        assert!(!found.is_empty(), "no case: {class}");
        for index in found {
            let verdicts = [&ours[index], &theirs[index]];
            assert_eq!(verdicts.map(Result::is_ok), [accepted; 2], "{class}: {verdicts:?}");
        }
    }
}

fn check_explained(disagreements: &Disagreements) {
    let found = disagreements.keys().map(|(class, who)| (class.clone(), (*who).to_owned()));
    check_explained_in(EXPLAINED, found);
}

/// Begins a line that holds of some builds of OpenSSL only, so that it may be stale.
const OF_SOME: &str = "? ";

/// Holds that the lines of `explained`, class and who and why, name exactly the disagreements that were found, but for
/// lines [of some](OF_SOME).
pub(crate) fn check_explained_in(explained: &str, found: impl Iterator<Item = (String, String)>) {
    let mut unexplained: Vec<_> = found.map(|(class, who)| format!("{class} | {who}")).collect();
    for line in explained.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let Some((what, why)) = line.rsplit_once(" | ") else { panic!("no reason: {line}") };
        assert!(!why.is_empty(), "{line}");
        let of_some = what.strip_prefix(OF_SOME);
        match unexplained.iter().position(|found| found == of_some.unwrap_or(what)) {
            Some(known) => drop(unexplained.remove(known)),
            None => assert!(of_some.is_some(), "stale or repeated: {line}"),
        }
    }
    assert!(unexplained.is_empty(), "unexplained: {unexplained:#?}");
}
