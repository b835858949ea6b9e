//! State in rows, so that a change can be kept without writing everything anew. Where the rows go is injected.

mod changes;
mod keeper;
mod row;

pub(crate) use changes::Changes;
pub use keeper::{Change, Keeper, Rows};
pub(crate) use row::Row;
