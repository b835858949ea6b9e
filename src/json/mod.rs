//! JSON (RFC 8259): a value, a strict reader that never panics, a writer.
//!
//! Every string is wiped when its value is dropped, since tokens and passwords pass through here. The lexing
//! is hifijson's; a whole crate's float parsing and formatting would outweigh the kit's own protocol
//! (`docs/decisions.md`).

mod number;
mod reader;
mod value;
mod writer;

pub use number::decimal;
pub use value::Value;
pub(crate) use writer::HOLE;
pub use writer::Writer;
