//! Every sentence that the window shows, as data: one [`Words`] for each language.
//!
//! `{}` stands where [`fill`] puts a number or a time. Text from the document is never translated.

/// The sentences of one language.
#[derive(Debug)]
pub struct Words {
    /// Title bar; starts with the program's name so that it can be found by it.
    pub window_title: &'static str,
    /// Heading above everything.
    pub heading: &'static str,
    /// Before the site's origin.
    pub site: &'static str,
    /// Before the recipient's name.
    pub recipient: &'static str,
    /// Banner of a host installed for development.
    pub banner_development: &'static str,
    /// Banner of a card from the project's own lab.
    pub banner_lab: &'static str,
    /// Banner of a test card of J-LIS.
    pub banner_test: &'static str,
    /// Heading of the fields.
    pub fields: &'static str,
    /// Heading of the attachments.
    pub attachments: &'static str,
    /// Under that heading.
    pub attachments_unseen: &'static str,
    /// Heading of the acknowledged notices.
    pub notices: &'static str,
    /// Heading of what the certificate tells.
    pub reveals: &'static str,
    /// What the certificate tells every reader.
    pub reveals_text: &'static str,
    /// An empty value.
    pub empty: &'static str,
    /// Before the code of a choice.
    pub code: &'static str,
    /// Before a digest.
    pub digest: &'static str,
    /// Mark beside a number that looks like an individual number.
    pub individual_number: &'static str,
    /// Mark beside characters that no font can show; their codes follow.
    pub unseen_characters: &'static str,
    /// Before the last field has been on screen.
    pub read_on: &'static str,
    /// The button that scrolls on.
    pub scroll_on: &'static str,
    /// The resident's no.
    pub cancel: &'static str,
    /// Closes the window after the end.
    pub close: &'static str,
    /// The affirmative button.
    pub sign: &'static str,
    /// Label of the password field.
    pub password: &'static str,
    /// Its shape.
    pub password_shape: &'static str,
    /// Shows the characters.
    pub show: &'static str,
    /// Hides them.
    pub hide: &'static str,
    /// How many characters are entered.
    pub count: &'static str,
    /// How many tries are left.
    pub tries: &'static str,
    /// Before the name of the reader that the card is in.
    pub reader: &'static str,
    /// The same where more readers are connected.
    pub reader_among_several: &'static str,
    /// In the place of a reader's name that is empty.
    pub reader_without_name: &'static str,
    /// The reader has a pad of its own, which has no letters.
    pub pad: &'static str,
    /// After a wrong password.
    pub wrong: &'static str,
    /// The window does not listen yet.
    pub not_yet: &'static str,
    /// What happened to the last character.
    pub notes: Notes,
    /// How the entry stands against the rules.
    pub shapes: Shapes,
    /// What the reader and the card are waiting for.
    pub waiting: Waiting,
    /// The card at work.
    pub steps: Steps,
    /// The question before the last try.
    pub last_try: LastTry,
    /// The good end.
    pub signed: Explanation,
    /// The end from outside.
    pub cancelled_outside: Explanation,
    /// The bad ends.
    pub troubles: Troubles,
    /// Time left, in minutes.
    pub minutes_left: &'static str,
    /// What is said of files of this computer.
    pub files: FileWords,
}

/// What happened to the last character.
#[derive(Debug)]
pub struct Notes {
    /// Taken as a capital letter.
    pub capitalised: &'static str,
    /// Taken as a half-width character.
    pub narrowed: &'static str,
    /// Left out.
    pub refused: &'static str,
    /// No room.
    pub full: &'static str,
}

/// Why an entry is not sent to the card.
#[derive(Debug)]
pub struct Shapes {
    /// Four digits.
    pub looks_like_pin: &'static str,
    /// Too short.
    pub short: &'static str,
}

/// Something to tell: what it is, and what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explanation {
    /// What happened.
    pub title: &'static str,
    /// Whether a try was lost, where that can be asked; otherwise empty.
    pub tries: &'static str,
    /// What to do next.
    pub next: &'static str,
}

/// What the reader and the card are waiting for; each goes on by itself.
#[derive(Debug)]
pub struct Waiting {
    /// Being looked for.
    pub looking: Explanation,
    /// No smart card service.
    pub service: Explanation,
    /// No reader.
    pub reader: Explanation,
    /// No card.
    pub card: Explanation,
    /// A card without the signature application.
    pub other_card: Explanation,
    /// Held by another program.
    pub in_use: Explanation,
    /// Cannot be read.
    pub mute: Explanation,
    /// No answer for long, before anything was asked of it.
    pub silent: Explanation,
    /// No answer for long while at work.
    pub silent_at_work: Explanation,
    /// More than one My Number Card; the readers' names follow the title.
    pub several_cards: Explanation,
    /// Taken away while at work.
    pub removed: Explanation,
    /// Title where the service stopped while the card was at work.
    pub service_stopped: &'static str,
    /// Title where the exchange broke off while the card was at work.
    pub broken_off: &'static str,
}

/// The card at work.
#[derive(Debug)]
pub struct Steps {
    /// Password sent.
    pub unlocking: &'static str,
    /// Certificate being read.
    pub reading: &'static str,
    /// Signature being made.
    pub signing: &'static str,
    /// Result being checked.
    pub checking: &'static str,
    /// Below each.
    pub hold_still: &'static str,
}

/// The question before the last try.
#[derive(Debug)]
pub struct LastTry {
    /// The question.
    pub title: &'static str,
    /// What is at stake.
    pub text: &'static str,
    /// Yes.
    pub yes: &'static str,
    /// No.
    pub no: &'static str,
}

/// Ends without a signature.
#[derive(Debug, Clone, Copy)]
pub struct Troubles {
    /// The password is locked.
    pub blocked: Explanation,
    /// Three wrong passwords.
    pub too_many_wrong: Explanation,
    /// No signature certificate on the card.
    pub no_certificate: Explanation,
    /// The certificate's time is over.
    pub expired: Explanation,
    /// The certificate's time has not begun.
    pub not_yet_valid: Explanation,
    /// The certificate is not of the profile.
    pub unknown_certificate: Explanation,
    /// The finished signature does not check.
    pub self_check: Explanation,
    /// The card answered something unexpected.
    pub card_error: Explanation,
    /// The file takes no signature.
    pub unfit_file: Explanation,
    /// The signature could not be handed out.
    pub not_delivered: Explanation,
    /// Time ran out.
    pub timeout: Explanation,
}

/// Puts `value` in the place of `{}` in `template`.
#[must_use]
pub fn fill(template: &str, value: impl std::fmt::Display) -> String {
    template.replacen("{}", &value.to_string(), 1)
}

mod files;
mod ja;
mod ja_files;
pub use files::FileWords;
pub use ja::JA;
pub use ja_files::JA_FILES;
