//! Who signed a request, among those whom the emulator gave credentials. Every resource that IAM guards asks here:
//! [`caller`] for the signature, [`Caller::authorize`] for the right to do something.

use super::{ACCOUNT, AccessKeys, Caller, Context};
use crate::core::sigv4;
use crate::core::sigv4::{Refusal, Rules, Signer, Style};
use crate::core::wire::error::ServiceError;
use crate::core::wire::http::HttpRequest;
use crate::core::world::origins::Origins;

/// Checks the signature of a request.
///
/// # Errors
/// [`Refusal`], which each kind of service answers in its own way.
pub(crate) fn caller(
    request: &HttpRequest,
    rules: &Rules<'_>,
    keys: &AccessKeys,
    now_ms: u64,
) -> Result<Caller, Refusal> {
    let signer = |id: &str| {
        let session = keys.get(id)?;
        Some(Signer { secret: &session.secret_key, token: Some(&session.token), expires_ms: Some(session.expires_ms) })
    };
    let id = sigv4::check(request, rules, now_ms, signer)?;
    keys.get(&id).cloned().map(Caller::new).ok_or(Refusal::UnknownKey)
}

/// Whether an operation for administrators may go on.
pub(crate) struct Administrators<'a> {
    keys: &'a AccessKeys,
    origins: &'a Origins,
    now_ms: u64,
}

impl<'a> Administrators<'a> {
    pub(crate) fn new(keys: &'a AccessKeys, origins: &'a Origins, now_ms: u64) -> Self {
        Self { keys, origins, now_ms }
    }

    /// Checks a request: the region that it is for. Any well-formed signature will do, as scripts bring credentials of their own, but
    /// not from a page of another site. With credentials that the emulator itself gave out, the signature must be right and the role
    /// must allow the operation on the resource.
    ///
    /// # Errors
    /// `MissingAuthenticationTokenException`, `IncompleteSignatureException`, or what AWS says of a signature or a right;
    /// `ForbiddenException` for a foreign page.
    pub(crate) fn check(
        &self,
        request: &HttpRequest,
        service: &str,
        operation: &str,
        resource: Option<String>,
    ) -> Result<String, ServiceError> {
        let (key_id, region) = sigv4::key_and_region(request).map_err(refused)?;
        if self.keys.get(&key_id).is_none() {
            let foreign = |text| ServiceError::new("ForbiddenException", text).with_status(403);
            return self.origins.check(request).map(|()| region).map_err(foreign);
        }
        let caller = caller(request, &Rules::of(service, &region), self.keys, self.now_ms).map_err(refused)?;
        let resource =
            resource.map_or_else(|| "*".into(), |path| format!("arn:aws:{service}:{region}:{ACCOUNT}:{path}"));
        let allowed = caller.authorize(&format!("{service}:{operation}"), &resource, &Context::default());
        allowed.map(|()| region).map_err(|denied| ServiceError::new("AccessDeniedException", denied.0))
    }
}

/// As the JSON services answer it.
pub(crate) fn refused(refusal: Refusal) -> ServiceError {
    let error = ServiceError::new(refusal.code(Style::Json), refusal.message(Style::Json));
    error.with_status(refusal.status(Style::Json))
}
