//! Signing in at a sign-in page.
