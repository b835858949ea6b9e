//! Where to serve, and what can go wrong.

use std::fmt;
use std::io;

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
