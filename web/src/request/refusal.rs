//! Why a service has refused a request, and what may help.

use poolpass::config::Auth as Rule;
use web_sys::Response;

use crate::platform::body::Chunks;
use crate::platform::cancellation::Cancellation;

/// What AWS services call a signature that is too old or too new.
const SKEW: [&str; 5] =
    ["RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture", "Signature expired", "Signature not yet current"];
const EXPIRED: &str = "ExpiredToken";
/// AWS's error documents have some hundred bytes.
const LONGEST: usize = 65_536;
/// They come with the headers.
const PATIENCE_MS: u32 = 5_000;

/// What may help against a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Remedy {
    /// Another credential.
    Renew,
    /// A signature with the server's time.
    Clock,
}

/// What may help, if the response refuses a credential of this rule. The response's own body stays unread for the app.
pub(super) async fn remedy(response: &Response, rule: Rule) -> Option<Remedy> {
    match rule {
        Rule::None => None,
        Rule::Id | Rule::Access => (response.status() == 401).then_some(Remedy::Renew),
        Rule::Iam if !matches!(response.status(), 400 | 401 | 403) => None,
        Rule::Iam => {
            let headers = response.headers();
            let name = headers.get("x-amzn-errortype").ok().flatten().unwrap_or_default();
            let text = name + &error_text(response).await;
            let has_date = headers.get("date").ok().flatten().is_some();
            if has_date && SKEW.iter().any(|word| text.contains(word)) {
                return Some(Remedy::Clock);
            }
            text.contains(EXPIRED).then_some(Remedy::Renew)
        }
    }
}

/// The text of the body, as far as it can be read: at most 64 KB, and at most what comes within 5 seconds.
async fn error_text(response: &Response) -> String {
    let mut bytes = Vec::new();
    let copy = response.clone().ok().and_then(|copy| copy.body());
    let chunks = copy.and_then(|body| Chunks::of(&body).ok());
    if let (Some(chunks), Ok(patience)) = (chunks, Cancellation::new(None, PATIENCE_MS)) {
        while let Ok(Ok(Some(chunk))) = patience.guard(chunks.next()).await {
            bytes.extend_from_slice(&chunk.to_vec());
            let text = String::from_utf8_lossy(&bytes);
            if bytes.len() >= LONGEST || text.contains(EXPIRED) || SKEW.iter().any(|word| text.contains(word)) {
                break;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
