//! Many files: judged side by side, told in the order of their paths.

use super::counts::{Counts, Ended};
use super::inputs::Inputs;
use super::open;
use super::progress::Progress;
use super::unusable::Unusable;
use super::walk::{Found, Kind, walk};
use crate::Printed;
use crate::arguments::Verify;
use shomei_application::json::{Object, to_canonical_string};
use shomei_envelope::Verdict;
use shomei_envelope::render::{Language, visible};
use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

/// What came of one file.
enum Done {
    /// The report as JSON where that is wanted, and the files that it is over.
    Judged {
        verdict: Verdict,
        json: Option<Object>,
        content: Vec<PathBuf>,
    },
    Unusable(Unusable),
    Skipped(Why),
}

/// Why a file was passed over, as JSON has it.
#[derive(Clone, Copy)]
enum Why {
    NoFormat,
    NotSigned,
    Content,
    NotAFile,
}

pub(super) fn run(paths: &[PathBuf], arguments: &Verify, inputs: &Inputs) -> Printed {
    let found = walk(paths);
    let mut progress = Progress::of(found.len(), arguments.progress);
    let mut done: Vec<Option<Done>> = Vec::new();
    done.resize_with(found.len(), || None);
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        let (sender, receiver) = mpsc::channel();
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            let (found, next, sender) = (&found, &next, sender.clone());
            scope.spawn(move || work(found, next, &sender, |one| judge(one, inputs, arguments.json)));
        }
        drop(sender);
        collect(&receiver, &mut done, &mut progress);
    });
    let done = found.into_iter().zip(done.into_iter().flatten()).map(|(found, done)| (found.path, done));
    told(pass_over_content(done.collect()), arguments)
}

/// Takes one file after the other until none is left or nobody listens.
fn work(found: &[Found], next: &AtomicUsize, sender: &Sender<(usize, Done)>, judge: impl Fn(&Found) -> Done) {
    loop {
        let index = next.fetch_add(1, Ordering::Relaxed);
        let Some(one) = found.get(index) else { return };
        if sender.send((index, judge(one))).is_err() {
            return;
        }
    }
}

fn collect(receiver: &Receiver<(usize, Done)>, done: &mut [Option<Done>], progress: &mut Progress) {
    let mut count = 0_usize;
    for (index, one) in receiver {
        if let Some(place) = done.get_mut(index) {
            *place = Some(one);
        }
        count = count.saturating_add(1);
        progress.tell(count);
    }
}

fn judge(found: &Found, inputs: &Inputs, json: bool) -> Done {
    let named = match &found.kind {
        Kind::Named => true,
        Kind::File => false,
        Kind::Other => return Done::Skipped(Why::NotAFile),
        Kind::Unreadable(error) => return Done::Unusable(error.into()),
    };
    match open::open(&found.path, None) {
        Ok(opened) => {
            let report = inputs.judge(opened.signed.as_ref());
            let json = json.then(|| Object::new().with("report", report.to_json()));
            Done::Judged { verdict: report.verdict(), json, content: opened.content }
        }
        Err(error) if !named && error.is_of_no_format() => Done::Skipped(Why::NoFormat),
        Err(error) if !named && error.is_not_signed() => Done::Skipped(Why::NotSigned),
        Err(error) => Done::Unusable((&error).into()),
    }
}

/// A file that another file's signature is over, and that matches it, need not be signed itself.
fn pass_over_content(mut done: Vec<(PathBuf, Done)>) -> Vec<(PathBuf, Done)> {
    let content: HashSet<PathBuf> = done
        .iter()
        .filter_map(|(_, done)| match done {
            Done::Judged { verdict, content, .. } if *verdict != Verdict::Invalid => Some(content),
            _ => None,
        })
        .flatten()
        .cloned()
        .collect();
    for (path, done) in &mut done {
        if !matches!(done, Done::Judged { .. }) && content.contains(path) {
            *done = Done::Skipped(Why::Content);
        }
    }
    done
}

fn told(done: Vec<(PathBuf, Done)>, arguments: &Verify) -> Printed {
    let language = arguments.language.into();
    let (mut counts, mut lines) = (Counts::default(), Vec::new());
    for (path, done) in done {
        let path = path.to_string_lossy().into_owned();
        counts.add(done.ended());
        match arguments.json {
            true => lines.push(to_canonical_string(&done.into_json().with("file", path).into())),
            false => lines.extend(done.line(&path, language)),
        }
    }
    match arguments.json {
        true => lines.push(to_canonical_string(&counts.to_json())),
        false => {
            lines.push(String::new());
            lines.extend(counts.lines(language));
        }
    }
    Printed { text: lines.join("\n"), code: counts.code() }
}

impl Done {
    const fn ended(&self) -> Ended {
        match self {
            Self::Judged { verdict, .. } => Ended::Judged(*verdict),
            Self::Unusable(_) => Ended::Unusable,
            Self::Skipped(_) => Ended::Skipped,
        }
    }

    fn into_json(self) -> Object {
        match self {
            Self::Judged { json, .. } => json.unwrap_or_default(),
            Self::Unusable(why) => why.to_json(),
            Self::Skipped(why) => Object::new().with("skipped", why.code()),
        }
    }

    /// A line for people; none for what was passed over.
    fn line(&self, path: &str, language: Language) -> Option<String> {
        let words = self.ended().words(language);
        match self {
            Self::Judged { .. } => Some(format!("{}\t{words}", visible(path))),
            // The error begins with the path.
            Self::Unusable(why) => Some(format!("{}\t{words}", visible(&why.message))),
            Self::Skipped(_) => None,
        }
    }
}

impl Why {
    const fn code(self) -> &'static str {
        match self {
            Self::NoFormat => "no-format",
            Self::NotSigned => "pdf-not-signed",
            Self::Content => "content",
            Self::NotAFile => "not-a-file",
        }
    }
}
