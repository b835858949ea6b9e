//! Cross-origin access to a bucket, by its rules.

use super::bucket::Bucket;
use super::cors_rule::CorsRule;
use super::error::{S3Error, no_such_bucket};
use crate::core::wire::http::{HttpRequest, HttpResponse};

/// The answer to a preflight request.
pub(super) fn preflight(bucket: Option<&Bucket>, name: &str, request: &HttpRequest) -> HttpResponse {
    let header = |name| request.header(name).map(str::trim).filter(|text| !text.is_empty());
    let (Some(origin), Some(method)) = (header("Origin"), header("Access-Control-Request-Method")) else {
        let text = "Insufficient information. Origin request header needed.";
        return S3Error::new(400, "BadRequest", text).response(0);
    };
    let Some(bucket) = bucket else { return no_such_bucket(name).response(0) };
    let asked = header("Access-Control-Request-Headers").unwrap_or_default();
    let names = || asked.split(',').map(str::trim).filter(|name| !name.is_empty());
    let rule = bucket.rules.iter().find(|rule| rule.fits(origin, method) && names().all(|name| rule.takes(name)));
    let Some(rule) = rule else {
        let text = "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / \
                    Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.";
        return S3Error::new(403, "AccessForbidden", text)
            .with("Method", method)
            .with("ResourceType", "BUCKET")
            .response(0);
    };
    let mut response = allow(HttpResponse::new(200, "text/plain", ""), rule, origin);
    if !asked.is_empty() {
        response =
            response.with("Access-Control-Allow-Headers", names().collect::<Vec<_>>().join(", ").to_ascii_lowercase());
    }
    match rule.max_age_seconds {
        Some(seconds) => response.with("Access-Control-Max-Age", seconds.to_string()),
        None => response,
    }
}

/// Lets a page read a reply, where a rule says so.
pub(super) fn expose(bucket: Option<&Bucket>, request: &HttpRequest, response: HttpResponse) -> HttpResponse {
    let Some(origin) = request.header("Origin") else { return response };
    let rule = bucket.and_then(|bucket| bucket.rules.iter().find(|rule| rule.fits(origin, &request.method)));
    match rule {
        Some(rule) => allow(response, rule, origin),
        None => response,
    }
}

fn allow(response: HttpResponse, rule: &CorsRule, origin: &str) -> HttpResponse {
    let response = match rule.is_open() {
        true => response.with("Access-Control-Allow-Origin", "*"),
        false => response.with("Access-Control-Allow-Origin", origin).with("Access-Control-Allow-Credentials", "true"),
    };
    let response = response.with("Access-Control-Allow-Methods", rule.allowed_methods.join(", "));
    let response = match rule.expose_headers.is_empty() {
        true => response,
        false => response.with("Access-Control-Expose-Headers", rule.expose_headers.join(", ")),
    };
    response.with("Vary", "Origin, Access-Control-Request-Headers, Access-Control-Request-Method")
}
