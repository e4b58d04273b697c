use super::*;
use shomei_pki::{RevocationReason, UnixTime, UnknownReason};
use tempfile::TempDir;

const SESSION: SessionDigest = SessionDigest([1; 32]);
const OTHER: SessionDigest = SessionDigest([2; 32]);

static NOBODY: RevocationAnswer = RevocationAnswer::unknown(UnknownReason::NotConsulted);

struct Shelf {
    folder: TempDir,
    store: Store,
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_unix_seconds(1_800_000_000 + seconds).unwrap()
}

fn shelf() -> Shelf {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("filings.sqlite"), Duration::from_millis(50)).unwrap();
    for session in [SESSION, OTHER] {
        store.begin_session(session, at(0), at(1000)).unwrap();
    }
    Shelf { folder, store }
}

fn row(byte: u8, session: SessionDigest, created_at: Timestamp) -> ChallengeRow {
    ChallengeRow {
        challenge: Challenge::issue(&[byte; 32], created_at, 60).unwrap(),
        session,
        origin: "https://shinsei.city.mihon.lg.jp".into(),
        recipient_id: "129992".into(),
        procedure: ProcedureKey { id: "p".into(), version: "1".into(), sha256: "0".repeat(64) },
        container: Container::Cades,
    }
}

fn filing<'a>(challenge: &'a ChallengeRow, session: SessionDigest, envelope: &'a [u8]) -> NewFiling<'a> {
    NewFiling {
        challenge: &challenge.challenge.value,
        session,
        envelope,
        report: "{}",
        revocation: Revocation::Unknown,
        answer: &NOBODY,
        standing: Standing::Waiting,
        received_at: at(10),
        day: "20270115",
    }
}

#[test]
fn a_challenge_is_consumed_once_and_by_its_own_session() {
    let Shelf { store, folder: _folder } = shelf();
    let row = row(7, SESSION, at(0));
    store.issue(&row).unwrap();
    assert_eq!(store.file(&filing(&row, OTHER, b"theirs")).unwrap(), Filed::ChallengeUsed);
    assert!(!store.is_consumed(&row.challenge.value).unwrap());
    let first = Filed::Now("20270115-000001".into());
    assert_eq!(store.file(&filing(&row, SESSION, b"one")).unwrap(), first);
    assert!(store.is_consumed(&row.challenge.value).unwrap());
    assert_eq!(store.file(&filing(&row, SESSION, b"two")).unwrap(), Filed::ChallengeUsed);
    assert_eq!(store.file(&filing(&row, SESSION, b"one")).unwrap(), Filed::Before("20270115-000001".into()));
}

#[test]
fn what_belongs_to_another_session_does_not_exist() {
    let Shelf { store, folder: _folder } = shelf();
    let row = row(7, SESSION, at(0));
    store.issue(&row).unwrap();
    store.file(&filing(&row, SESSION, b"one")).unwrap();
    assert_eq!(store.challenge(&row.challenge.value, SESSION).unwrap(), Some(row.clone()));
    assert_eq!(store.challenge(&row.challenge.value, OTHER).unwrap(), None);
    assert_eq!(store.receipt_of(b"one", SESSION).unwrap().as_deref(), Some("20270115-000001"));
    assert_eq!(store.receipt_of(b"one", OTHER).unwrap(), None);
    assert_eq!(store.filing("20270115-000001", SESSION).unwrap().unwrap().envelope, b"one");
    assert_eq!(store.filing("20270115-000001", OTHER).unwrap(), None);
}

#[test]
fn a_filing_is_of_the_kind_that_its_challenge_was_issued_for() {
    let Shelf { store, folder: _folder } = shelf();
    for (number, container) in (1..).zip([Container::Jades, Container::Cades]) {
        let row = ChallengeRow { container, ..row(number, SESSION, at(0)) };
        store.issue(&row).unwrap();
        store.file(&filing(&row, SESSION, &[number])).unwrap();
        let found = store.filing(&format!("20270115-{number:06}"), SESSION).unwrap().unwrap();
        assert_eq!(found.container, container);
    }
}

#[test]
fn a_filing_that_cannot_be_stored_leaves_its_challenge_unused() {
    let Shelf { store, folder } = shelf();
    let row = row(7, SESSION, at(0));
    store.issue(&row).unwrap();
    let other = Connection::open(folder.path().join("filings.sqlite")).unwrap();
    let full = "CREATE TRIGGER full BEFORE INSERT ON filing BEGIN SELECT RAISE(ABORT, 'full'); END";
    other.execute_batch(full).unwrap();
    assert!(store.file(&filing(&row, SESSION, b"one")).is_err());
    assert!(!store.is_consumed(&row.challenge.value).unwrap());
    other.execute_batch("DROP TRIGGER full").unwrap();
    assert!(matches!(store.file(&filing(&row, SESSION, b"one")).unwrap(), Filed::Now(_)));
}

#[test]
fn challenges_that_were_never_used_are_forgotten_and_used_ones_kept() {
    let Shelf { store, folder: _folder } = shelf();
    let (used, unused) = (row(1, SESSION, at(0)), row(2, SESSION, at(0)));
    store.issue(&used).unwrap();
    store.issue(&unused).unwrap();
    store.file(&filing(&used, SESSION, b"one")).unwrap();
    store.issue(&row(3, SESSION, at(100))).unwrap();
    assert!(store.challenge(&used.challenge.value, SESSION).unwrap().is_some());
    assert!(store.challenge(&unused.challenge.value, SESSION).unwrap().is_none());
}

#[test]
fn a_session_lives_until_its_end() {
    let Shelf { store, folder: _folder } = shelf();
    for (session, now, lives) in
        [(SESSION, at(999), true), (SESSION, at(1000), false), (SessionDigest([3; 32]), at(0), false)]
    {
        assert_eq!(store.session_lives(session, now).unwrap(), lives);
    }
}

#[test]
fn a_database_is_opened_again_as_it_was_and_one_from_a_newer_program_is_refused() {
    let Shelf { store, folder } = shelf();
    let path = folder.path().join("filings.sqlite");
    drop(store);
    let store = Store::open(&path, Duration::ZERO).unwrap();
    assert!(store.session_lives(SESSION, at(0)).unwrap());
    let synchronous: i64 =
        store.connection().pragma_query_value(None, "synchronous", |row| row.get(0)).unwrap();
    let journal: String =
        store.connection().pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
    assert_eq!((synchronous, journal.as_str()), (2, "wal"), "a receipt is on the disk before it is shown");
    store.connection().pragma_update(None, "user_version", 99).unwrap();
    drop(store);
    assert!(matches!(Store::open(&path, Duration::ZERO), Err(StoreError::TooNew { found: 99 })));
}

#[test]
fn filings_from_before_standings_were_kept_wait_for_an_answer() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("filings.sqlite");
    let old = Connection::open(&path).unwrap();
    old.execute_batch(include_str!("../../migrations/0001-filing.sql")).unwrap();
    old.execute_batch(
        "PRAGMA user_version = 1; INSERT INTO session VALUES (x'01', 0, 1);
         INSERT INTO challenge VALUES ('c', x'01', 'o', 'r', 'p', '1', 's', 'cades', 0, 1, 1);
         INSERT INTO filing VALUES (1, 'r', 'c', x'01', x'00', x'00', '{}', 'good', 1);"
            .replace("x'01'", &format!("x'{}'", "01".repeat(32)))
            .replace("x'00', '{}'", &format!("x'{}', '{{}}'", "00".repeat(32)))
            .replace("'c'", &format!("'{}'", "c".repeat(43)))
            .replace("'s'", &format!("'{}'", "s".repeat(64)))
            .as_str(),
    )
    .unwrap();
    drop(old);
    let store = Store::open(&path, Duration::ZERO).unwrap();
    let pending = store.pending(0, at(0)).unwrap();
    assert_eq!(pending.iter().map(|filing| filing.standing).collect::<Vec<_>>(), [Standing::Waiting]);
}

/// Every standing can be stored and read back, a move needs the standing that was read, and pages follow one another.
#[test]
fn filings_move_from_where_they_were_read_and_nowhere_else() {
    let Shelf { store, folder: _folder } = shelf();
    for byte in 0..150 {
        let row = row(byte, SESSION, at(0));
        store.issue(&row).unwrap();
        store.file(&filing(&row, SESSION, &[byte])).unwrap();
    }
    let (mut all, mut last) = (Vec::new(), 0);
    loop {
        let page = store.pending(last, at(0)).unwrap();
        let Some(end) = page.last() else { break };
        last = end.id;
        all.extend(page);
    }
    assert_eq!(all.iter().map(|filing| filing.id).collect::<Vec<_>>(), (1..=150).collect::<Vec<_>>());

    let as_of = UnixTime::from_seconds(5);
    let reasons = (0..=10).map(RevocationReason::from_code);
    let reopened = reasons.map(|reason| Standing::Reopened { at: as_of, reason });
    let standings = [Standing::Provisional { as_of }, Standing::Final { as_of }].into_iter().chain(reopened);
    for (filing, standing) in all.iter().zip(standings) {
        assert!(store.move_filing(filing, standing, &NOBODY, at(20)).unwrap());
        assert!(!store.move_filing(filing, standing, &NOBODY, at(20)).unwrap(), "it was read as waiting");
        let receipt = format!("20270115-{:06}", filing.id);
        let shown = store.filing(&receipt, SESSION).unwrap().unwrap().standing;
        // Two numbers have one name.
        assert_eq!(standing_name(shown), standing_name(standing));
        assert_eq!(std::mem::discriminant(&shown), std::mem::discriminant(&standing));
    }
    let still = store.pending(0, at(0)).unwrap();
    assert_eq!(still[..2].iter().map(|filing| filing.id).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(still[2].id, 14, "those that were reopened are somebody else's to decide");
    assert_eq!(store.pending(0, at(11)).unwrap()[1].id, 14, "nor is one that has long been final");
}
