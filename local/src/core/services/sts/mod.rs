//! The Security Token Service: form posts with `Action`, replies in XML.

mod assume_role_with_web_identity;
mod error;
mod get_caller_identity;
mod service;
mod xml;

pub(crate) use service::Sts;
