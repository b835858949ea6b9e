//! Taking the names out of a wasm. The optimiser keeps them, so that `cargo xtask size` can tell whose the bytes are; what is
//! packaged has none.

use std::fs;
use std::path::Path;

use crate::failure::{Doing, Failure, Outcome};
use crate::repository;

/// Copies the wasm with its names to `named`, and takes them out of the file itself.
pub(crate) fn set_aside(wasm: &Path, named: &Path) -> Outcome<()> {
    let bytes = fs::read(wasm).doing(format_args!("read {}", repository::shown(wasm)))?;
    let bare = without_names(&bytes)
        .ok_or_else(|| Failure::new(format!("{} is not a whole wasm file", repository::shown(wasm))))?;
    repository::write(named, &bytes)?;
    repository::write(wasm, &bare)
}

/// The module without its custom section `name`; `None` if it is cut off or no wasm.
fn without_names(wasm: &[u8]) -> Option<Vec<u8>> {
    let (header, mut rest) = wasm.split_at_checked(8)?;
    if !header.starts_with(b"\0asm") {
        return None;
    }
    let mut bare = header.to_vec();
    while let Some((&id, tail)) = rest.split_first() {
        let (size, tail) = number(tail)?;
        let (content, next) = tail.split_at_checked(size)?;
        if id != 0 || section_name(content)? != b"name" {
            bare.extend_from_slice(&rest[..rest.len() - next.len()]);
        }
        rest = next;
    }
    Some(bare)
}

fn section_name(content: &[u8]) -> Option<&[u8]> {
    let (length, tail) = number(content)?;
    tail.get(..length)
}

/// An unsigned LEB128 number of at most 32 bits, and what follows it.
fn number(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut value = 0_u64;
    for (index, &byte) in bytes.iter().take(5).enumerate() {
        value |= u64::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 {
            return Some((usize::try_from(value).ok()?, &bytes[index + 1..]));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &[u8] = b"\0asm\x01\0\0\0";

    #[test]
    fn only_the_names_go() {
        let code = b"\x0a\x03abc";
        let producers = b"\x00\x0b\x09producers!";
        let names = [b"\x00\x85\x01\x04name".as_slice(), &[7; 0x80]].concat();
        let wasm = [HEADER, code, &names, producers].concat();
        assert_eq!(without_names(&wasm).unwrap(), [HEADER, code, producers].concat());
    }

    #[test]
    fn what_is_cut_off_or_no_wasm_is_refused() {
        for bad in [b"\0asm".as_slice(), b"\x7fELF\x01\0\0\0", b"\0asm\x01\0\0\0\x0a\x03ab", b"\0asm\x01\0\0\0\x0a\x80"]
        {
            assert_eq!(without_names(bad), None, "{bad:?}");
        }
    }
}
