//! Cross-origin access: any page may call, as with Cognito.

use super::http::{HttpRequest, HttpResponse};

const REQUEST_HEADERS: &str = "content-type, x-amz-target, x-amz-user-agent, cache-control, authorization, amz-sdk-invocation-id, \
     amz-sdk-request, x-amz-date, x-amz-security-token, x-amz-content-sha256, x-api-key";
const READABLE_OF_APIS: &str = "x-amzn-RequestId,x-amzn-ErrorType,Date,WWW-Authenticate";
const READABLE: &str = "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date";

/// The answer to a preflight request: every header that is asked for is allowed.
pub(crate) fn preflight(request: &HttpRequest) -> HttpResponse {
    let asked = request.header("Access-Control-Request-Headers").filter(|names| !names.trim().is_empty());
    let methods = match request.path() {
        "/" => "POST, GET",
        path if path.starts_with(crate::core::services::control::PREFIX) => "GET, POST, DELETE",
        crate::core::services::appsync::GRAPHQL | crate::core::services::appsync::EVENT => "POST",
        path if path.starts_with(crate::core::services::api::PREFIX) => "GET, HEAD, POST, PUT, PATCH, DELETE",
        path => crate::core::services::oauth::endpoint(path).map_or("GET", |(_, methods)| methods),
    };
    let response = HttpResponse::new(200, "text/plain", "")
        .with("Access-Control-Allow-Methods", methods)
        .with("Access-Control-Allow-Headers", asked.unwrap_or(REQUEST_HEADERS))
        .with("Access-Control-Max-Age", "172800");
    allow(request.path(), response)
}

/// Lets pages read a reply to a request for that path.
pub(crate) fn allow(path: &str, response: HttpResponse) -> HttpResponse {
    let readable = if path.starts_with(crate::core::services::api::PREFIX) { READABLE_OF_APIS } else { READABLE };
    response.with("Access-Control-Allow-Origin", "*").with("Access-Control-Expose-Headers", readable)
}
