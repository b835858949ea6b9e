//! One call of a service: send, read, and repeat by what the call does.

use crate::aws_json;
use crate::error::{Error, ErrorKind};
use crate::platform::{Platform, Request, Response};

/// What may be done again when an attempt fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repeat {
    /// Nothing: a challenge's answer, a confirmation, a refresh. Its first copy may have been taken.
    Never,
    /// A call that the service turned away unread: one that changes something.
    IfThrottled,
    /// Any call that failed for a passing reason: one that changes nothing, or the same if done twice.
    IfItMayHelp,
}

const ATTEMPTS: u32 = 3;
const FIRST_PAUSE_MS: u32 = 200;
const MAX_PAUSE_MS: u32 = 5_000;

/// Takes a reply, or makes an error of it.
pub(crate) type Accept = fn(Response) -> Result<Response, Error>;

/// Calls the user pool service. A reply that is an error of the service's comes back as one.
pub(crate) fn call<P: Platform>(
    platform: &P,
    request: &Request,
    repeat: Repeat,
) -> impl Future<Output = Result<Response, Error>> {
    call_as(platform, request, repeat, aws_json::accept)
}

/// Calls any service, whose replies are taken so.
pub(crate) async fn call_as<P: Platform>(
    platform: &P,
    request: &Request,
    repeat: Repeat,
    accept: Accept,
) -> Result<Response, Error> {
    let mut attempt = 1;
    loop {
        let result = platform.send(request).await.map_err(|failure| failure.of(&request.url)).and_then(accept);
        let Err(error) = result else { return result };
        if attempt == ATTEMPTS || !may_repeat(repeat, &error) {
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

fn may_repeat(repeat: Repeat, error: &Error) -> bool {
    match repeat {
        Repeat::Never => false,
        Repeat::IfThrottled => error.throttled(),
        // A call that ran into its deadline has been waited for long enough.
        Repeat::IfItMayHelp => error.retryable() && error.code() != "timeout",
    }
}

/// Up to 127 ms, so that many pages turned away at once do not come back at once.
fn jitter<P: Platform>(platform: &P) -> Result<u32, Error> {
    let mut byte = [0];
    platform.fill_random(&mut byte)?;
    Ok(u32::from(byte[0] >> 1))
}
