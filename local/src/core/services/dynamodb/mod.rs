//! A small DynamoDB: `X-Amz-Target: DynamoDB_20120810.<Operation>`, with conditions, queries and updates of items. One file an operation.
//! Whoever calls must have signed with credentials of an identity pool or of STS, and their role must allow it, down to the leading keys.

mod call;
mod configured;
mod create_table;
mod delete_item;
mod describe_table;
mod dispatch;
mod error;
mod exceptions;
mod expression;
mod get_item;
mod key_attribute;
mod list_tables;
mod number;
mod put_item;
mod query;
mod scan;
mod search;
mod service;
mod settings;
mod table;
mod tables;
mod update_item;
mod value;
mod write;

pub(crate) use configured::read_tables;
pub(crate) use service::DynamoDb;
pub(crate) use table::Table;
