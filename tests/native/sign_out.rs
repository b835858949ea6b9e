//! sign_out
