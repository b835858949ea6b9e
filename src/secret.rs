//! Secrets as a type: wiped when dropped, hidden from `Debug`, never shown by accident.

use std::fmt;

use zeroize::Zeroize;

/// A value that must not leak: a password, a code, a token, a key.
///
/// It is overwritten with zeros when dropped, prints as `Secret(..)`, has no `Display` and no
/// `PartialEq`. The only way to the value is [`Secret::expose_secret`].
///
/// Wiping covers this copy in wasm memory. Copies that JavaScript holds (its strings, the body of a
/// `fetch`) cannot be wiped.
#[derive(Clone, Default)]
pub struct Secret<T: Zeroize>(T);

impl<T: Zeroize> Secret<T> {
    /// Takes the value in.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// Shows the value. Look at every use of this in a review: what comes out must not be logged, put in
    /// an error or kept in a URL.
    pub const fn expose_secret(&self) -> &T {
        &self.0
    }

    /// Shows the value for writing in place.
    pub const fn expose_secret_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T: Zeroize + Default> Secret<T> {
    /// Takes the value out, to be put into another secret.
    pub fn take(&mut self) -> T {
        std::mem::take(&mut self.0)
    }
}

impl Secret<String> {
    /// Appends, growing by hand: `String` would leave the old buffer unwiped.
    #[inline(never)]
    pub(crate) fn push_str(&mut self, part: &str) {
        if self.0.capacity() - self.0.len() < part.len() {
            let mut larger = String::with_capacity((self.0.capacity() + part.len()) * 2);
            larger.push_str(&self.0);
            *self = Self::new(larger);
        }
        self.0.push_str(part);
    }
}

impl<T: Zeroize> Drop for Secret<T> {
    // Inlined, the wiping loops would double the size of the wasm.
    #[inline(never)]
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl<T: Zeroize> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

impl From<String> for Secret<String> {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Secret<String> {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_hides_the_value() {
        let secret = Secret::from("hunter2");
        assert_eq!(format!("{secret:?}"), "Secret(..)");
        assert_eq!(secret.expose_secret(), "hunter2");
    }
}
