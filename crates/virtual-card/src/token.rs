//! EF 0006: what the token says of itself, laid out as the CK_TOKEN_INFO of PKCS #11.

/// The product behind the application. The label in EF 0006 tells them apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Token {
    /// The plastic card, `JPKIAPICCTOKEN2`: the authentication certificate is free to read.
    #[default]
    Plastic,
    /// A telephone's secure element, `JPKIAPGPSETOKEN`: the authentication certificate asks for the PIN.
    Telephone,
}

/// Bytes of EF 0006.
pub(crate) const SIZE: usize = 160;

impl Token {
    const fn label(self) -> &'static str {
        match self {
            Self::Plastic => "JPKIAPICCTOKEN2",
            Self::Telephone => "JPKIAPGPSETOKEN",
        }
    }

    /// The 160 bytes of EF 0006: five texts padded with spaces, ten big-endian numbers, two versions, a time.
    pub(crate) fn information(self) -> Vec<u8> {
        const UNKNOWN: u32 = u32::MAX;
        const FLAGS: u32 = 0x0000_040D;
        let mut bytes = Vec::with_capacity(SIZE);
        text(&mut bytes, self.label(), 32);
        text(&mut bytes, &format!("{:032}", 1), 32);
        text(&mut bytes, "SHOMEI01", 16);
        text(&mut bytes, "0000000000000001", 16);
        // flags; sessions: maximum, open, read-write maximum, read-write open; longest and shortest password;
        // public memory: all, free; private memory: all, free
        for number in [FLAGS, 1, 0, 1, 0, 16, 6, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN] {
            bytes.extend_from_slice(&number.to_be_bytes());
        }
        text(&mut bytes, "03", 2);
        text(&mut bytes, "01", 2);
        text(&mut bytes, "9999999999999999", 16);
        bytes
    }
}

fn text(bytes: &mut Vec<u8>, value: &str, width: usize) {
    let padding = width.saturating_sub(value.len());
    bytes.extend_from_slice(value.as_bytes());
    bytes.extend(std::iter::repeat_n(b' ', padding));
}
