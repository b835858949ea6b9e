//! What keeps rows, injected.

use std::collections::BTreeMap;

/// Keys and values, both texts. A value is JSON.
pub type Rows = BTreeMap<String, String>;

/// The new value of a key, or `None` where the key is gone.
pub type Change = (String, Option<String>);

/// Keeps the state of an emulator, for example in a file.
pub trait Keeper: Send {
    /// All that was kept; nothing at the first time.
    ///
    /// # Errors
    /// A text that says why it can't be read.
    fn rows(&mut self) -> Result<Rows, String>;

    /// Keeps changes: all of them, or none.
    ///
    /// # Errors
    /// A text that says why not.
    fn write(&mut self, changes: &[Change]) -> Result<(), String>;

    /// Keeps these rows and nothing else.
    ///
    /// # Errors
    /// A text that says why not; what was kept before still is.
    fn replace(&mut self, rows: &Rows) -> Result<(), String>;
}
