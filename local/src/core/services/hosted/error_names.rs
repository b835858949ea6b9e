//! The names of errors that end at `/error`.

pub(crate) const BAD_REQUEST: &str = "bad_request";

pub(crate) const NO_SUCH_SIGN_IN: &str = "no_such_sign_in";

pub(crate) const OAUTH_DISABLED: &str = "oauth_disabled";

pub(crate) const REDIRECT_MISMATCH: &str = "redirect_mismatch";

pub(crate) const UNKNOWN_CLIENT: &str = "unknown_client";
