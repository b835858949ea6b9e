//! Paths of pages that others lead to.

pub(super) const PATH: &str = "/passkeys/add";
