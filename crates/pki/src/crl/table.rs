//! The entries of one list in at most twelve octets each: sorted records of serial number, date and reason.
//!
//! A record holds the last octets of the serial number, as many as the longest one of the list has, then four octets
//! of date and reason. Long lists are cut into parts by the first bits of the number: a question then looks at some
//! dozen records that lie together, and the records leave out the first octet. What does not fit (a serial number above
//! eight octets, a date more than eight years after the list's first) stands in an overflow, which is counted.

use super::entry::{CrlEntry, RawEntry};
use crate::revocation::RevocationReason;
use crate::time::UnixTime;
use std::cmp::Ordering;
use std::ops::Range;
use std::sync::Arc;

/// Serial numbers of up to eight octets are kept in records.
const KEY_OCTETS: usize = 8;
/// Date and reason.
const META_OCTETS: usize = 4;
/// Bits of the date: seconds after the list's first, eight and a half years.
const DATE_BITS: u32 = 28;
/// From so many entries on a list is cut into parts: fewer do not win back the places of the parts.
const PARTED: usize = 1_024;
/// Bits that name a part of a list whose places fit into the table itself.
const FEW_BITS: u32 = 7;
/// Entries of such a list at most: their places are numbers of sixteen bits.
const MOST_PLACES: usize = 65_535;
/// A part of a larger list has about sixteen entries.
const BITS_OF_A_PART: u32 = 4;

/// The entries of one list. A clone shares them.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    /// The first revocationDate.
    first: i64,
    /// Octets of a serial number in a record.
    width: usize,
    /// Bits of a serial number below those that name its part; all of them in a short list.
    below: u32,
    parts: Parts,
    records: Arc<[u8]>,
    overflow: Arc<[CrlEntry]>,
}

/// Where the records of each part begin, and where the last ones end.
#[derive(Clone, Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "the usual one is the large one, and a pointer would cost a question its time"
)]
enum Parts {
    /// Beside the rest of the table, where a question comes by anyway. Parts that are not there are empty.
    Few([u16; (1 << FEW_BITS) + 1]),
    /// Of a large list, or one whose first octet has eight bits.
    Many(Arc<[u32]>),
}

/// Entries on their way into a table.
#[derive(Default)]
pub(super) struct TableBuilder {
    short: Vec<Pending>,
    long: Vec<(CrlEntry, usize)>,
}

struct Pending {
    key: u64,
    at: i64,
    reason: u8,
    offset: usize,
}

impl TableBuilder {
    /// Takes one entry, which lies at `offset` of the list.
    pub(super) fn push(&mut self, entry: &RawEntry<'_>, offset: usize) {
        match key_of(entry.serial) {
            Some(key) => {
                self.short.push(Pending { key, at: entry.at.seconds(), reason: entry.reason, offset });
            }
            None => {
                let reason = RevocationReason::from_code(entry.reason);
                let entry = CrlEntry { serial: entry.serial.to_vec(), at: entry.at, reason };
                self.long.push((entry, offset));
            }
        }
    }

    /// The table, or the place of an entry whose serial number another one has, too.
    pub(super) fn finish(mut self) -> Result<Table, usize> {
        self.short.sort_unstable_by_key(|pending| (pending.key, pending.offset));
        self.long.sort_by(|(one, _), (other, _)| one.serial.cmp(&other.serial));
        let repeated = self.short.windows(2).find_map(|pair| match pair {
            [one, other] => (one.key == other.key).then_some(other.offset),
            _ => None,
        });
        let repeated_long = self.long.windows(2).find_map(|pair| match pair {
            [(one, _), (other, offset)] => (one.serial == other.serial).then_some(*offset),
            _ => None,
        });
        match repeated.or(repeated_long) {
            Some(offset) => Err(offset),
            None => Ok(Table::of(&self.short, self.long.into_iter().map(|(entry, _)| entry))),
        }
    }
}

impl Table {
    fn of(sorted: &[Pending], long: impl Iterator<Item = CrlEntry>) -> Self {
        let first = sorted.iter().map(|pending| pending.at).min().unwrap_or_default();
        let longest = u64::BITS - sorted.last().map_or(0, |last| last.key.leading_zeros());
        let part_bits = part_bits(sorted.len(), longest).min(longest);
        let below = longest - part_bits;
        let width = usize_of(below.div_ceil(8));
        let mut table = Self { first, width, below, ..Self::default() };
        let mut counts = vec![0_u32; 1 << part_bits];
        let mut records = Vec::with_capacity(sorted.len() * table.size());
        let mut overflow: Vec<CrlEntry> = long.collect();
        for pending in sorted {
            let Some(meta) = table.meta(pending) else {
                overflow.push(pending.entry());
                continue;
            };
            let kept = pending.key.to_be_bytes();
            records.extend_from_slice(kept.get(KEY_OCTETS - width..).unwrap_or_default());
            records.extend_from_slice(&meta.to_be_bytes());
            if let Some(count) = counts.get_mut(table.part_of(pending.key)) {
                *count += 1;
            }
        }
        overflow.sort_by(|one, other| one.serial.cmp(&other.serial));
        table.parts = Parts::of(&counts);
        table.records = records.into();
        table.overflow = overflow.into();
        table
    }

    /// How many entries there are.
    pub(super) fn len(&self) -> usize {
        self.recorded() + self.overflow.len()
    }

    /// How many of them stand in the overflow.
    pub(super) fn overflow(&self) -> usize {
        self.overflow.len()
    }

    /// Octets of memory beside those of this structure itself.
    pub(super) fn octets(&self) -> usize {
        let long: usize = self.overflow.iter().map(|entry| entry.serial.capacity()).sum();
        self.records.len() + self.parts.octets() + size_of_val(&*self.overflow) + long
    }

    /// Since when and why the certificate with this serial number is revoked.
    pub(super) fn find(&self, serial: &[u8]) -> Option<(UnixTime, RevocationReason)> {
        key_of(serial).and_then(|key| self.find_recorded(key)).or_else(|| self.find_in_overflow(serial))
    }

    /// Every entry: those of the records in ascending order, then the overflow.
    pub(super) fn entries(&self) -> impl Iterator<Item = CrlEntry> + '_ {
        let mut part = 0;
        let recorded = (0..self.recorded()).filter_map(move |place| {
            let (suffix, meta) = self.record(place)?;
            while self.parts.range(part).is_some_and(|range| range.end <= place) {
                part += 1;
            }
            let above = u64::try_from(part).ok()?.checked_shl(self.below).unwrap_or_default();
            let suffix = suffix.iter().fold(0, |key, octet| key << 8 | u64::from(*octet));
            let serial = without_leading_zeros(&(above | suffix).to_be_bytes()).to_vec();
            let (at, reason) = self.date_and_reason(meta);
            Some(CrlEntry { serial, at, reason })
        });
        recorded.chain(self.overflow.iter().cloned())
    }

    fn find_recorded(&self, key: u64) -> Option<(UnixTime, RevocationReason)> {
        let range = self.parts.range(self.part_of(key))?;
        let octets = key.to_be_bytes();
        let suffix = octets.get(KEY_OCTETS - self.width..)?;
        self.search(range, key, suffix).map(|meta| self.date_and_reason(meta))
    }

    /// The first bits of a serial number, counted from the first bit of the list's longest one; too large a number, which
    /// has no part, for a longer serial number.
    fn part_of(&self, key: u64) -> usize {
        usize::try_from(key.checked_shr(self.below).unwrap_or_default()).unwrap_or(usize::MAX - 1)
    }

    /// Looks first where the number would stand if numbers were spread evenly, then further and further away on the side
    /// where it must be, and halves what is left once it is passed: memory is slower than counting.
    fn search(&self, mut range: Range<usize>, key: u64, suffix: &[u8]) -> Option<u32> {
        let mut probe = range.start + share(key, self.below, range.len());
        let mut step = 1;
        while !range.is_empty() {
            if !range.contains(&probe) {
                probe = range.start.midpoint(range.end);
            }
            let (found, meta) = self.record(probe)?;
            match suffix.cmp(found) {
                Ordering::Equal => return Some(meta),
                Ordering::Less => {
                    range.end = probe;
                    probe = probe.wrapping_sub(step);
                }
                Ordering::Greater => {
                    range.start = probe + 1;
                    probe = probe.saturating_add(step);
                }
            }
            step = step.saturating_mul(2);
        }
        None
    }

    fn find_in_overflow(&self, serial: &[u8]) -> Option<(UnixTime, RevocationReason)> {
        let serial = without_leading_zeros(serial);
        let place = self.overflow.binary_search_by(|entry| entry.serial.as_slice().cmp(serial)).ok()?;
        self.overflow.get(place).map(|entry| (entry.at, entry.reason))
    }

    fn record(&self, place: usize) -> Option<(&[u8], u32)> {
        let record = self.records.get(place * self.size()..)?.get(..self.size())?;
        let (suffix, meta) = record.split_at_checked(self.width)?;
        Some((suffix, u32::from_be_bytes(meta.try_into().ok()?)))
    }

    const fn size(&self) -> usize {
        self.width + META_OCTETS
    }

    fn recorded(&self) -> usize {
        self.records.len() / self.size()
    }

    /// The date in the upper bits, the reason in the lower four; none for a date that is too late.
    fn meta(&self, pending: &Pending) -> Option<u32> {
        let after = u32::try_from(pending.at - self.first).ok().filter(|after| *after < 1 << DATE_BITS)?;
        Some(after << (32 - DATE_BITS) | u32::from(pending.reason))
    }

    fn date_and_reason(&self, meta: u32) -> (UnixTime, RevocationReason) {
        let at = self.first + i64::from(meta >> (32 - DATE_BITS));
        let [.., low] = meta.to_be_bytes();
        (UnixTime::from_seconds(at), RevocationReason::from_code(low & 0x0f))
    }
}

impl Parts {
    fn of(counts: &[u32]) -> Self {
        let begins = counts.iter().scan(0, |begin, count| {
            *begin += count;
            Some(*begin)
        });
        let begins: Vec<u32> = std::iter::once(0).chain(begins).collect();
        let mut few = [u16::try_from(begins.last().copied().unwrap_or_default()).unwrap_or_default(); _];
        let fit = begins.len() <= few.len()
            && few
                .iter_mut()
                .zip(&begins)
                .all(|(place, begin)| u16::try_from(*begin).map(|begin| *place = begin).is_ok());
        if fit { Parts::Few(few) } else { Parts::Many(begins.into()) }
    }

    fn range(&self, part: usize) -> Option<Range<usize>> {
        let next = part.checked_add(1)?;
        match self {
            Parts::Few(places) => Some(usize::from(*places.get(part)?)..usize::from(*places.get(next)?)),
            Parts::Many(places) => Some(usize_of(*places.get(part)?)..usize_of(*places.get(next)?)),
        }
    }

    /// Octets of memory beside those of this structure itself.
    fn octets(&self) -> usize {
        match self {
            Parts::Few(_) => 0,
            Parts::Many(places) => size_of_val(&**places),
        }
    }
}

impl Default for Parts {
    fn default() -> Self {
        Parts::Few([0; _])
    }
}

impl Pending {
    fn entry(&self) -> CrlEntry {
        CrlEntry {
            serial: without_leading_zeros(&self.key.to_be_bytes()).to_vec(),
            at: UnixTime::from_seconds(self.at),
            reason: RevocationReason::from_code(self.reason),
        }
    }
}

/// How many bits name a part; none in a short list. As many as the first octet of the longest number has, so that it need
/// not be kept, and in a large list more.
const fn part_bits(entries: usize, longest: u32) -> u32 {
    if entries < PARTED || longest == 0 {
        return 0;
    }
    let first_octet = (longest - 1) % 8 + 1;
    if entries <= MOST_PLACES {
        return if first_octet > FEW_BITS { first_octet } else { FEW_BITS };
    }
    entries.ilog2() - BITS_OF_A_PART
}

/// How many of `entries` lie below this number of so many bits, if numbers are spread evenly.
fn share(key: u64, bits: u32, entries: usize) -> usize {
    let within = u128::from(key) & ((1 << bits) - 1);
    let entries = u128::try_from(entries).unwrap_or_default();
    usize::try_from((within * entries) >> bits).unwrap_or_default()
}

/// The number in big-endian octets, if it has at most eight without leading zeros.
fn key_of(serial: &[u8]) -> Option<u64> {
    let serial = without_leading_zeros(serial);
    let fits = serial.len() <= KEY_OCTETS;
    fits.then(|| serial.iter().fold(0, |key, octet| key << 8 | u64::from(*octet)))
}

fn without_leading_zeros(serial: &[u8]) -> &[u8] {
    let zeros = serial.iter().take_while(|octet| **octet == 0).count();
    serial.get(zeros..).unwrap_or_default()
}

fn usize_of(place: u32) -> usize {
    usize::try_from(place).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    const FIRST: i64 = 1_700_000_000;

    fn table(entries: &[(Vec<u8>, i64, u8)]) -> Result<Table, usize> {
        let mut builder = TableBuilder::default();
        for (offset, (serial, at, reason)) in entries.iter().enumerate() {
            let at = UnixTime::from_seconds(*at);
            builder.push(&RawEntry { serial, at, reason: *reason }, offset);
        }
        builder.finish()
    }

    fn found(at: i64, reason: u8) -> Option<(UnixTime, RevocationReason)> {
        Some((UnixTime::from_seconds(at), RevocationReason::from_code(reason)))
    }

    #[test]
    fn short_and_long_serials_early_and_late_dates_are_found_and_their_neighbours_are_not() {
        let late = FIRST + (1 << DATE_BITS);
        let entries = [
            (vec![1], FIRST, 0),
            (vec![0xff], FIRST + 1, 1),
            (vec![1, 0], late - 1, 10),
            (vec![1, 1], late, 3),
            (vec![0xff; 8], FIRST + 2, 6),
            (vec![1; 9], FIRST, 4),
            (vec![0x7f; 20], FIRST, 5),
        ];
        let table = table(&entries).unwrap();
        assert_eq!((table.len(), table.overflow()), (7, 3));
        for (serial, at, reason) in &entries {
            assert_eq!(table.find(serial), found(*at, *reason), "{serial:?}");
            assert_eq!(table.find(&[&[0], serial.as_slice()].concat()), found(*at, *reason), "{serial:?}");
            let mut neighbour = serial.clone();
            *neighbour.last_mut().unwrap() ^= 0x40;
            assert_eq!(table.find(&neighbour), None, "{neighbour:?}");
        }
        assert_eq!(table.find(&[]), None);
    }

    #[test]
    fn a_serial_number_twice_is_told_by_its_place() {
        let twice = |serial: &[u8]| {
            table(&[(serial.to_vec(), FIRST, 0), (vec![3], FIRST, 0), (serial.to_vec(), FIRST, 1)])
        };
        assert_eq!(twice(&[5]).err(), Some(2));
        assert_eq!(twice(&[5; 9]).err(), Some(2));
    }

    #[test]
    fn an_entry_takes_at_most_twelve_octets() {
        for (octets, most) in [(4, 8.0), (8, 12.0)] {
            let serial = |number: u64| {
                (number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - 8 * octets) | 1).to_be_bytes()
            };
            let mut serials: Vec<_> = (0..5_263).map(serial).collect();
            serials.sort_unstable();
            serials.dedup();
            let entries: Vec<_> = serials.iter().map(|serial| (serial.to_vec(), FIRST, 3)).collect();
            let table = table(&entries).unwrap();
            #[expect(clippy::as_conversions, reason = "a ratio to compare")]
            let each = (table.octets() + size_of::<Table>()) as f64 / table.len() as f64;
            assert!(each < most, "{each}");
        }
    }

    proptest! {
        #[test]
        fn a_table_holds_what_a_map_would(
            entries in prop::collection::btree_map(
                prop_oneof![0..4_000_u64, any::<u64>()],
                (0..400_000_000_i64, prop_oneof![0..=6_u8, 8..=10_u8]),
                0..3_000,
            ),
            others in prop::collection::vec(any::<u64>(), 20),
        ) {
            let entries: BTreeMap<u64, _> = entries.into_iter().filter(|(key, _)| *key != 0).collect();
            let octets = |key: u64| without_leading_zeros(&key.to_be_bytes()).to_vec();
            let list: Vec<_> =
                entries.iter().map(|(key, (at, reason))| (octets(*key), FIRST + at, *reason)).collect();
            let table = table(&list).unwrap();
            prop_assert_eq!(table.len(), entries.len());
            for (key, (at, reason)) in &entries {
                prop_assert_eq!(table.find(&octets(*key)), found(FIRST + at, *reason));
            }
            for key in others.iter().filter(|key| !entries.contains_key(key)) {
                prop_assert_eq!(table.find(&octets(*key)), None);
            }
            let mut listed: Vec<_> = table.entries().collect();
            listed.sort_by(|one, other| (one.serial.len(), &one.serial).cmp(&(other.serial.len(), &other.serial)));
            let expected: Vec<_> = list
                .into_iter()
                .map(|(serial, at, reason)| CrlEntry {
                    serial,
                    at: UnixTime::from_seconds(at),
                    reason: RevocationReason::from_code(reason),
                })
                .collect();
            prop_assert_eq!(listed, expected);
        }
    }
}
