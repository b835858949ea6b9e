//! AWS's published service model (see `local/model/README.md`), and the checks that it asks for.

mod model;
mod read;
mod text;
mod validate;

pub(crate) use model::operation;
pub(crate) use read::{check, read};
