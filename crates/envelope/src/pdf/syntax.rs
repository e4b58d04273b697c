//! Reading objects (ISO 32000-1 §7.2, §7.3), strictly: what two readers might read in two ways is refused.

use super::error::EnvelopeError;
use super::object::{Dictionary, Number, Object, Reference, Text};
use super::{MAX_DEPTH, MAX_ENTRIES, MAX_OBJECT};

/// A cursor over octets of a PDF or of an object stream.
#[derive(Clone, Debug)]
pub(super) struct Reader<'a> {
    input: &'a [u8],
    at: usize,
    /// The octet that no object of this reader may reach.
    until: usize,
}

const NUMBER_LENGTH: usize = 32;

impl<'a> Reader<'a> {
    pub(super) fn new(input: &'a [u8], at: usize) -> Self {
        Self { input, at, until: at.saturating_add(MAX_OBJECT).min(input.len()) }
    }

    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Goes on from another octet, with the full length of an object before it.
    pub(super) fn go_to(&mut self, at: usize) {
        *self = Self::new(self.input, at);
    }

    pub(super) fn error(&self, expected: &'static str) -> EnvelopeError {
        match self.at >= self.until && self.until < self.input.len() {
            true => EnvelopeError::Limit { what: "octets of an object", most: MAX_OBJECT },
            false => EnvelopeError::Syntax { offset: self.at, expected },
        }
    }

    fn rest(&self) -> &'a [u8] {
        self.input.get(self.at..self.until).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.rest().first().copied()
    }

    fn next(&mut self, expected: &'static str) -> Result<u8, EnvelopeError> {
        let octet = self.peek().ok_or_else(|| self.error(expected))?;
        self.at += 1;
        Ok(octet)
    }

    /// Octets as they stand here, if they do.
    pub(super) fn take(&mut self, octets: &[u8]) -> bool {
        let found = self.rest().starts_with(octets);
        if found {
            self.at += octets.len();
        }
        found
    }

    /// White space and comments (ISO 32000-1 §7.2.2, §7.2.3).
    pub(super) fn skip(&mut self) {
        while let Some(octet) = self.peek() {
            match octet {
                _ if is_white_space(octet) => self.at += 1,
                b'%' => self.at += self.rest().iter().take_while(|octet| !is_line_end(**octet)).count(),
                _ => return,
            }
        }
    }

    /// A word, after white space, that ends where its octets do.
    pub(super) fn keyword(&mut self, word: &'static str) -> Result<(), EnvelopeError> {
        self.skip();
        let mut after = self.clone();
        match after.take(word.as_bytes()) && !after.peek().is_some_and(is_regular) {
            true => self.at = after.at,
            false => return Err(self.error(word)),
        }
        Ok(())
    }

    /// Digits only, after white space.
    pub(super) fn integer(&mut self) -> Result<usize, EnvelopeError> {
        self.skip();
        let digits: usize = self.rest().iter().take_while(|octet| octet.is_ascii_digit()).count();
        let text = self.rest().get(..digits).and_then(|digits| std::str::from_utf8(digits).ok());
        let value = text.and_then(|text| text.parse().ok()).ok_or_else(|| self.error("an integer"))?;
        self.at += digits;
        match self.peek().is_some_and(is_regular) {
            true => Err(self.error("the end of an integer")),
            false => Ok(value),
        }
    }

    /// Any object but a stream, after white space.
    pub(super) fn object(&mut self) -> Result<Object, EnvelopeError> {
        self.nested(MAX_DEPTH)
    }

    fn nested(&mut self, depth: usize) -> Result<Object, EnvelopeError> {
        self.skip();
        let depth = depth.checked_sub(1).ok_or(EnvelopeError::Limit { what: "nesting", most: MAX_DEPTH })?;
        match self.peek() {
            Some(b'/') => Ok(Object::Name(self.name()?)),
            Some(b'(') => self.literal(),
            Some(b'<') if self.rest().starts_with(b"<<") => Ok(Object::Dictionary(self.dictionary(depth)?)),
            Some(b'<') => self.hexadecimal(),
            Some(b'[') => self.array(depth),
            Some(b'+' | b'-' | b'.' | b'0'..=b'9') => self.number_or_reference(),
            Some(_) => self.constant(),
            None => Err(self.error("an object")),
        }
    }

    fn constant(&mut self) -> Result<Object, EnvelopeError> {
        let constants =
            [("null", Object::Null), ("true", Object::Boolean(true)), ("false", Object::Boolean(false))];
        for (word, constant) in constants {
            if self.keyword(word).is_ok() {
                return Ok(constant);
            }
        }
        Err(self.error("an object"))
    }

    fn number_or_reference(&mut self) -> Result<Object, EnvelopeError> {
        let mut ahead = self.clone();
        if let Ok(reference) = ahead.reference() {
            self.at = ahead.at;
            return Ok(Object::Reference(reference));
        }
        let length = self.rest().iter().take_while(|octet| is_regular(**octet)).count();
        let text = self.rest().get(..length.min(NUMBER_LENGTH + 1)).unwrap_or_default();
        let text = std::str::from_utf8(text).map_err(|_| self.error("a number"))?;
        let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits =
            [whole, fraction].iter().all(|part| part.bytes().all(|octet| octet.is_ascii_digit()));
        if length > NUMBER_LENGTH || !all_digits || (whole.is_empty() && fraction.is_empty()) {
            return Err(self.error("a number"));
        }
        self.at += length;
        Ok(Object::Number(Number(text.into())))
    }

    fn reference(&mut self) -> Result<Reference, EnvelopeError> {
        let reference = self.number_and_generation()?;
        self.keyword("R")?;
        Ok(reference)
    }

    /// `number generation`, before `R` or `obj`.
    pub(super) fn number_and_generation(&mut self) -> Result<Reference, EnvelopeError> {
        let number = u32::try_from(self.integer()?).map_err(|_| self.error("an object number"))?;
        let generation = u16::try_from(self.integer()?).map_err(|_| self.error("a generation"))?;
        Ok(Reference { number, generation })
    }

    /// ISO 32000-1 §7.3.5.
    fn name(&mut self) -> Result<Vec<u8>, EnvelopeError> {
        self.at += 1;
        let mut name = Vec::new();
        while let Some(octet) = self.peek().filter(|octet| is_regular(*octet)) {
            self.at += 1;
            name.push(match octet {
                b'#' => {
                    let (high, low) = (self.digit()?, self.digit()?);
                    high * 16 + low
                }
                _ => octet,
            });
            if name.last() == Some(&0) {
                return Err(self.error("a name without zeros"));
            }
        }
        Ok(name)
    }

    fn digit(&mut self) -> Result<u8, EnvelopeError> {
        let octet = self.next("a hexadecimal digit")?;
        digit(octet).ok_or_else(|| self.error("a hexadecimal digit"))
    }

    /// ISO 32000-1 §7.3.4.3.
    fn hexadecimal(&mut self) -> Result<Object, EnvelopeError> {
        let start = self.at;
        self.at += 1;
        let (mut octets, mut high) = (Vec::new(), None);
        loop {
            let octet = self.next("the end of a string")?;
            match (octet, digit(octet), high) {
                (b'>', _, _) => break,
                (_, Some(value), None) => high = Some(value),
                (_, Some(value), Some(first)) => {
                    octets.push(first * 16 + value);
                    high = None;
                }
                _ if is_white_space(octet) => {}
                _ => return Err(self.error("a hexadecimal digit")),
            }
        }
        octets.extend(high.map(|high| high * 16));
        Ok(Object::Text(Text { octets, place: start..self.at }))
    }

    /// ISO 32000-1 §7.3.4.2.
    fn literal(&mut self) -> Result<Object, EnvelopeError> {
        let start = self.at;
        self.at += 1;
        let (mut octets, mut open) = (Vec::new(), 1_usize);
        while open > 0 {
            match self.next("the end of a string")? {
                b'\\' => self.escape(&mut octets)?,
                b'\r' => {
                    self.take(b"\n");
                    octets.push(b'\n');
                }
                octet => {
                    open = match octet {
                        b'(' => open + 1,
                        b')' => open - 1,
                        _ => open,
                    };
                    octets.push(octet);
                }
            }
        }
        octets.pop();
        Ok(Object::Text(Text { octets, place: start..self.at }))
    }

    fn escape(&mut self, octets: &mut Vec<u8>) -> Result<(), EnvelopeError> {
        match self.next("an escape")? {
            b'n' => octets.push(b'\n'),
            b'r' => octets.push(b'\r'),
            b't' => octets.push(b'\t'),
            b'b' => octets.push(0x08),
            b'f' => octets.push(0x0c),
            octet @ (b'(' | b')' | b'\\') => octets.push(octet),
            b'\n' => {}
            b'\r' => {
                self.take(b"\n");
            }
            first @ b'0'..=b'7' => {
                let mut value = u16::from(first - b'0');
                for _ in 0..2 {
                    let Some(octet) = self.peek().filter(|octet| (b'0'..=b'7').contains(octet)) else {
                        break;
                    };
                    value = value * 8 + u16::from(octet - b'0');
                    self.at += 1;
                }
                octets.push(u8::try_from(value).map_err(|_| self.error("an octal octet"))?);
            }
            _ => return Err(self.error("an escape")),
        }
        Ok(())
    }

    fn array(&mut self, depth: usize) -> Result<Object, EnvelopeError> {
        self.at += 1;
        let mut array = Vec::new();
        loop {
            self.skip();
            if self.take(b"]") {
                return Ok(Object::Array(array));
            }
            array.push(self.nested(depth)?);
        }
    }

    fn dictionary(&mut self, depth: usize) -> Result<Dictionary, EnvelopeError> {
        self.at += 2;
        let mut dictionary = Dictionary::default();
        let mut count = 0_usize;
        loop {
            self.skip();
            if self.take(b">>") {
                let mut keys: Vec<&[u8]> = dictionary.keys().collect();
                keys.sort_unstable();
                return match keys.is_sorted_by(|one, next| one < next) {
                    true => Ok(dictionary),
                    false => Err(self.error("a dictionary in which no key stands twice")),
                };
            }
            if self.peek() != Some(b'/') {
                return Err(self.error("a key"));
            }
            let key = self.name()?;
            dictionary.push(key, self.nested(depth)?);
            count += 1;
            if count > MAX_ENTRIES {
                return Err(EnvelopeError::Limit { what: "entries of a dictionary", most: MAX_ENTRIES });
            }
        }
    }
}

fn digit(octet: u8) -> Option<u8> {
    char::from(octet).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// ISO 32000-1 table 1.
pub(super) const fn is_white_space(octet: u8) -> bool {
    matches!(octet, 0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}

const fn is_line_end(octet: u8) -> bool {
    matches!(octet, b'\n' | b'\r')
}

/// Neither white space nor a delimiter (ISO 32000-1 table 2).
const fn is_regular(octet: u8) -> bool {
    !is_white_space(octet)
        && !matches!(octet, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}
