//! The emulator behind an HTTP port.

mod connection;
mod delivery;
mod listen;
mod network;
mod options;
mod refusal;
mod service;
mod socket;
mod state;
mod stop;

pub use network::Network;
pub use state::StateFile;

pub use options::{Options, ServerError};
use std::sync::Arc;

use crate::core::Emulator;

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
