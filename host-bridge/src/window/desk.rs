//! What the window shows and listens to, as a state machine without drawing: card reports and the resident's acts go
//! in, the page to draw and the acts on the card come out.

use std::time::Instant;

use shomei_card::LastTry;
use shomei_pki::World;

use super::arming::{Arming, Attention};
use super::password::PasswordField;
use crate::card::{Interruption, Readers, Report, Standing, Step, Trouble};
use crate::operation::{End, Party, Unlock};

/// What fills the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// The document, and below it what is wanted next.
    Review,
    /// The document's end with the card at work.
    Working(Step),
    /// The signature is made.
    Signed,
    /// No signature can be made; the resident reads why.
    Trouble(Trouble),
    /// Ended from outside or by the resident: empty, and deaf.
    Emptied(End),
}

/// What stands below the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Reading to the end.
    ReadingOn,
    /// A reader, a card, or patience.
    Card(Standing),
    /// The answer to whether to spend the last try.
    LastTryAnswer,
    /// The password; this many tries are left.
    Password {
        /// Tries left.
        tries: u8,
    },
}

/// The window's state.
#[derive(Debug)]
pub struct Desk {
    page: Page,
    standing: Standing,
    readers: Readers,
    overdue: Option<Party>,
    world: Option<World>,
    read_to_end: bool,
    last_try: LastTry,
    arming: Arming,
    /// The field, empty whenever it is not wanted.
    pub field: PasswordField,
    /// The last password was wrong; this many tries are left.
    pub wrong: Option<u8>,
    /// The card's work ended in the middle, for this reason.
    pub interrupted: Option<Interruption>,
}

impl Desk {
    /// The document, unread, and no card seen yet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            page: Page::Review,
            standing: Standing::Looking,
            readers: Readers::default(),
            overdue: None,
            world: None,
            read_to_end: false,
            last_try: LastTry::NotConfirmed,
            arming: Arming::new(),
            field: PasswordField::default(),
            wrong: None,
            interrupted: None,
        }
    }

    /// What fills the window.
    #[must_use]
    pub fn page(&self) -> Page {
        self.page
    }

    /// The world that the certificate told, once it was read.
    #[must_use]
    pub fn world(&self) -> Option<World> {
        self.world
    }

    /// The readers that the standing is about.
    #[must_use]
    pub fn readers(&self) -> &Readers {
        &self.readers
    }

    /// How the card stands that keeps everything waiting, if one does.
    #[must_use]
    pub fn delay(&self) -> Option<Standing> {
        self.overdue.map(|party| match party {
            Party::Program => Standing::InUse,
            Party::Card => Standing::Silent,
        })
    }

    /// What stands below the document.
    #[must_use]
    pub fn wanted(&self) -> Wanted {
        match (self.read_to_end, self.delay().unwrap_or(self.standing)) {
            (false, _) => Wanted::ReadingOn,
            (true, Standing::Ready { tries: 1 }) if self.last_try == LastTry::NotConfirmed => {
                Wanted::LastTryAnswer
            }
            (true, Standing::Ready { tries }) => Wanted::Password { tries },
            (true, standing) => Wanted::Card(standing),
        }
    }

    /// Whether the password field and the affirmative buttons listen.
    #[must_use]
    pub fn is_armed(&self) -> bool {
        self.arming.is_armed()
    }

    /// Whether typed characters go into the password field.
    #[must_use]
    pub fn takes_password(&self) -> bool {
        self.is_armed() && self.page == Page::Review && matches!(self.wanted(), Wanted::Password { .. })
    }

    /// Takes note of one frame.
    pub fn observe(&mut self, now: Instant, attention: Attention) {
        self.arming.observe(now, attention);
    }

    /// Takes note of what the card thread says. After the end nothing is heard any more.
    pub fn hear(&mut self, report: Report) {
        if matches!(self.page, Page::Emptied(_) | Page::Trouble(_) | Page::Signed) {
            return;
        }
        self.change(|desk| match report {
            Report::Readers(readers) => desk.readers = readers,
            Report::Standing(standing) => desk.stand(standing),
            Report::Step(step) => desk.page = Page::Working(step),
            Report::World(world) => desk.world = Some(world),
            Report::Wrong { left } => desk.wrong = Some(left),
            Report::Interrupted(interruption) => desk.interrupted = Some(interruption),
            Report::Signed => desk.page = Page::Signed,
            Report::Trouble(trouble) => desk.page = Page::Trouble(trouble),
        });
    }

    fn stand(&mut self, standing: Standing) {
        self.standing = standing;
        self.page = Page::Review;
        self.field.clear();
        if !matches!(standing, Standing::Ready { .. }) {
            // Another card may come, and a yes for one card is none for the next.
            self.last_try = LastTry::NotConfirmed;
            self.wrong = None;
        }
    }

    /// Takes note of who keeps the card thread waiting. What was typed does not wait with it.
    pub fn wait_for(&mut self, overdue: Option<Party>) {
        if overdue != self.overdue {
            self.field.clear();
            self.change(|desk| desk.overdue = overdue);
        }
    }

    /// The document's end was on screen.
    pub fn reached_end(&mut self) {
        if !self.read_to_end {
            self.change(|desk| desk.read_to_end = true);
        }
    }

    /// The resident agreed to spend the last try.
    pub fn confirm_last_try(&mut self) {
        if self.is_armed() && self.wanted() == Wanted::LastTryAnswer {
            self.change(|desk| desk.last_try = LastTry::Confirmed);
        }
    }

    /// The resident signs: hands out the password if it can be one, and wipes the field.
    pub fn submit(&mut self) -> Option<Unlock> {
        if !self.takes_password() {
            return None;
        }
        let password = self.field.password().ok()?;
        let last_try = self.last_try;
        self.field.clear();
        self.wrong = None;
        self.interrupted = None;
        // A second try is asked for anew, whatever was agreed to for this one.
        self.last_try = LastTry::NotConfirmed;
        self.page = Page::Working(Step::Unlocking);
        Some(Unlock { password, last_try })
    }

    /// Empties the window for good.
    pub fn empty(&mut self, end: End) {
        if !matches!(self.page, Page::Emptied(_)) {
            self.field.clear();
            self.page = Page::Emptied(end);
        }
    }

    /// Makes a change; if something new is asked of the resident by it, keys under way must not answer it.
    fn change(&mut self, change: impl FnOnce(&mut Self)) {
        let before = (self.page, self.wanted());
        change(self);
        if before != (self.page, self.wanted()) {
            self.arming.again();
        }
    }
}

#[cfg(test)]
mod tests;
