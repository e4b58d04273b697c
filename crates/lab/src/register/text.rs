//! How values of other kinds stand in JSON: each as one string.

use der::DateTime;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serializer};

use crate::{Date, Municipality, Purpose, Reason, Sex};

/// A value with one way of being written.
pub(super) trait Text: Sized {
    /// What it is, for messages.
    const KIND: &'static str;

    fn write(&self) -> String;

    fn read(text: &str) -> Option<Self>;
}

impl Text for Date {
    const KIND: &'static str = "a day as YYYY-MM-DD";

    fn write(&self) -> String {
        self.to_string()
    }

    fn read(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Text for DateTime {
    const KIND: &'static str = "an instant as YYYY-MM-DDThh:mm:ssZ";

    fn write(&self) -> String {
        self.to_string()
    }

    fn read(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Text for Municipality {
    const KIND: &'static str = "a municipality of the lab";

    fn write(&self) -> String {
        self.romaji().to_owned()
    }

    fn read(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|municipality| municipality.romaji() == text)
    }
}

impl Text for Purpose {
    const KIND: &'static str = "signature or authentication";

    fn write(&self) -> String {
        self.word().to_owned()
    }

    fn read(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.word() == text)
    }
}

impl Text for Reason {
    const KIND: &'static str = "a reason of RFC 5280";

    fn write(&self) -> String {
        self.word().to_owned()
    }

    fn read(text: &str) -> Option<Self> {
        Self::NAMED.into_iter().find_map(|(name, reason)| (name == text).then_some(reason))
    }
}

impl Text for Sex {
    const KIND: &'static str = "1, 2, 3 or 9";

    fn write(&self) -> String {
        self.code().to_owned()
    }

    fn read(text: &str) -> Option<Self> {
        [Self::Male, Self::Female, Self::Unknown, Self::NotApplicable]
            .into_iter()
            .find(|sex| sex.code() == text)
    }
}

pub(super) fn serialize<T: Text, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&value.write())
}

pub(super) fn deserialize<'de, T: Text, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let text = String::deserialize(deserializer)?;
    T::read(&text).ok_or_else(|| D::Error::custom(format!("{text:?} is not {}", T::KIND)))
}

/// The same for a value that may be missing, as null.
pub(super) mod optional {
    use serde::{Deserialize, Deserializer, Serializer};

    use super::Text;

    pub(in super::super) fn serialize<T: Text, S: Serializer>(
        value: &Option<T>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match value {
            Some(value) => serializer.serialize_some(&value.write()),
            None => serializer.serialize_none(),
        }
    }

    pub(in super::super) fn deserialize<'de, T: Text, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<T>, D::Error> {
        let text = Option::<String>::deserialize(deserializer)?;
        let read = |text: String| {
            T::read(&text).ok_or_else(|| serde::de::Error::custom(format!("{text:?} is not {}", T::KIND)))
        };
        text.map(read).transpose()
    }
}
