//! AWS's published service models (see `local/model/README.md`), and the checks that they ask for.

mod model;
mod read;
mod text;
mod validate;

pub(crate) use model::{DYNAMODB, IDENTITY_POOLS, Model, Operation, USER_POOLS};
