//! Stored texts. A session's are read with every call, so those that have not changed do not cross the door again.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use poolpass::error::{Error, ErrorKind, StorageFailure};
use poolpass::json::Value;
use poolpass::secret::Secret;

use crate::door::{Asker, Outcome, Pending};

/// A stored text, or none.
pub(crate) type Stored = Option<Rc<Secret<String>>>;

/// What `platform.js` says in place of a text, which is never one letter.
const NOTHING: &str = "-";
const UNCHANGED: &str = "~";
const FAILED: &str = "!";

/// Reads a text of the session storage, or of the browser's that `scope` names.
pub(crate) fn read(asker: Asker, scope: Option<&'static str>, key: &str) -> TextReply {
    let known = last::of(asker.kit, key);
    match asker.get(scope, key, known.is_some()) {
        Ok(text) => TextReply::Now(match text.as_str() {
            NOTHING => Ok(None),
            UNCHANGED => Ok(known),
            FAILED => Err(ErrorKind::Storage(StorageFailure::Read).into()),
            _ => {
                let text = Rc::new(Secret::new(text));
                // What comes later is on neither side.
                if scope.is_none() {
                    last::keep(asker.kit, key, &text);
                }
                Ok(Some(text))
            }
        }),
        Err(pending) => TextReply::Later(pending),
    }
}

fn stored(outcome: Outcome) -> Result<Stored, Error> {
    match outcome {
        Ok(Value::String(text)) => Ok(Some(Rc::new(text))),
        Ok(_) => Ok(None),
        Err(_) => Err(ErrorKind::Storage(StorageFailure::Read).into()),
    }
}

/// A text that is there at once or comes later. It is no state machine of its own.
pub(crate) enum TextReply {
    Now(Result<Stored, Error>),
    Later(Pending),
}

impl Future for TextReply {
    type Output = Result<Stored, Error>;

    #[inline(never)]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<Stored, Error>> {
        match &mut *self {
            // It is polled once.
            Self::Now(text) => Poll::Ready(std::mem::replace(text, Ok(None))),
            Self::Later(pending) => Pin::new(pending).poll(context).map(stored),
        }
    }
}

/// The last text of each kit and key, as long as the kit keeps it. `platform.js` has the same.
#[cfg(feature = "aws")]
mod last {
    use std::cell::RefCell;
    use std::rc::{Rc, Weak};

    use poolpass::secret::Secret;

    thread_local! {
        static TEXTS: RefCell<Vec<Last>> = const { RefCell::new(Vec::new()) };
    }

    struct Last {
        kit: u32,
        key: String,
        text: Weak<Secret<String>>,
    }

    pub(super) fn of(kit: u32, key: &str) -> Option<Rc<Secret<String>>> {
        TEXTS.with_borrow(|texts| texts.iter().find(|last| last.kit == kit && last.key == key)?.text.upgrade())
    }

    pub(super) fn keep(kit: u32, key: &str, text: &Rc<Secret<String>>) {
        TEXTS.with_borrow_mut(|texts| {
            texts.retain(|last| last.text.strong_count() > 0 && (last.kit != kit || last.key != key));
            texts.push(Last { kit, key: key.to_owned(), text: Rc::downgrade(text) });
        });
    }
}

/// Only who signs requests reads so often that it is worth its bytes.
#[cfg(not(feature = "aws"))]
mod last {
    use std::rc::Rc;

    use poolpass::secret::Secret;

    pub(super) const fn of(_: u32, _: &str) -> Option<Rc<Secret<String>>> {
        None
    }

    pub(super) const fn keep(_: u32, _: &str, _: &Rc<Secret<String>>) {}
}
