//! Replies as the emulator wants them delivered.

use axum::body::{Body, Bytes};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use http_body::{Frame, SizeHint};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use crate::core::{Delivery, HttpResponse};

/// Marks a reply whose connection is to be cut in its stead.
#[derive(Clone, Copy)]
pub(super) struct Cut;

pub(super) async fn deliver(reply: HttpResponse) -> Response {
    let mut response = Response::default();
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in &reply.headers {
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), HeaderValue::from_str(value)) {
            response.headers_mut().append(name, value);
        }
    }
    match reply.delivery {
        Delivery::Drop => {
            response.extensions_mut().insert(Cut);
        }
        Delivery::Late(wait) => {
            tokio::time::sleep(wait).await;
            *response.body_mut() = Body::from(reply.body);
        }
        Delivery::Truncate(sent) => {
            let announced = reply.body.len() as u64;
            let mut sent_bytes = reply.body;
            sent_bytes.truncate(sent);
            *response.body_mut() = Body::new(CutShort { announced, next: Next::Bytes(sent_bytes.into()) });
        }
        Delivery::Whole => *response.body_mut() = Body::from(reply.body),
    }
    response
}

/// A body that announces its full length and breaks off.
struct CutShort {
    announced: u64,
    next: Next,
}

enum Next {
    Bytes(Bytes),
    /// One idle turn, in which the bytes leave.
    Pause,
    Break,
}

impl http_body::Body for CutShort {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        match std::mem::replace(&mut self.next, Next::Break) {
            Next::Bytes(bytes) => {
                self.next = Next::Pause;
                Poll::Ready(Some(Ok(Frame::data(bytes))))
            }
            Next::Pause => {
                context.waker().wake_by_ref();
                Poll::Pending
            }
            Next::Break => Poll::Ready(Some(Err(io::Error::other("this reply was ordered to be cut short")))),
        }
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.announced)
    }
}
