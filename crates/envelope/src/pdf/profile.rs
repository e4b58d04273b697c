//! The two profiles as data.

/// How a PDF is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// Attachments of 登記・供託オンライン (Ministry of Justice): `adbe.pkcs7.detached` (ISO 32000-1 §12.8.3.3).
    Moj,
    /// PAdES baseline B (ETSI EN 319 142-1 §6): `ETSI.CAdES.detached`.
    PadesB,
}

/// What a profile asks for.
pub(super) struct Rules {
    /// The value of SubFilter.
    pub(super) sub_filter: &'static str,
    /// What the signature dictionary must have beside Filter, SubFilter, ByteRange and Contents.
    pub(super) required: &'static [&'static str],
    /// Whether signatures are made with a signing-time attribute. Both profiles state the time in M.
    pub(super) writes_signing_time: bool,
    /// Whether one with that attribute is read. ETSI EN 319 142-1 §6.3 forbids it.
    pub(super) reads_signing_time: bool,
}

const MOJ: Rules = Rules {
    sub_filter: "adbe.pkcs7.detached",
    required: &["Type", "Name", "M"],
    writes_signing_time: true,
    reads_signing_time: true,
};
const PADES_B: Rules = Rules {
    sub_filter: "ETSI.CAdES.detached",
    required: &["M"],
    writes_signing_time: false,
    reads_signing_time: false,
};

impl Profile {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Moj, Self::PadesB];

    /// `moj` or `pades-b`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Moj => "moj",
            Self::PadesB => "pades-b",
        }
    }

    pub(super) const fn rules(self) -> &'static Rules {
        match self {
            Self::Moj => &MOJ,
            Self::PadesB => &PADES_B,
        }
    }
}
