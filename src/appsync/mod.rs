//! AWS AppSync: addresses, and authorization headers in a WebSocket's sub-protocol. No I/O.
//!
//! Source: "Building a real-time WebSocket client" and "Understanding the Event API WebSocket protocol" of the AppSync
//! Developer Guide.

use crate::config::AppSyncApi;
use crate::encode::base64;
use crate::json::Writer;
use crate::secret::Secret;
use crate::sigv4::Url;

/// What a request to an AppSync API is for: each is signed in its own way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A query or mutation, or publishing events, over HTTP.
    Http,
    /// Opening the real-time connection.
    Connect,
    /// Starting a subscription, or publishing, over it.
    Message,
}

/// Headers that Amplify signs for the real-time connection too.
pub const REALTIME_HEADERS: [(&str, &str); 3] = [
    ("accept", "application/json, text/javascript"),
    ("content-encoding", "amz-1.0"),
    ("content-type", "application/json; charset=UTF-8"),
];

/// The real-time endpoint of an API. `None` if its endpoint is not a URL.
pub fn realtime_url(api: AppSyncApi, endpoint: &str) -> Option<String> {
    let url = Url::read(endpoint)?;
    let scheme = if url.scheme == "https" { "wss" } else { "ws" };
    let aws_host = url.host.split_once('.').and_then(|(id, rest)| Some((id, rest.strip_prefix("appsync-api.")?)));
    let host = match aws_host {
        Some((id, region)) => [id, ".appsync-realtime-api.", region].concat(),
        // A custom domain, or this machine.
        None => url.host.to_owned(),
    };
    let suffix = match (api, aws_host) {
        (AppSyncApi::GraphQl, Some(_)) => "",
        (AppSyncApi::GraphQl, None) | (AppSyncApi::Events, _) => "/realtime",
    };
    let path = [url.path, suffix].concat();
    Some([scheme, "://", &host, &path].concat())
}

/// The URL that a request of this purpose is signed for.
pub fn signed_url(api: AppSyncApi, endpoint: &str, purpose: Purpose) -> String {
    match (api, purpose) {
        (AppSyncApi::GraphQl, Purpose::Connect) => [endpoint, "/connect"].concat(),
        _ => endpoint.to_owned(),
    }
}

/// The sub-protocol that carries headers: base64url of their JSON.
pub fn header_protocol(headers: &[(String, Secret<String>)]) -> Secret<String> {
    let mut json = Writer::object();
    for (name, value) in headers {
        json.secret(name, value);
    }
    let text = base64::encode_url(json.finish().expose_secret().as_bytes());
    Secret::new(["header-", &text].concat())
}
