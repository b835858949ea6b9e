//! Administrator operations need a Signature Version 4. Its form is checked, the signature itself is not.

use crate::core::error::ServiceError;
use crate::core::http::HttpRequest;

/// # Errors
/// `MissingAuthenticationTokenException` without an `Authorization` header, `IncompleteSignatureException` for one of another form.
pub(super) fn check(request: &HttpRequest) -> Result<(), ServiceError> {
    let Some(header) = request.header("Authorization") else {
        return Err(ServiceError::new("MissingAuthenticationTokenException", "Missing Authentication Token"));
    };
    if is_well_formed(header) {
        return Ok(());
    }
    let text = "Authorization header requires the form AWS4-HMAC-SHA256 Credential=<key id>/<date>/<region>/<service>/aws4_request, \
                SignedHeaders=<names>, Signature=<64 hexadecimal digits>.";
    Err(ServiceError::new("IncompleteSignatureException", text))
}

fn is_well_formed(header: &str) -> bool {
    let Some(rest) = header.strip_prefix("AWS4-HMAC-SHA256 ") else { return false };
    let part = |name: &str| rest.split(',').find_map(|part| part.trim().strip_prefix(name)?.strip_prefix('='));
    let scope: Vec<&str> = part("Credential").unwrap_or_default().rsplitn(5, '/').collect();
    let [terminator, service, region, date, key_id] = scope[..] else { return false };
    let named = !key_id.is_empty() && !region.is_empty() && !service.is_empty();
    let dated = date.len() == 8 && date.bytes().all(|b| b.is_ascii_digit());
    let signature = part("Signature").unwrap_or_default();
    let signed = signature.len() == 64 && signature.bytes().all(|b| b.is_ascii_hexdigit());
    terminator == "aws4_request"
        && named
        && dated
        && signed
        && part("SignedHeaders").is_some_and(|names| !names.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_form_of_a_signature_is_accepted() {
        let digits = "0".repeat(64);
        let good = format!(
            "AWS4-HMAC-SHA256 Credential=A/20250101/eu-west-1/cognito-idp/aws4_request, SignedHeaders=host, Signature={digits}"
        );
        assert!(is_well_formed(&good));
        assert!(is_well_formed(&good.replace(", ", ",")));
        for (from, to) in [
            ("AWS4", "AWS3"),
            ("A/2", "/2"),
            ("2025", "20x5"),
            ("aws4_request", "aws4"),
            ("host", ""),
            ("Signature=0", "Signature="),
        ] {
            assert!(!is_well_formed(&good.replacen(from, to, 1)), "{from}");
        }
        assert!(!is_well_formed("Bearer x") && !is_well_formed(""));
    }
}
