//! AWS Signature Version 4 (AWS: "Create a signed AWS API request"), of headers and of queries.

mod canonical;
mod key;
mod service;
mod sign;
mod time;
mod url;

pub use canonical::{Canonical, PathRule};
pub use key::SigningKey;
pub use service::{PayloadRule, ServiceRules};
pub use sign::{Credentials, Presigned, Scope, SignableRequest, Signature, Signed, SigningParams, presign, sign};
pub use time::amz_date;
pub use url::Url;

/// The hash of an empty body.
pub const EMPTY_PAYLOAD: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
/// In the place of a hash: the body is not signed.
pub const UNSIGNED_PAYLOAD: &str = "UNSIGNED-PAYLOAD";
