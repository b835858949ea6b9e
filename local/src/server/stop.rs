//! When to stop.

use std::io;
use tokio::io::AsyncReadExt as _;
#[cfg(unix)]
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc;

/// Waits for the first reason to stop.
pub(super) struct Stop(mpsc::Receiver<()>);

impl Stop {
    pub(super) fn new(with_stdin: bool) -> io::Result<Self> {
        let (sender, receiver) = mpsc::channel(1);
        // Listened for from now on, not from when a task comes round to it.
        #[cfg(unix)]
        for kind in [SignalKind::interrupt(), SignalKind::terminate()] {
            let (mut received, sender) = (signal(kind)?, sender.clone());
            tokio::spawn(async move {
                received.recv().await;
                let _ = sender.send(()).await;
            });
        }
        #[cfg(not(unix))]
        {
            let sender = sender.clone();
            tokio::spawn(async move {
                if tokio::signal::ctrl_c().await.is_ok() {
                    let _ = sender.send(()).await;
                }
            });
        }
        if with_stdin {
            tokio::spawn(async move {
                let (mut stdin, mut buffer) = (tokio::io::stdin(), [0; 256]);
                while stdin.read(&mut buffer).await.is_ok_and(|count| count > 0) {}
                let _ = sender.send(()).await;
            });
        }
        Ok(Self(receiver))
    }

    pub(super) async fn wait(&mut self) {
        self.0.recv().await;
    }
}
