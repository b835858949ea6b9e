//! Taking the port.

use std::io;
use tokio::net::TcpListener;

use super::options::{Options, ServerError};

pub(super) async fn bind(options: &Options) -> Result<TcpListener, ServerError> {
    let host = options.host.as_deref().unwrap_or("127.0.0.1");
    let bound = TcpListener::bind((host, options.port)).await;
    bound.map_err(|source| ServerError::Listen { address: format!("{host}:{}", options.port), source })
}

/// The address that people should use.
pub(super) fn address(listener: &TcpListener, options: &Options) -> io::Result<String> {
    let port = listener.local_addr()?.port();
    let name = match options.host.as_deref() {
        None | Some("127.0.0.1" | "0.0.0.0" | "::" | "::1") => "localhost".to_owned(),
        Some(host) if host.contains(':') => format!("[{host}]"),
        Some(host) => host.to_owned(),
    };
    Ok(format!("http://{name}:{port}"))
}
