//! What the terminal says: what happened, whether a try was lost, what to do next; in Japanese, then in English.

use std::fmt;

use super::error::{InputError, NotSigned, Problem};
use super::output::WriteError;
use crate::card::Trouble;
use crate::lock::LockError;
use crate::window::explanation_for_files;

mod trouble;

/// The same in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    japanese: String,
    english: String,
}

impl fmt::Display for Message {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "shomei-host: {}\nshomei-host: {}", self.japanese, self.english)
    }
}

const NOTHING_OPENED: (&str, &str) = (
    "署名の画面は開いていません。パスワードの残り回数は減っていません。",
    "No window was opened, and no try was lost.",
);
const NOTHING_MADE: (&str, &str) = ("ファイルは作っていません。", "No file was made.");

/// The window is open.
pub fn opened() -> Message {
    message(
        "署名の画面を開きました。内容を確かめて、パスワードを入力してください。やめるときは Ctrl+C を押します。",
        "The signing window is open. Read what it shows and enter the password there. Ctrl+C stops it.",
    )
}

/// What a person is told of a problem.
pub fn of(problem: &Problem) -> Message {
    match problem {
        Problem::Input(error) => input(error).then(NOTHING_OPENED),
        Problem::Lock(LockError::Busy) => message(
            "別の署名が行われています。終わってから、もう一度実行してください。",
            "Another signing is under way. Run this again when it has ended.",
        )
        .then(NOTHING_OPENED),
        Problem::Lock(error) => message(
            "同時に 2 つの署名をしないためのフォルダーが使えません。環境変数 XDG_RUNTIME_DIR を確かめてください。",
            &format!("{error}; look at the environment variable XDG_RUNTIME_DIR."),
        )
        .then(NOTHING_OPENED),
        Problem::Memory | Problem::Signals(_) => message(
            "パスワードを守る準備ができないので、始めませんでした。このシステムでは署名できません。",
            "Not started, as the password could not be protected. This system cannot be used for signing.",
        )
        .then(NOTHING_OPENED),
        Problem::NotSigned(reason) => not_signed(reason).then(NOTHING_MADE),
    }
}

fn input(error: &InputError) -> Message {
    match error {
        InputError::Unreadable { path, source } => message(
            &format!("{} を読めません（{source}）。名前と権限を確かめてください。", path.display()),
            &format!("{} cannot be read ({source}). Look at its name and permissions.", path.display()),
        ),
        InputError::NotAFile { path } => message(
            &format!("{} はファイルではありません。ファイルを指定してください。", path.display()),
            &format!("{} is not a file. Name a file.", path.display()),
        ),
        InputError::TooLong { path, limit } => message(
            &format!(
                "{} で、合わせて {limit} バイトを超えました。ファイルを減らしてください。",
                path.display()
            ),
            &format!("With {} there are more than {limit} octets. Name fewer files.", path.display()),
        ),
        InputError::TooMany { count, limit } => message(
            &format!("ファイルが {count} 個あります。{limit} 個までにしてください。"),
            &format!("There are {count} files. Name {limit} at most."),
        ),
        _ => place(error),
    }
}

/// About names and places.
fn place(error: &InputError) -> Message {
    match error {
        InputError::Name { path, .. } | InputError::NameNotText { path } => message(
            &format!(
                "{} の名前は署名に使えません（使えない文字があるか、長すぎます）。名前を変えてください。",
                path.display()
            ),
            &format!("The name of {} cannot be used: {error}. Rename the file.", path.display()),
        ),
        InputError::Twice { name } => message(
            &format!("{name} という名前のファイルが 2 つあります。別々に署名してください。"),
            &format!("Two files are called {name}. Sign them one after the other."),
        ),
        InputError::NotAForm { path, error } => message(
            &format!(
                "{} は、署名できる e-Gov の様式（kousei.xml）ではありません（{error}）。様式を最初に指定してください。",
                path.display()
            ),
            &format!(
                "{} is not a form of e-Gov that can be signed ({error}). Name the form first.",
                path.display()
            ),
        ),
        InputError::NotAPdf { path, error } => message(
            &format!(
                "{} は、署名を加えられる PDF ではありません（{error}）。PDF を作り直してください。",
                path.display()
            ),
            &format!("{} is not a PDF that can be signed ({error}). Make the PDF anew.", path.display()),
        ),
        InputError::ProfileWithoutPdf => message(
            "--profile は、--format pdf のときだけ使えます。--profile を外してください。",
            "--profile belongs to --format pdf. Leave it out.",
        ),
        InputError::Missing { path, name } => message(
            &format!(
                "{} に名前のある {name} が、同じフォルダーにありません。同じフォルダーに置いてください。",
                path.display()
            ),
            &format!("{} names {name}, which is not in the same folder. Put it there.", path.display()),
        ),
        InputError::SeveralFolders => message(
            "ファイルが別々のフォルダーにあります。1 つのフォルダーに集めてください（形式が jades なら、--output で保存先を指定することもできます）。",
            "The files are in several folders. Put them into one; with jades, --output may name a folder instead.",
        ),
        InputError::NoFolder { path } => message(
            &format!("保存先 {} はフォルダーではありません。フォルダーを作ってください。", path.display()),
            &format!("{} is not a folder. Make it first.", path.display()),
        ),
        InputError::Exists { path } => exists(path),
        InputError::Uncovered(error) => message(
            &format!(
                "ファイルの名前か数が、この形式の署名に合いません（{error}）。名前を変えるか、減らしてください。"
            ),
            &format!("The files do not fit this kind of signature ({error}). Rename them, or name fewer."),
        ),
        other => message("この指定では署名できません。", &other.to_string()),
    }
}

fn exists(path: &std::path::Path) -> Message {
    message(
        &format!(
            "{} がすでにあります。上書きはしません。移すか、--output で別の保存先を指定してください。",
            path.display()
        ),
        &format!(
            "{} exists and is not overwritten. Move it, or name another folder with --output.",
            path.display()
        ),
    )
}

fn not_signed(reason: &NotSigned) -> Message {
    match reason {
        NotSigned::NoWindow => message(
            "署名の画面を開けませんでした。パスワードの残り回数は減っていません。デスクトップの画面で実行してください。",
            "The window could not be opened. No try was lost. Run this on a desktop with a display.",
        ),
        NotSigned::Trouble(trouble) => self::trouble(*trouble),
        NotSigned::Written(error) => written(error),
        NotSigned::Declined { tries_after_wrong } => {
            message("署名しませんでした。", "Nothing was signed.").and_tries(*tries_after_wrong)
        }
        NotSigned::Interrupted { tries_after_wrong } => {
            message("中断しました。署名していません。", "Interrupted. Nothing was signed.")
                .and_tries(*tries_after_wrong)
        }
        NotSigned::TimedOut { tries_after_wrong } => message(
            "時間が過ぎたので、止めました。もう一度実行してください。",
            "Time ran out. Run this again.",
        )
        .and_tries(*tries_after_wrong),
    }
}

fn trouble(trouble: Trouble) -> Message {
    let told = explanation_for_files(trouble);
    let sentence = |text: &str| match text {
        "" => String::new(),
        text => format!("{}。", text.trim_end_matches('。')),
    };
    let japanese = [told.title, told.tries, told.next].map(sentence).concat();
    message(&japanese, trouble::english(trouble))
}

fn written(error: &WriteError) -> Message {
    let message = match error {
        WriteError::Io { path, source } => message(
            &format!("署名はできましたが、{} に書けませんでした（{source}）。", path.display()),
            &format!("Signed, but {} could not be written ({source}).", path.display()),
        ),
        WriteError::Exists { path } => exists(path),
        WriteError::Changed { path } => message(
            &format!("{} が、画面に出したあとで変わりました。もう一度実行してください。", path.display()),
            &format!("{} changed after the window showed it. Run this again.", path.display()),
        ),
    };
    message.then(("パスワードの残り回数は減っていません。", "No try was lost."))
}

fn message(japanese: &str, english: &str) -> Message {
    Message { japanese: japanese.to_owned(), english: english.to_owned() }
}

impl Message {
    fn then(mut self, (japanese, english): (&str, &str)) -> Self {
        self.japanese += japanese;
        self.english += " ";
        self.english += english;
        self
    }

    fn and_tries(self, left: Option<u8>) -> Self {
        match left {
            None => self.then(("パスワードの残り回数は減っていません。", "No try was lost.")),
            Some(left) => self.then((
                &format!("パスワードを間違えたので、残りは {left} 回です。"),
                &format!("A password was wrong; {left} tries are left."),
            )),
        }
    }
}

#[cfg(test)]
mod tests;
