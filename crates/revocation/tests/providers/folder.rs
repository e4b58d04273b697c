//! Lists in files: what is read, what is reported, and what is unknown afterwards.

use crate::world::*;
use shomei_pki::{CrlProblem, UnknownReason};
use shomei_revocation::{CrlFolder, ListProblem, Lists, Place};
use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

struct Desk {
    folder: tempfile::TempDir,
    lists: Arc<Lists>,
    files: CrlFolder,
}

fn desk() -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let lists = lists(None);
    let files = CrlFolder::new(folder.path(), lists.clone());
    Desk { folder, lists, files }
}

impl Desk {
    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn put(&self, name: &str, octets: &[u8]) -> &Self {
        fs::write(self.path(name), octets).unwrap();
        self.files.refresh();
        self
    }

    fn remove(&self, name: &str) -> &Self {
        fs::remove_file(self.path(name)).unwrap();
        self.files.refresh();
        self
    }

    fn statuses(&self) -> [shomei_pki::RevocationStatus; 2] {
        [0, 1].map(|number| status(self.lists.as_ref(), number, 0))
    }

    fn problems(&self) -> Vec<(PathBuf, ListProblem)> {
        let of = |place| match place {
            Place::File(path) => path,
            Place::Url(url) => panic!("{url}"),
        };
        self.lists.problems().into_iter().map(|problem| (of(problem.place), problem.why)).collect()
    }
}

#[test]
fn each_city_is_answered_for_by_its_own_list() {
    let desk = desk();
    assert_eq!(desk.statuses(), [unknown(UnknownReason::NoList); 2], "an empty folder");
    desk.put("mihon.crl", &first_list(0, -60));
    assert_eq!(desk.statuses(), [good(-60), unknown(UnknownReason::NoList)]);
    desk.put("tonari.crl", &revoking_list(1, &first_list(1, -90), -80));
    assert_eq!(desk.statuses()[0], good(-60));
    assert!(is_revoked(desk.statuses()[1]));
    desk.remove("mihon.crl");
    assert_eq!(desk.statuses()[0], unknown(UnknownReason::NoList), "only the city whose list is gone");
    assert!(is_revoked(desk.statuses()[1]));
    assert_eq!(desk.problems(), []);
}

#[test]
fn a_newer_list_replaces_the_older_one_and_never_the_other_way_round() {
    let desk = desk();
    let old = first_list(0, -120);
    let new = next_list(0, &old, -60);
    desk.put("mihon.crl", &old).put("mihon.crl", &new);
    assert_eq!(desk.statuses()[0], good(-60));
    desk.put("mihon.crl", &old);
    assert_eq!(desk.statuses()[0], unknown(UnknownReason::List(CrlProblem::Older)));
    let older = ListProblem::Refused(CrlProblem::Older);
    assert_eq!(desk.problems(), [(desk.path("mihon.crl"), older.clone())]);
    desk.put("again.crl", &new);
    assert_eq!(desk.statuses()[0], good(-60), "the old one beside it takes nothing away");
    assert_eq!(desk.problems(), [(desk.path("mihon.crl"), older)]);
}

#[test]
fn a_list_that_is_over_leaves_it_unknown() {
    let desk = desk();
    desk.put("mihon.crl", &first_list(0, -8 * DAY));
    assert_eq!(desk.statuses()[0], unknown(UnknownReason::Outdated { next_update: at(-DAY) }));
}

#[test]
fn the_same_serial_number_of_another_generation_is_another_certificate() {
    let desk = desk();
    let other = other_authority();
    let holder = &world().holders[0].signature.certificate;
    let (reason, at) = (shomei_lab::Reason::KeyCompromise, lab_time(-60));
    let city = world().holders[0].resident.municipality;
    let list = other.revoke(city, &list_by(&other, -90), holder, reason, at).unwrap();
    let none: &[Vec<u8>] = &[];
    let both = [&world().signature, &other].map(|one| one.own().unwrap().certificate);
    let anchors = shomei_pki::Anchors::load(shomei_pki::World::Lab, &both, none).unwrap();
    let lists = Arc::new(Lists::new(anchors, verifier(), None).unwrap());
    fs::write(desk.path("mihon.crl"), first_list(0, -60)).unwrap();
    fs::write(desk.path("other.crl"), list).unwrap();
    CrlFolder::new(desk.folder.path(), lists.clone()).refresh();
    assert_eq!((lists.current().lists(), lists.current().entries()), (2, 1));
    assert_eq!(status(lists.as_ref(), 0, 0), good(-60));
}

type Fits<'a> = &'a dyn Fn(&ListProblem) -> bool;

#[test]
fn what_cannot_be_used_is_reported_and_unknown_and_the_rest_goes_on() {
    let desk = desk();
    desk.put("tonari.crl", &first_list(1, -60));
    let list = first_list(0, -60);
    let mut changed = list.clone();
    *changed.last_mut().unwrap() ^= 1;
    let foreign = list_by(&other_authority(), -60);
    let signature = || ListProblem::Refused(CrlProblem::Signature);
    let is_malformed = |problem: &ListProblem| matches!(problem, ListProblem::Malformed(_));
    let table: [(&str, &[u8], Fits<'_>, UnknownReason); 5] = [
        ("empty", b"", &is_malformed, UnknownReason::NoList),
        ("garbage", b"garbage", &is_malformed, UnknownReason::NoList),
        ("cut off", &list[..list.len() - 1], &is_malformed, UnknownReason::NoList),
        (
            "a changed signature",
            &changed,
            &|problem| *problem == signature(),
            UnknownReason::List(CrlProblem::Signature),
        ),
        ("another authority's", &foreign, &|problem| *problem == signature(), UnknownReason::NoList),
    ];
    for (name, octets, fits, why) in table {
        desk.put("mihon.crl", &list);
        assert_eq!(desk.statuses(), [good(-60); 2], "{name}: before");
        desk.put("mihon.crl", octets);
        assert_eq!(desk.statuses(), [unknown(why), good(-60)], "{name}");
        let problems = desk.problems();
        assert!(
            matches!(&problems[..], [(path, why)] if *path == desk.path("mihon.crl") && fits(why)),
            "{name}"
        );
    }
}

#[test]
fn a_folder_that_is_gone_is_reported_and_answers_nothing_until_it_is_back() {
    let outside = tempfile::tempdir().unwrap();
    for (path, file) in [("folder", "folder/mihon.crl"), ("mihon.crl", "mihon.crl")] {
        let (path, file) = (outside.path().join(path), outside.path().join(file));
        let lists = lists(None);
        let files = CrlFolder::new(&path, lists.clone());
        for _ in 0..2 {
            files.refresh();
            assert_eq!(status(lists.as_ref(), 0, 0), unknown(UnknownReason::NoList));
            let problems = lists.problems();
            let missing = ListProblem::Io(io::ErrorKind::NotFound);
            assert!(
                matches!(&problems[..], [one] if one.why == missing && one.place == Place::File(path.clone()))
            );
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(&file, first_list(0, -60)).unwrap();
            files.refresh();
            assert_eq!(status(lists.as_ref(), 0, 0), good(-60));
            assert_eq!(lists.problems(), []);
            fs::remove_file(&file).unwrap();
            if path != file {
                fs::remove_dir(&path).unwrap();
            }
        }
    }
}

#[test]
fn other_files_are_not_read_and_one_too_large_is_not_read_to_its_end() {
    let desk = desk();
    desk.put("README", b"no list").put("mihon.crl.new", &first_list(0, -60));
    assert_eq!((desk.lists.current().lists(), desk.problems()), (0, vec![]));
    let file = fs::File::create(desk.path("large.crl")).unwrap();
    file.set_len(shomei_revocation::MAX_LIST_OCTETS + 1).unwrap();
    desk.files.refresh();
    let limit = shomei_revocation::MAX_LIST_OCTETS;
    assert_eq!(desk.problems(), [(desk.path("large.crl"), ListProblem::TooLarge { limit })]);
}

#[test]
fn an_older_list_is_refused_after_a_restart_too() {
    let folder = tempfile::tempdir().unwrap();
    let (file, seen) = (folder.path().join("mihon.crl"), folder.path().join("seen"));
    let old = first_list(0, -120);
    let opened = |list: &[u8]| {
        fs::write(&file, list).unwrap();
        let lists = lists(Some(&seen));
        CrlFolder::new(&file, lists.clone()).refresh();
        assert!(lists.problems().iter().all(|problem| problem.place == Place::File(file.clone())));
        status(lists.as_ref(), 0, 0)
    };
    assert_eq!(opened(&next_list(0, &old, -60)), good(-60));
    assert_eq!(opened(&old), unknown(UnknownReason::List(CrlProblem::Older)));
    fs::write(&seen, "").unwrap();
    assert_eq!(opened(&old), good(-120), "the file is all that remembers");
}
