//! Requests to identity providers, over the network.

use std::sync::{Arc, OnceLock};
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::{Agent, Error, http};

use crate::core::{Delivery, HttpResponse, Outbound, OutboundError, OutboundRequest, PATIENCE};

const LARGEST_REPLY: u64 = 1024 * 1024;

/// The network: `https` by the certificates that this machine trusts, and plain `http`. It follows no redirects, and sends `http` past
/// any proxy, as [`core`](crate::core) allows that on this machine only.
#[derive(Default)]
pub struct Network {
    /// Made when it is first needed: reading the machine's certificates takes a while.
    agent: OnceLock<Agent>,
}

impl Network {
    /// A client that no request has used yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

fn agent() -> Agent {
    // A certificate that can't be read is one that is not trusted.
    let trusted = rustls_native_certs::load_native_certs().certs;
    let trusted: Vec<_> = trusted.iter().map(|certificate| Certificate::from_der(certificate).to_owned()).collect();
    let tls = TlsConfig::builder()
        .root_certs(RootCerts::new_with_certs(&trusted))
        .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .build();
    Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .timeout_global(Some(PATIENCE))
        .max_idle_connections(0)
        .tls_config(tls)
        .user_agent(concat!("poolpass-local/", env!("CARGO_PKG_VERSION")))
        .build()
        .into()
}

impl Outbound for Network {
    fn fetch(&self, request: &OutboundRequest) -> Result<HttpResponse, OutboundError> {
        let mut made = http::Request::builder().method(request.method).uri(&request.url);
        for (name, value) in &request.headers {
            made = made.header(name, value);
        }
        let made = made.body(request.body.clone()).map_err(|_| OutboundError::Forbidden)?;
        let agent = self.agent.get_or_init(agent);
        let configured = agent.configure_request(made);
        let made = if request.url.starts_with("http:") { configured.proxy(None).build() } else { configured.build() };
        let mut reply = agent.run(made).map_err(|error| reason(&error))?;
        let text = |value: &http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let headers = reply.headers().iter().map(|(name, value)| (name.to_string(), text(value))).collect();
        let status = reply.status().as_u16();
        let body = reply.body_mut().with_config().limit(LARGEST_REPLY).read_to_vec().map_err(|error| reason(&error))?;
        Ok(HttpResponse { status, headers, body, delivery: Delivery::Whole })
    }
}

fn reason(error: &Error) -> OutboundError {
    match error {
        Error::Timeout(_) => OutboundError::Timeout,
        Error::BodyExceedsLimit(_) => OutboundError::TooLarge,
        Error::Rustls(_) | Error::Tls(_) => OutboundError::Untrusted,
        // So are TLS errors wrapped that come up while reading.
        Error::Io(error) if error.kind() == std::io::ErrorKind::InvalidData => OutboundError::Untrusted,
        _ => OutboundError::Connection,
    }
}
