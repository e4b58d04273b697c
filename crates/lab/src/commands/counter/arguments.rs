//! The command line of the counter.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use der::DateTime;
use shomei_lab::register::Errand;
use shomei_lab::rules::{Document, LossReport, Substitute};
use shomei_lab::{Date, Municipality, Purpose, Sex};

#[derive(Args)]
pub(in crate::commands) struct Counter {
    /// Folder of the world.
    #[arg(long)]
    pub(super) world: PathBuf,
    /// The instant of the action, as 2026-04-01T00:00:00Z, in place of now.
    #[arg(long)]
    pub(super) at: Option<DateTime>,
    /// Leave the revocation lists as they are; `shomei-lab renew` publishes them.
    #[arg(long)]
    pub(super) list_later: bool,
    #[command(subcommand)]
    pub(super) action: Action,
}

#[derive(Subcommand)]
pub(super) enum Action {
    /// Issues certificates onto the card (発行).
    Issue(IssueArguments),
    /// Issues a card with certificates on it, to who has none in force (交付・再交付).
    NewCard(IssueArguments),
    /// Renews certificates (更新).
    Renew(Certificates),
    /// Revokes certificates at the holder's request (任意失効).
    RevokeOnRequest(Certificates),
    /// Revokes certificates whose key leaked or broke (秘密鍵の漏えい・き損).
    KeyCompromised(Certificates),
    /// Revokes certificates with an error in their record (記録誤り).
    RecordError(Certificates),
    /// Revokes certificates by the issuer's own decision (職権失効).
    ExOfficio(Certificates),
    /// Revokes every certificate of an authority whose key leaked (発行者署名符号の漏えい).
    AuthorityCompromised {
        /// Whose authority.
        #[arg(long, value_enum)]
        certificate: One,
    },
    /// Moves within the municipality (転居).
    Move {
        #[command(flatten)]
        holder: Holder,
        /// The new address, from the prefecture on.
        #[arg(long, value_parser = text)]
        address: String,
        #[command(flatten)]
        chosen: Chosen,
    },
    /// Moves to another municipality (転出).
    MoveOut {
        #[command(flatten)]
        holder: Holder,
        /// The new address, from the prefecture on.
        #[arg(long, value_parser = text)]
        address: String,
        /// The new municipality, like Tonari-shi.
        #[arg(long, value_parser = municipality)]
        municipality: Municipality,
        #[command(flatten)]
        chosen: Chosen,
    },
    /// Changes the name by marriage (婚姻).
    Marry(NewName),
    /// Changes the name by adoption (養子縁組).
    Adopt(NewName),
    /// Gives a foreign resident an alias (通称), another one, or none.
    Alias {
        #[command(flatten)]
        holder: Holder,
        /// The alias, or `none`.
        #[arg(long, value_name = "NAME|none", value_parser = text)]
        to: String,
    },
    /// Corrects date of birth or sex (生年月日・性別の訂正).
    CorrectBirthOrSex {
        #[command(flatten)]
        holder: Holder,
        /// The right date of birth, as 1985-04-01, with zeros for unknown parts.
        #[arg(long, required_unless_present = "sex")]
        birth: Option<Date>,
        /// The right sex.
        #[arg(long, value_enum)]
        sex: Option<RightSex>,
    },
    /// Moves abroad (国外転出); `--at` is the day of departure.
    MoveAbroad {
        #[command(flatten)]
        holder: Holder,
        /// The card is used on abroad (国外継続利用).
        #[arg(long)]
        keeps_card: bool,
    },
    /// Takes a death down (死亡).
    Die(Holder),
    /// Reports a lost or stolen card (紛失・盗難).
    ReportLoss {
        #[command(flatten)]
        holder: Holder,
        /// To whom.
        #[arg(long, value_enum)]
        to: To,
    },
    /// Unlocks passwords (ロック解除): all locked ones at the counter, the signature password at a kiosk.
    Unlock {
        #[command(flatten)]
        holder: Holder,
        /// Where.
        #[arg(long, value_enum)]
        route: Place,
        #[command(flatten)]
        shown: Shown,
    },
    /// Sets all passwords anew (初期化).
    Initialise {
        #[command(flatten)]
        holder: Holder,
        #[command(flatten)]
        shown: Shown,
    },
    /// Lets an agent (代理人) come, first for the inquiry, then with its answer.
    #[command(subcommand)]
    Agent(Agent),
    /// Explains the certificate of a juki card (住民基本台帳カード), which nobody can use any more.
    ExplainJuki {
        /// The day of its issue.
        #[arg(long)]
        issued: Date,
    },
}

#[derive(Subcommand)]
pub(super) enum Agent {
    /// Has the inquiry (照会書兼回答書) sent to the resident.
    Inquiry {
        #[command(flatten)]
        holder: Holder,
        /// What the agent wants done.
        #[arg(long, value_enum, default_value_t = Wanted::Issue)]
        errand: Wanted,
        /// Which certificates, for an issue.
        #[arg(long, value_enum, default_value_t = Which::Both)]
        certificate: Which,
        #[command(flatten)]
        shown: Shown,
    },
    /// Brings the answer, and has done what the inquiry was about.
    Answer {
        #[command(flatten)]
        holder: Holder,
        #[command(flatten)]
        shown: Shown,
    },
}

#[derive(Args)]
pub(super) struct Holder {
    /// Name of the holder's folder, like yamada-taro.
    #[arg(long, value_parser = holder)]
    pub(super) holder: String,
}

#[derive(Args)]
pub(super) struct Certificates {
    #[command(flatten)]
    pub(super) holder: Holder,
    /// Which certificates.
    #[arg(long, value_enum, default_value_t = Which::Both)]
    pub(super) certificate: Which,
}

#[derive(Args)]
pub(super) struct IssueArguments {
    #[command(flatten)]
    pub(super) which: Certificates,
    #[command(flatten)]
    pub(super) chosen: Chosen,
}

#[derive(Args)]
pub(super) struct NewName {
    #[command(flatten)]
    pub(super) holder: Holder,
    /// The whole new name, family name and given name parted by U+3000.
    #[arg(long, value_parser = text)]
    pub(super) name: String,
    #[command(flatten)]
    pub(super) chosen: Chosen,
}

#[derive(Args)]
pub(super) struct Chosen {
    /// A substitute for a character that certificates cannot hold, like 髙=高. Can be given several times.
    #[arg(long, value_name = "FROM=TO", value_parser = substitute)]
    pub(super) substitute: Vec<Substitute>,
}

#[derive(Args)]
pub(super) struct Shown {
    /// The document that is shown, by its name in data/id-documents.json.
    #[arg(long, value_name = "NAME")]
    pub(super) document: Option<String>,
    /// Its last day.
    #[arg(long, value_name = "DATE", requires = "document")]
    pub(super) document_expires: Option<Date>,
    /// The name on it, where it is not the register's.
    #[arg(long, value_name = "NAME", requires = "document")]
    pub(super) document_name: Option<String>,
    /// The address on it, where it is not the register's.
    #[arg(long, value_name = "ADDRESS", requires = "document")]
    pub(super) document_address: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum One {
    Signature,
    Authentication,
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Which {
    Signature,
    Authentication,
    Both,
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum RightSex {
    Male,
    Female,
    Unknown,
    NotApplicable,
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum To {
    Helpline,
    Police,
    Counter,
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Place {
    Counter,
    Kiosk,
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Wanted {
    Issue,
    Unlock,
    Initialise,
}

impl Which {
    pub(super) fn purposes(self) -> Vec<Purpose> {
        match self {
            Self::Signature => vec![Purpose::Signature],
            Self::Authentication => vec![Purpose::Authentication],
            Self::Both => Purpose::ALL.to_vec(),
        }
    }
}

impl From<One> for Purpose {
    fn from(one: One) -> Self {
        match one {
            One::Signature => Self::Signature,
            One::Authentication => Self::Authentication,
        }
    }
}

impl From<RightSex> for Sex {
    fn from(sex: RightSex) -> Self {
        match sex {
            RightSex::Male => Self::Male,
            RightSex::Female => Self::Female,
            RightSex::Unknown => Self::Unknown,
            RightSex::NotApplicable => Self::NotApplicable,
        }
    }
}

impl From<To> for LossReport {
    fn from(to: To) -> Self {
        match to {
            To::Helpline => Self::Helpline,
            To::Police => Self::Police,
            To::Counter => Self::Counter,
        }
    }
}

impl Wanted {
    pub(super) const fn errand(self, certificate: Which) -> Errand {
        match (self, certificate) {
            (Self::Issue, Which::Both) => Errand::IssueBoth,
            (Self::Issue, Which::Signature) => Errand::IssueSignature,
            (Self::Issue, Which::Authentication) => Errand::IssueAuthentication,
            (Self::Unlock, _) => Errand::Unlock,
            (Self::Initialise, _) => Errand::Initialise,
        }
    }
}

impl Shown {
    pub(super) fn document(&self) -> Option<Document> {
        let name = self.document.clone()?;
        let (holder_name, address) = (self.document_name.clone(), self.document_address.clone());
        Some(Document { name, expires: self.document_expires, holder_name, address })
    }
}

fn holder(name: &str) -> Result<String, &'static str> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if !name.is_empty() && name.bytes().all(plain) {
        Ok(name.to_owned())
    } else {
        Err("a name of small letters, digits and hyphens")
    }
}

/// Certificates give a name or an address 200 characters at most.
fn text(text: &str) -> Result<String, &'static str> {
    const MOST: usize = 200;
    if (1..=MOST).contains(&text.chars().count()) && text.trim() == text {
        Ok(text.to_owned())
    } else {
        Err("1 to 200 characters, not beginning or ending with a space")
    }
}

fn municipality(name: &str) -> Result<Municipality, String> {
    let names = || Municipality::ALL.map(Municipality::romaji).join(", ");
    let found = Municipality::ALL.into_iter().find(|municipality| municipality.romaji() == name);
    found.ok_or_else(|| format!("one of {}", names()))
}

fn substitute(text: &str) -> Result<Substitute, &'static str> {
    let characters: Vec<char> = text.chars().collect();
    match characters.as_slice() {
        [from, '=', to] => Ok((*from, *to)),
        _ => Err("one character, =, and the character that stands in for it"),
    }
}
