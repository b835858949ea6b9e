//! wasm-pack.

use crate::failure::Outcome;
use crate::invocation::Invocation;

/// Older ones do not know all of the options that the build uses.
const OLDEST: (u32, u32) = (0, 13);

/// What is installed otherwise. A named version, so that its lock file is one that has been tried.
const INSTALLED: &str = "wasm-pack@0.15.1";

/// Installs wasm-pack unless a recent one is on the path.
pub(super) fn wasm_pack() -> Outcome<()> {
    let version = Invocation::new("wasm-pack").arg("--version").probe();
    if version.as_deref().and_then(major_minor).is_some_and(|version| version >= OLDEST) {
        return Ok(());
    }
    super::cargo_install(INSTALLED, &[INSTALLED.as_ref()])
}

/// Of a line like `wasm-pack 0.15.1`.
fn major_minor(line: &str) -> Option<(u32, u32)> {
    let mut numbers = line.split(' ').nth(1)?.split('.');
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_versions() {
        assert_eq!(major_minor("wasm-pack 0.15.1"), Some((0, 15)));
        assert_eq!(major_minor("wasm-pack"), None);
        assert!(major_minor("wasm-pack 0.9.1").unwrap() < OLDEST);
    }
}
