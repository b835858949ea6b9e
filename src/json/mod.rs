//! JSON (RFC 8259): a value, a strict reader that never panics, a writer.
//!
//! Every string is wiped when its value is dropped, since tokens and passwords pass through here.
//! `docs/decisions.md` compares this with the crates: their float parsing and formatting alone outweigh it.

mod number;
mod reader;
mod value;

pub use value::Value;
