//! Sending a request with retries.

use crate::aws_json;
use crate::error::{Error, ErrorKind, NetworkFailure};
use crate::platform::{Platform, Request, Response};

pub(crate) use crate::platform::Retry;

const ATTEMPTS: u32 = 3;
const FIRST_PAUSE_MS: u32 = 200;
const MAX_PAUSE_MS: u32 = 5_000;

/// Returns the response, or the error that it contains.
pub(crate) type Accept = fn(Response) -> Result<Response, Error>;

/// Sends a request of AWS's JSON protocol.
pub(crate) fn send_with_retry<P: Platform>(
    platform: &P,
    request: Request,
    retry: Retry,
) -> impl Future<Output = Result<Response, Error>> {
    send_with_retry_as(platform, request, retry, aws_json::accept)
}

/// Sends a request of any protocol, whose responses `accept` checks.
pub(crate) async fn send_with_retry_as<P: Platform>(
    platform: &P,
    request: Request,
    retry: Retry,
    accept: Accept,
) -> Result<Response, Error> {
    let mut attempt = 1;
    loop {
        let result = platform.send(&request).await.map_err(|failure| failure.of(&request.url)).and_then(accept);
        let Err(error) = result else { return result };
        if attempt == ATTEMPTS || !may_retry(retry, &error) {
            return Err(error);
        }
        let asked = error.service().and_then(|service| service.retry_after_ms);
        let pause = asked.unwrap_or((FIRST_PAUSE_MS << (attempt - 1)) + jitter(platform)?);
        if pause > MAX_PAUSE_MS {
            return Err(error);
        }
        platform.sleep(pause).await;
        if platform.aborted() {
            return Err(ErrorKind::Aborted.into());
        }
        attempt += 1;
    }
}

fn may_retry(retry: Retry, error: &Error) -> bool {
    match retry {
        Retry::Never => false,
        Retry::Throttled => error.throttled(),
        // After a timeout the caller has waited long enough.
        Retry::Transient => {
            error.is_transient() && !matches!(error.kind(), ErrorKind::Network(NetworkFailure::TimedOut, _))
        }
    }
}

/// Up to 127 ms, so that many throttled pages don't retry at the same moment.
fn jitter<P: Platform>(platform: &P) -> Result<u32, Error> {
    let mut byte = [0];
    platform.fill_random(&mut byte)?;
    Ok(u32::from(byte[0] >> 1))
}
