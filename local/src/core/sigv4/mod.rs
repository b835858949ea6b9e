//! Signature Version 4, as a server checks it (IAM User Guide, "AWS Signature Version 4 for API requests"): in the `Authorization`
//! header and in presigned URLs.

mod canonical;
mod check;
mod claimed;
mod form_encoding;
mod pair;
mod refusal;
mod reply;
mod rules;
mod scope;
mod time;
#[cfg(test)]
mod vectors;

pub(crate) use canonical::encode;
pub(crate) use check::{Signer, check};
pub(crate) use claimed::{key_and_region, service};
pub(crate) use form_encoding::decode_form;
pub(crate) use refusal::{Refusal, Style};
pub(crate) use rules::Rules;
