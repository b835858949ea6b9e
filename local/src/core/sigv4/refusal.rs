//! Why a signature is not accepted, in the words of each kind of service.

/// The reason.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// A presigned URL is over.
    Expired {
        expired_ms: u64,
        seconds: u64,
    },
    /// Temporary credentials are over.
    ExpiredToken,
    /// A part of the signature is missing or malformed.
    Incomplete(String),
    /// The signature is another one. The texts are what it should have covered, without the session token.
    Mismatch {
        canonical: String,
        to_sign: String,
    },
    /// There is no signature.
    Missing,
    /// S3 wants `x-amz-content-sha256`.
    MissingHash,
    /// The signature is for another region, service or day.
    Scope(String),
    /// The clocks are too far apart.
    Skew {
        text: String,
        signed_ms: u64,
    },
    /// S3 wants these headers signed.
    UnsignedHeaders(String),
    UnknownKey,
    /// `x-amz-content-sha256` is not the hash of the body.
    WrongHash {
        actual: String,
    },
    /// The session token is missing, or not that of the access key.
    WrongToken,
}

/// The kinds of services by their names for errors.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Style {
    /// API Gateway, AppSync, Lambda URLs: the name in a header, always 403.
    Gateway,
    /// The JSON services.
    Json,
    /// STS and other services of forms and XML.
    Query,
    /// XML of its own.
    S3,
}

impl Refusal {
    /// The name of the error.
    pub(crate) fn code(&self, style: Style) -> &'static str {
        let pick = |query: &'static str, s3: &'static str, other: &'static str| match style {
            Style::Query => query,
            Style::S3 => s3,
            Style::Gateway | Style::Json => other,
        };
        match self {
            Self::Expired { .. } => pick("SignatureDoesNotMatch", "AccessDenied", "InvalidSignatureException"),
            Self::ExpiredToken => pick("ExpiredToken", "ExpiredToken", "ExpiredTokenException"),
            Self::Incomplete(_) => {
                pick("IncompleteSignature", "AuthorizationHeaderMalformed", "IncompleteSignatureException")
            }
            Self::Mismatch { .. } => {
                pick("SignatureDoesNotMatch", "SignatureDoesNotMatch", "InvalidSignatureException")
            }
            Self::Missing => pick("MissingAuthenticationToken", "AccessDenied", "MissingAuthenticationTokenException"),
            Self::MissingHash => "InvalidRequest",
            Self::Scope(_) => {
                pick("SignatureDoesNotMatch", "AuthorizationHeaderMalformed", "InvalidSignatureException")
            }
            Self::Skew { .. } => pick("SignatureDoesNotMatch", "RequestTimeTooSkewed", "InvalidSignatureException"),
            Self::UnsignedHeaders(_) => pick("SignatureDoesNotMatch", "AccessDenied", "InvalidSignatureException"),
            Self::UnknownKey | Self::WrongToken => {
                let s3 = if matches!(self, Self::UnknownKey) { "InvalidAccessKeyId" } else { "InvalidToken" };
                pick("InvalidClientTokenId", s3, "UnrecognizedClientException")
            }
            Self::WrongHash { .. } => {
                pick("SignatureDoesNotMatch", "XAmzContentSHA256Mismatch", "InvalidSignatureException")
            }
        }
    }

    /// The text of the error.
    pub(crate) fn message(&self, style: Style) -> String {
        let is_s3 = style == Style::S3;
        match self {
            Self::Expired { .. } if is_s3 => "Request has expired".into(),
            Self::Expired { expired_ms, seconds } => {
                format!("Signature expired: the URL was good for {seconds} s, until {}", super::time::format(*expired_ms))
            }
            Self::ExpiredToken if is_s3 => "The provided token has expired.".into(),
            Self::ExpiredToken => "The security token included in the request is expired".into(),
            Self::Incomplete(text) | Self::Scope(text) => text.clone(),
            Self::Mismatch { .. } if is_s3 => {
                "The request signature we calculated does not match the signature you provided. Check your key and signing method.".into()
            }
            Self::Mismatch { canonical, to_sign } => format!(
                "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and \
                 signing method. Consult the service documentation for details.\n\nThe Canonical String for this request should have \
                 been\n'{canonical}'\n\nThe String-to-Sign should have been\n'{to_sign}'\n"
            ),
            Self::Missing if is_s3 => "Access Denied".into(),
            Self::Missing if style == Style::Query => "Request is missing Authentication Token".into(),
            Self::Missing => "Missing Authentication Token".into(),
            Self::MissingHash => "Missing required header for this request: x-amz-content-sha256".into(),
            Self::Skew { .. } if is_s3 => {
                "The difference between the request time and the current time is too large.".into()
            }
            Self::Skew { text, .. } => text.clone(),
            Self::UnsignedHeaders(names) => format!("There were headers present in the request which were not signed: {names}"),
            Self::UnknownKey if is_s3 => "The AWS Access Key Id you provided does not exist in our records.".into(),
            Self::WrongToken if is_s3 => "The provided token is malformed or otherwise invalid.".into(),
            Self::UnknownKey | Self::WrongToken => "The security token included in the request is invalid.".into(),
            Self::WrongHash { actual } => {
                format!("The provided 'x-amz-content-sha256' header does not match what was computed: {actual}")
            }
        }
    }

    /// The status of the reply.
    pub(crate) fn status(&self, style: Style) -> u16 {
        match (style, self) {
            (Style::Json, _) | (_, Self::MissingHash | Self::WrongHash { .. }) => 400,
            (Style::S3, Self::ExpiredToken | Self::Incomplete(_) | Self::Scope(_) | Self::WrongToken) => 400,
            (Style::Query, Self::Incomplete(_)) => 400,
            _ => 403,
        }
    }
}
