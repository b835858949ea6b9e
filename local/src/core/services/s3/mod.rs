//! A small S3: objects of a few buckets, read, written and listed under the rights of whoever signed. Written by hand; docs/decisions.md
//! says why.

mod address;
mod answer;
mod body;
mod bucket;
mod call;
mod checksum;
mod chunked;
mod conditions;
mod configured;
mod cors;
mod cors_rule;
mod delete_object;
mod error;
mod get_object;
mod list_buckets;
mod list_objects;
mod object;
mod operation;
mod put_object;
mod query;
mod range;
mod service;
mod xml;

pub(crate) use bucket::Bucket;
use bucket::Buckets;
pub(crate) use configured::read_buckets;
pub(crate) use service::S3;
