//! The strict parser: one pass over bytes, every error with its offset.

use super::{Integer, Object, Value};

/// The deepest nesting of arrays and objects. The document needs 3, a definition with groups 5.
pub const MAX_DEPTH: usize = 8;

/// Why and where bytes are not a value that could be signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("byte {offset}: {kind}")]
pub struct Error {
    /// The offset in bytes of the first byte at fault.
    pub offset: usize,
    /// What is wrong there.
    pub kind: ErrorKind,
}

/// What is wrong with the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ErrorKind {
    /// There are more bytes than the caller's maximum.
    #[error("more than {max} bytes")]
    TooLarge {
        /// The maximum in bytes.
        max: usize,
    },
    /// Not UTF-8 (RFC 3629).
    #[error("not UTF-8")]
    NotUtf8,
    /// The bytes end inside a value.
    #[error("the text ends inside a value")]
    UnexpectedEnd,
    /// A byte that cannot stand here (RFC 8259 §2).
    #[error("a character that cannot stand here")]
    UnexpectedByte,
    /// Something follows the value.
    #[error("something follows the value")]
    TrailingData,
    /// Arrays and objects nest deeper than [`MAX_DEPTH`].
    #[error("nested deeper than {MAX_DEPTH}")]
    TooDeep,
    /// The key was in this object before (RFC 7493 §2.3).
    #[error("a key that was there before")]
    DuplicateKey,
    /// `null` has no place in a signed value.
    #[error("null")]
    Null,
    /// A number with a fraction or an exponent.
    #[error("a number with a fraction or an exponent")]
    NotAnInteger,
    /// `-0`, which some readers take for `0` and some do not.
    #[error("negative zero")]
    NegativeZero,
    /// A number with a leading zero (RFC 8259 §6).
    #[error("a leading zero")]
    LeadingZero,
    /// A number outside ±(2^53−1) (RFC 7493 §2.2).
    #[error("a number outside ±(2^53−1)")]
    IntegerRange,
    /// A control character that must be escaped (RFC 8259 §7).
    #[error("a control character in a string")]
    ControlCharacter,
    /// A backslash followed by no known escape (RFC 8259 §7).
    #[error("an unknown escape")]
    BadEscape,
    /// One half of a surrogate pair alone (RFC 7493 §2.1).
    #[error("a lone surrogate")]
    LoneSurrogate,
}

/// Parses one value from `bytes`, which may hold at most `max_bytes` and nothing but white space around the value.
///
/// Accepts any layout; a caller that wants the canonical layout compares with [`super::to_canonical`].
pub fn parse(bytes: &[u8], max_bytes: usize) -> Result<Value, Error> {
    if bytes.len() > max_bytes {
        return Err(Error { offset: max_bytes, kind: ErrorKind::TooLarge { max: max_bytes } });
    }
    let text = core::str::from_utf8(bytes)
        .map_err(|error| Error { offset: error.valid_up_to(), kind: ErrorKind::NotUtf8 })?;
    let mut parser = Parser { text, position: 0 };
    let value = parser.value(0)?;
    parser.white_space();
    match parser.peek() {
        None => Ok(value),
        Some(_) => Err(parser.error(ErrorKind::TrailingData)),
    }
}

struct Parser<'a> {
    text: &'a str,
    position: usize,
}

impl Parser<'_> {
    /// A value with `depth` arrays and objects open around it.
    fn value(&mut self, depth: usize) -> Result<Value, Error> {
        self.white_space();
        match self.peek() {
            Some(b'{') => self.object(self.deeper(depth)?).map(Value::Object),
            Some(b'[') => self.array(self.deeper(depth)?).map(Value::Array),
            Some(b'"') => self.string().map(Value::String),
            Some(b'-' | b'0'..=b'9') => self.integer().map(Value::Integer),
            Some(b't') => self.word("true").map(|()| Value::Boolean(true)),
            Some(b'f') => self.word("false").map(|()| Value::Boolean(false)),
            Some(b'n') => Err(self.error(ErrorKind::Null)),
            _ => Err(self.unexpected()),
        }
    }

    fn object(&mut self, depth: usize) -> Result<Object, Error> {
        self.position += 1;
        let mut entries = Vec::new();
        if !self.closes(b'}') {
            loop {
                entries.push(self.member(depth)?);
                if self.ends(b'}')? {
                    break;
                }
            }
        }
        Object::from_parsed(entries).map_err(|offset| Error { offset, kind: ErrorKind::DuplicateKey })
    }

    fn member(&mut self, depth: usize) -> Result<(usize, String, Value), Error> {
        self.white_space();
        let offset = self.position;
        if self.peek() != Some(b'"') {
            return Err(self.unexpected());
        }
        let key = self.string()?;
        self.white_space();
        self.take(b':')?;
        Ok((offset, key, self.value(depth)?))
    }

    fn array(&mut self, depth: usize) -> Result<Vec<Value>, Error> {
        self.position += 1;
        let mut elements = Vec::new();
        if self.closes(b']') {
            return Ok(elements);
        }
        loop {
            elements.push(self.value(depth)?);
            if self.ends(b']')? {
                return Ok(elements);
            }
        }
    }

    fn string(&mut self) -> Result<String, Error> {
        self.position += 1;
        let mut out = String::new();
        loop {
            out.push_str(self.plain_run());
            match self.peek() {
                Some(b'"') => {
                    self.position += 1;
                    return Ok(out);
                }
                Some(b'\\') => out.push(self.escape()?),
                Some(_) => return Err(self.error(ErrorKind::ControlCharacter)),
                None => return Err(self.error(ErrorKind::UnexpectedEnd)),
            }
        }
    }

    /// The characters up to the next quote, backslash or control character.
    fn plain_run(&mut self) -> &str {
        let rest = self.text.get(self.position..).unwrap_or_default();
        let length = rest.find(|c| matches!(c, '"' | '\\' | '\0'..='\u{1f}')).unwrap_or(rest.len());
        self.position += length;
        rest.get(..length).unwrap_or_default()
    }

    fn escape(&mut self) -> Result<char, Error> {
        let start = self.position;
        self.position += 1;
        let character = match self.peek() {
            Some(plain @ (b'"' | b'\\' | b'/')) => char::from(plain),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode_escape(start),
            Some(_) => {
                return Err(Error { offset: start, kind: ErrorKind::BadEscape });
            }
            None => return Err(self.error(ErrorKind::UnexpectedEnd)),
        };
        self.position += 1;
        Ok(character)
    }

    /// `\uXXXX`, or two of them that make a surrogate pair; `start` is the first backslash.
    fn unicode_escape(&mut self, start: usize) -> Result<char, Error> {
        self.position += 1;
        let first = self.hex_unit(start)?;
        let mut units = vec![first];
        if (0xD800..0xDC00).contains(&first) && self.starts_with("\\u") {
            let second = self.position;
            self.position += 2;
            units.push(self.hex_unit(second)?);
        }
        match char::decode_utf16(units).collect::<Result<Vec<_>, _>>().as_deref() {
            Ok([character]) => Ok(*character),
            _ => Err(Error { offset: start, kind: ErrorKind::LoneSurrogate }),
        }
    }

    fn hex_unit(&mut self, start: usize) -> Result<u16, Error> {
        let digits = self.text.get(self.position..self.position + 4);
        let hex = digits.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let unit = hex.and_then(|hex| u16::from_str_radix(hex, 16).ok());
        self.position += 4;
        unit.ok_or(Error { offset: start, kind: ErrorKind::BadEscape })
    }

    fn integer(&mut self) -> Result<Integer, Error> {
        let start = self.position;
        let at_start = |kind| Error { offset: start, kind };
        let negative = self.peek() == Some(b'-');
        self.position += usize::from(negative);
        let digits = self.digits().to_owned();
        match (digits.as_bytes(), self.peek()) {
            ([], _) => return Err(self.unexpected()),
            (_, Some(b'.' | b'e' | b'E')) => return Err(at_start(ErrorKind::NotAnInteger)),
            ([b'0', _, ..], _) => return Err(at_start(ErrorKind::LeadingZero)),
            ([b'0'], _) if negative => return Err(at_start(ErrorKind::NegativeZero)),
            _ => {}
        }
        let magnitude: Option<i64> = digits.parse().ok();
        let number = magnitude.map(|magnitude| if negative { -magnitude } else { magnitude });
        number.and_then(Integer::new).ok_or(at_start(ErrorKind::IntegerRange))
    }

    fn digits(&mut self) -> &str {
        let rest = self.text.get(self.position..).unwrap_or_default();
        let length = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        self.position += length;
        rest.get(..length).unwrap_or_default()
    }

    fn word(&mut self, word: &str) -> Result<(), Error> {
        if !self.starts_with(word) {
            return Err(self.unexpected());
        }
        self.position += word.len();
        Ok(())
    }

    /// Whether an empty array or object closes here; takes the bracket if so.
    fn closes(&mut self, bracket: u8) -> bool {
        self.white_space();
        let closes = self.peek() == Some(bracket);
        self.position += usize::from(closes);
        closes
    }

    /// After an element: `true` at the closing bracket, `false` at a comma.
    fn ends(&mut self, bracket: u8) -> Result<bool, Error> {
        if self.closes(bracket) {
            return Ok(true);
        }
        self.take(b',').map(|()| false)
    }

    fn take(&mut self, byte: u8) -> Result<(), Error> {
        if self.peek() != Some(byte) {
            return Err(self.unexpected());
        }
        self.position += 1;
        Ok(())
    }

    fn deeper(&self, depth: usize) -> Result<usize, Error> {
        if depth == MAX_DEPTH {
            return Err(self.error(ErrorKind::TooDeep));
        }
        Ok(depth + 1)
    }

    fn white_space(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.position += 1;
        }
    }

    fn starts_with(&self, text: &str) -> bool {
        self.text.get(self.position..).is_some_and(|rest| rest.starts_with(text))
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.position).copied()
    }

    fn unexpected(&self) -> Error {
        self.error(match self.peek() {
            None => ErrorKind::UnexpectedEnd,
            Some(_) => ErrorKind::UnexpectedByte,
        })
    }

    fn error(&self, kind: ErrorKind) -> Error {
        Error { offset: self.position, kind }
    }
}
