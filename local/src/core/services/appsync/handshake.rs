//! Opening a WebSocket.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_json::{Map, Value, json};

use super::authorization::identify;
use super::context::Context;
use super::errors::{NOT_PROVIDED, Refused};
use super::graphql::proof;
use super::identity::Identity;
use super::run::rights;
use super::socket::{Kind, Socket};
use crate::core::service::Sender;
use crate::core::wire::http::{HttpRequest, HttpResponse};

const ANY_PADDING: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
const PLAIN: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, ANY_PADDING);
const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, ANY_PADDING);

/// The socket that a request opens. Who may not is told so when the socket is open, as browsers show no reply to a refused one.
///
/// # Errors
/// A reply for what does not open a WebSocket of this protocol.
pub(super) fn open(
    context: &Context<'_>,
    kind: Kind,
    request: &HttpRequest,
    send: Sender,
) -> Result<Socket, HttpResponse> {
    let upgrades = request.header("Upgrade").is_some_and(|to| to.eq_ignore_ascii_case("websocket"));
    let wrong = |status, text: String| Err(HttpResponse::json(status, &json!({ "message": text })));
    if request.method != "GET" || !upgrades {
        return wrong(426, format!("{} is a WebSocket", kind.path()));
    }
    let offered: Vec<&str> = protocols(request).collect();
    if !offered.contains(&kind.protocol()) {
        return wrong(400, format!("The sub-protocol {} must be offered", kind.protocol()));
    }
    Ok(Socket {
        kind,
        host: request.header("Host").unwrap_or_default().into(),
        send,
        opener: opener(context, kind, request),
        ready: false,
        opened_ms: context.now_ms,
        kept_alive_ms: context.now_ms,
        subscriptions: Vec::new(),
        silent: false,
        is_over: false,
    })
}

fn opener(context: &Context<'_>, kind: Kind, request: &HttpRequest) -> Result<Identity, Refused> {
    let headers = headers(request)?;
    let identity =
        authorized(context, &headers, request.header("Host").unwrap_or_default(), (kind.connect_path(), "{}"))?;
    if kind == Kind::Events {
        rights(context, identity.clone()).event("appsync:EventConnect", "")?;
    }
    Ok(identity)
}

/// Who is meant by the headers that an object inside the protocol stands for.
///
/// # Errors
/// [`Refused`].
pub(super) fn authorized(
    context: &Context<'_>,
    headers: &Map<String, Value>,
    host: &str,
    (path, body): (&str, &str),
) -> Result<Identity, Refused> {
    let named = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("host")).and_then(|(_, host)| host.as_str());
    if !named.is_some_and(|named| named.eq_ignore_ascii_case(host)) {
        return Err(Refused::bad_request(format!("The authorization header must have host: {host}")));
    }
    identify(context, &proof(path, headers, body))
}

/// The authorization header of a request: a sub-protocol, or the query of the older form.
fn headers(request: &HttpRequest) -> Result<Map<String, Value>, Refused> {
    let offered = protocols(request).find_map(|protocol| protocol.strip_prefix("header-"));
    let bytes = match offered {
        Some(text) => URL_SAFE.decode(text).ok(),
        None => {
            let text = request.query("header").ok_or_else(|| Refused::unauthorized(NOT_PROVIDED))?;
            let payload = request.query("payload").and_then(|payload| plain(&payload));
            let is_empty = payload.is_some_and(|payload| serde_json::from_slice(&payload).ok() == Some(json!({})));
            plain(&text).filter(|_| is_empty)
        }
    };
    let read = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    read.ok_or_else(|| Refused::bad_request("The authorization header can't be read."))
}

/// Decodes Base64 of a query, whose `+` may have become blanks.
fn plain(text: &str) -> Option<Vec<u8>> {
    PLAIN.decode(text.replace(' ', "+")).ok()
}

fn protocols(request: &HttpRequest) -> impl Iterator<Item = &str> {
    let headers = request.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("Sec-WebSocket-Protocol"));
    headers.flat_map(|(_, value)| value.split(',')).map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every vector of `tests/vectors/appsync.json`: what Amplify offers is read back.
    #[test]
    fn the_sub_protocols_of_amplify_carry_their_headers() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/vectors/appsync.json");
        let vectors: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
        let cases = vectors["subprotocols"].as_array().unwrap();
        assert_eq!(cases.len(), 5);
        for case in cases {
            let offered: Vec<&str> =
                case["subprotocols"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
            let header = ("Sec-WebSocket-Protocol".to_owned(), offered.join(", "));
            let request = HttpRequest { headers: vec![header], ..HttpRequest::default() };
            assert_eq!(protocols(&request).next(), Some(Kind::Graphql.protocol()));
            let expected: Value = serde_json::from_str(case["header_json"].as_str().unwrap()).unwrap();
            assert_eq!(Value::Object(headers(&request).unwrap()), expected, "{}", case["name"]);
        }
    }
}
