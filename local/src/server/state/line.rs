//! One line: a checksum in eight hexadecimal digits, a blank, and a JSON object of rows. `null` stands for a row that is gone.

use crc::{CRC_32_ISO_HDLC, Crc};
use serde_json::value::RawValue;
use std::collections::BTreeMap;

use crate::core::{Change, Rows};

const CHECKSUM: Crc<u32> = Crc::<u32>::new(&CRC_32_ISO_HDLC);

/// A line with its line break.
pub(super) fn write<'a>(changes: impl Iterator<Item = (&'a String, Option<&'a String>)>) -> String {
    let row = |(key, value): (&String, Option<&'a String>)| {
        format!("{}:{}", serde_json::Value::from(key.as_str()), value.map_or("null", String::as_str))
    };
    let rows = changes.map(row).collect::<Vec<_>>().join(",");
    let json = format!("{{{rows}}}");
    format!("{:08x} {json}\n", CHECKSUM.checksum(json.as_bytes()))
}

/// As [`write`], of changes as they come.
pub(super) fn of(changes: &[Change]) -> String {
    write(changes.iter().map(|(key, value)| (key, value.as_ref())))
}

/// Adds what a line says, without its line break. Whether it is whole.
pub(super) fn read(line: &[u8], rows: &mut Rows) -> bool {
    let Some((checksum, json)) = line.split_at_checked(8) else { return false };
    let Some(json) = json.strip_prefix(b" ") else { return false };
    let expected = format!("{:08x}", CHECKSUM.checksum(json));
    if expected.as_bytes() != checksum {
        return false;
    }
    let Ok(changes) = serde_json::from_slice::<BTreeMap<String, Option<&RawValue>>>(json) else { return false };
    for (key, value) in changes {
        match value {
            Some(value) => drop(rows.insert(key, value.get().to_owned())),
            None => drop(rows.remove(&key)),
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_reads_back_and_any_changed_byte_shows() {
        let changes = vec![("a\nb".to_owned(), Some("{\"x\":[1,\"é\"]}".to_owned())), ("gone".to_owned(), None)];
        let line = of(&changes);
        let line = line.strip_suffix('\n').unwrap();
        let mut rows = Rows::from([("gone".to_owned(), "1".to_owned())]);
        assert!(read(line.as_bytes(), &mut rows));
        assert_eq!(rows, Rows::from([("a\nb".to_owned(), "{\"x\":[1,\"é\"]}".to_owned())]));
        for index in 0..line.len() {
            let mut broken = line.as_bytes().to_vec();
            broken[index] ^= 1;
            assert!(!read(&broken, &mut Rows::new()), "byte {index}");
            assert!(!read(&line.as_bytes()[..index], &mut Rows::new()), "cut off after {index} bytes");
        }
    }
}
