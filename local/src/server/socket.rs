//! WebSockets: the emulator's texts over the wire.

use axum::extract::FromRequestParts as _;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::http::request::Parts;
use axum::response::{IntoResponse as _, Response};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::delivery;
use super::refusal::refuse;
use crate::core::{Emulator, Frame, HttpRequest, OpenSocket};

/// How often the emulator is told that time goes on.
const TICK: Duration = Duration::from_millis(250);

/// The largest message, with room for a query of AppSync's largest size.
const LARGEST_MESSAGE: usize = 1024 * 1024;

/// Whether a request asks for a WebSocket.
pub(super) fn is_asked_for(parts: &Parts) -> bool {
    parts.headers.get("upgrade").is_some_and(|to| to.as_bytes().eq_ignore_ascii_case(b"websocket"))
}

/// Opens a WebSocket, or delivers the reply that says why not.
pub(super) async fn open(emulator: Arc<Emulator>, mut parts: Parts, request: HttpRequest) -> Response {
    let upgrade = match WebSocketUpgrade::from_request_parts(&mut parts, &()).await {
        Ok(upgrade) => upgrade,
        Err(refusal) => return refusal.into_response(),
    };
    let (sender, frames) = unbounded_channel();
    // A receiver that is gone means a socket that is closing.
    let send = move |frame| drop(sender.send(frame));
    let opened = {
        let emulator = emulator.clone();
        tokio::task::spawn_blocking(move || emulator.open_socket(&request, send)).await
    };
    let OpenSocket { id, protocol, delay } = match opened {
        Ok(Ok(opened)) => opened,
        Ok(Err(response)) => return delivery::deliver(response).await,
        Err(_) => return refuse(500, "poolpass-local failed to answer this request."),
    };
    tokio::time::sleep(delay).await;
    // Made now, so that the emulator learns of the end even if the connection breaks before it is a WebSocket.
    let open = Open { emulator, id };
    let upgrade = upgrade.max_message_size(LARGEST_MESSAGE).protocols([protocol]);
    upgrade.on_upgrade(move |socket| open.carry(socket, frames))
}

/// An open socket, as the emulator knows it.
struct Open {
    emulator: Arc<Emulator>,
    id: u64,
}

impl Open {
    /// Carries texts in both directions until one side ends it.
    async fn carry(self, mut socket: WebSocket, mut frames: UnboundedReceiver<Frame>) {
        let mut ticks = tokio::time::interval(TICK);
        loop {
            tokio::select! {
                // What was said already goes out before more is taken in.
                biased;
                frame = frames.recv() => match frame {
                    Some(Frame::Text(text)) => {
                        if socket.send(Message::Text(text.into())).await.is_err() {
                            return;
                        }
                    }
                    Some(Frame::Close { code, reason }) => {
                        let _ = socket.send(Message::Close(Some(CloseFrame { code, reason: reason.into() }))).await;
                        // Until the other side has closed, too.
                        let farewell = async { while let Some(Ok(_)) = socket.recv().await {} };
                        let _ = tokio::time::timeout(Duration::from_secs(5), farewell).await;
                        return;
                    }
                    Some(Frame::Cut) | None => return,
                },
                message = socket.recv() => match message {
                    Some(Ok(Message::Text(text))) => self.take(text.as_str().to_owned()).await,
                    Some(Ok(_)) => {}
                    Some(Err(_)) | None => return,
                },
                _ = ticks.tick() => self.emulator.tick(),
            }
        }
    }

    async fn take(&self, text: String) {
        let (emulator, id) = (self.emulator.clone(), self.id);
        // Signatures take milliseconds: too long for the threads that serve all connections.
        let _ = tokio::task::spawn_blocking(move || emulator.socket_text(id, &text)).await;
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.emulator.socket_closed(self.id);
    }
}
