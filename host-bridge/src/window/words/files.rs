//! The sentences about files of this computer.

/// What the window says where no site asks, but a person who named files.
#[derive(Debug)]
pub struct FileWords {
    /// Above the line that says that no site is bound.
    pub before_asker: &'static str,
    /// No site is bound.
    pub bound_to_no_site: &'static str,
    /// How many files are signed.
    pub count: &'static str,
    /// CAdES, and what is made.
    pub cades: &'static str,
    /// JAdES, and what is made.
    pub jades: &'static str,
    /// The XML signature of e-Gov, and what is made.
    pub egov: &'static str,
    /// PAdES, and what is made.
    pub pades: &'static str,
    /// The profile of the Ministry of Justice, and what is made.
    pub moj: &'static str,
    /// Heading of the files.
    pub heading: &'static str,
    /// Under that heading.
    pub unseen: &'static str,
    /// The same where a form is among the files.
    pub unseen_beside_form: &'static str,
    /// Label of a file's name and size.
    pub name: &'static str,
    /// Before the folder of a file.
    pub folder: &'static str,
    /// Heading of the form's fields.
    pub form: &'static str,
    /// Under that heading: the parts of the form that are not signed.
    pub not_covered: &'static str,
    /// Label of earlier signatures.
    pub earlier_label: &'static str,
    /// How many there are.
    pub earlier: &'static str,
    /// Heading of what is made.
    pub made: &'static str,
    /// Label of each file that is made.
    pub place: &'static str,
}
