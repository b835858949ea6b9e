//! How services differ in what they want signed.

use super::PathRule;

/// What one service wants of its signatures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServiceRules {
    /// How the path is written.
    pub path: PathRule,
    /// The body's hash is sent as `x-amz-content-sha256`.
    pub sends_payload_hash: bool,
    /// The body may go unsigned.
    pub payload: PayloadRule,
    /// The session token of a presigned URL is added after signing.
    pub token_after_signing: bool,
}

/// Whether the body is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PayloadRule {
    /// Always.
    Signed,
    /// Or not, by https.
    Optional,
    /// Never.
    Unsigned,
}

impl ServiceRules {
    /// The rules of a service by its signing name.
    ///
    /// - S3 and its kin: botocore's rule sets have `disableDoubleEncoding` for these four names and for no others, and
    ///   its `S3SigV4Auth` sends the hash.
    /// - `vpc-lattice-svcs` (VPC Lattice, "SIGv4 authenticated requests"): no payload signing; the header has to say so.
    /// - `aoss` (OpenSearch Serverless, "Signing HTTP requests with other clients"): the header has to be there.
    /// - `iotdevicegateway` (AWS IoT Core, "IAM users, groups, and roles"): the token is appended after signing.
    pub fn of(service: &str) -> Self {
        let is_s3 = matches!(service, "s3" | "s3express" | "s3-object-lambda" | "s3-outposts");
        let is_lattice = service == "vpc-lattice-svcs";
        Self {
            path: if is_s3 { PathRule::EncodedOnce } else { PathRule::Normalized },
            sends_payload_hash: is_s3 || is_lattice || service == "aoss",
            payload: match (is_s3, is_lattice) {
                (true, _) => PayloadRule::Optional,
                (_, true) => PayloadRule::Unsigned,
                _ => PayloadRule::Signed,
            },
            token_after_signing: service == "iotdevicegateway",
        }
    }
}
