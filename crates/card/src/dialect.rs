//! How a card is spoken to where there is a choice. Every choice gives the same result; some take fewer exchanges.

/// The choices of one connection. The default is what every My Number Card is known to understand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dialect {
    /// How a file is named.
    pub addressing: Addressing,
    /// Whether answers of more than 256 bytes are asked for.
    pub extended: Extended,
}

/// How READ BINARY, the question for the retry counter, and the signature name their file. VERIFY and CHANGE
/// REFERENCE DATA, which cost a try when they reach the wrong file, always use the file that SELECT made current.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Addressing {
    /// By SELECT before them, as every known client does.
    #[default]
    Select,
    /// By a short identifier inside the command (ISO 7816-4 §5.3.1.1), which saves the SELECT. Reported by one
    /// source (myna-card) and confirmed on no card by this project, hence a switch.
    ShortIdentifier,
}

/// Whether READ BINARY asks for answers of more than 256 bytes (extended Le, ISO 7816-4 §5.1). Not every reader
/// takes them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Extended {
    /// Never, or found not to work.
    #[default]
    Never,
    /// To be found out with the first certificate that is read while no key is open; a failure costs one exchange.
    Untried,
    /// Found to work.
    Works,
}
