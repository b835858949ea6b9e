//! The emulator behind an HTTP port.

mod connection;
mod delivery;
mod listen;
mod network;
mod service;
mod socket;
mod state;
mod stop;

pub use network::Network;
pub use state::StateFile;

use std::fmt;
use std::io;
use std::sync::Arc;

use crate::core::Emulator;

/// How to serve.
pub struct Options {
    /// The port; 0 takes a free one.
    pub port: u16,
    /// The address to listen on. When none is given it is 127.0.0.1, and requests that name another host are refused.
    pub host: Option<String>,
    /// Stop when standard input ends.
    pub exit_with_stdin: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { port: 9400, host: None, exit_with_stdin: false }
    }
}

/// Why serving did not start or broke off.
#[derive(Debug)]
pub enum ServerError {
    /// The address can't be listened on, often because another program has the port.
    Listen {
        /// The address.
        address: String,
        /// What the system says.
        source: io::Error,
    },
    /// The runtime could not be started or a signal could not be waited for.
    Runtime(io::Error),
}

impl fmt::Display for ServerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Listen { address, source } if source.kind() == io::ErrorKind::AddrInUse => {
                write!(f, "{address} is in use by another program. Stop that one or choose another port with --port.")
            }
            Self::Listen { address, source } => write!(f, "can't listen on {address}: {source}"),
            Self::Runtime(source) => write!(f, "can't run: {source}"),
        }
    }
}

impl std::error::Error for ServerError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Listen { source, .. } | Self::Runtime(source) => Some(source),
        }
    }
}

/// Serves until Ctrl-C, SIGTERM or, if asked for, the end of standard input. `ready` is told the address once requests are answered.
///
/// # Errors
/// See [`ServerError`].
pub fn run(emulator: Emulator, options: &Options, ready: impl FnOnce(&str)) -> Result<(), ServerError> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(ServerError::Runtime)?;
    let result = runtime.block_on(async {
        let listener = listen::bind(options).await?;
        let address = listen::address(&listener, options).map_err(ServerError::Runtime)?;
        let stop = stop::Stop::new(options.exit_with_stdin).map_err(ServerError::Runtime)?;
        let emulator = Arc::new(emulator.at(&address));
        emulator.warm_up();
        let only_local_names = options.host.is_none();
        let service =
            service::router(service::Served { emulator, only_local_names, body_patience: service::BODY_PATIENCE });
        ready(&address);
        connection::accept(listener, service, stop).await;
        Ok(())
    });
    // A read of standard input can't be cancelled and must not keep the process.
    runtime.shutdown_background();
    result
}
