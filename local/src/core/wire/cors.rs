//! Cross-origin access: any page may call, as with Cognito.

use super::http::{HttpRequest, HttpResponse};

const REQUEST_HEADERS: &str = "content-type, x-amz-target, x-amz-user-agent, cache-control, authorization, amz-sdk-invocation-id, \
     amz-sdk-request, x-amz-date, x-amz-security-token, x-amz-content-sha256, x-api-key";
const READABLE: &str = "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date";

/// The answer to a preflight request: every header that is asked for is allowed.
pub(crate) fn preflight(request: &HttpRequest, methods: &str) -> HttpResponse {
    let asked = request.header("Access-Control-Request-Headers").filter(|names| !names.trim().is_empty());
    let response = HttpResponse::new(200, "text/plain", "")
        .with("Access-Control-Allow-Methods", methods)
        .with("Access-Control-Allow-Headers", asked.unwrap_or(REQUEST_HEADERS))
        .with("Access-Control-Max-Age", "172800");
    allow(response)
}

/// Lets pages read a reply.
pub(crate) fn allow(response: HttpResponse) -> HttpResponse {
    allow_headers(response, READABLE)
}

/// Lets pages read a reply with these headers.
pub(crate) fn allow_headers(response: HttpResponse, readable: &str) -> HttpResponse {
    response.with("Access-Control-Allow-Origin", "*").with("Access-Control-Expose-Headers", readable)
}
