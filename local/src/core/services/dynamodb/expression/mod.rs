//! Expressions (DynamoDB Developer Guide, "Using expressions in DynamoDB").

mod condition;
mod operand;
mod parser;
mod path;
mod projection;
mod query;
mod read_condition;
mod tokens;
mod update;
mod words;

pub(super) use condition::Condition;
pub(super) use projection::Projection;
pub(super) use query::KeyCondition;
pub(super) use update::Update;
pub(super) use words::Words;
