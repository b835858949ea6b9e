//! The contract of [`Platform`]: what the kit relies on, whatever platform it runs on.
//!
//! The in-memory platform, `poolpass-web` and the npm package's pass the same cases. A [`Bench`] arranges the outside world for
//! a case: a server that is silent, a storage that fails, an abort signal.

mod channel;
mod clock;
mod crypto;
mod device_name;
mod http;
mod locks;
mod passkeys;
mod storage;
mod tasks;

use std::cell::Cell;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use poolpass::platform::{Mediation, Passkeys, Platform};

/// Arranges the outside world for one case. Everything is as usual again when it is dropped.
pub(crate) trait Bench: 'static {
    /// A tab of the app.
    type Tab: Platform + Passkeys;

    /// Opens a tab, and what its listeners hear. All tabs share a storage, and hear each other.
    fn listening_tab(&self) -> (Self::Tab, Heard);

    /// Opens a tab.
    fn tab(&self) -> Self::Tab {
        self.listening_tab().0
    }

    /// Tabs with each kind of storage that this platform has, its name, and its lag.
    fn tabs_by_storage(&self) -> Vec<(&'static str, Self::Tab, u32)>;

    /// Closes a tab, while its tasks may be under way.
    fn close(&self, tab: Self::Tab);

    /// The same tab for a caller who can abort, and what the caller does to abort.
    fn abortable(&self, tab: &Self::Tab) -> (Self::Tab, Box<dyn FnOnce()>);

    /// The address of a server that behaves so.
    fn url(&self, server: Server) -> String;

    /// Makes an access to the storages fail from now on.
    fn fail(&self, access: Access);

    /// Makes the shared storage asynchronous.
    fn delay_storage(&self);

    /// Takes a part of the browser away.
    fn take_away(&self, part: Part);

    /// Sets what the user does when a tab asks for a passkey like this. A new passkey is asked for by a dialog.
    fn habit(&self, mediation: Mediation, habit: Habit);

    /// How the user was asked for passkeys so far: `get`, `get by autofill`, `create`.
    fn asked(&self) -> Vec<String>;
}

/// The events so far: each one's name, and whether another tab sent it.
pub(crate) type Heard = Box<dyn Fn() -> Vec<(String, bool)>>;

/// How a server behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Server {
    /// Answers with JSON: the request's `method`, `body`, `target` (the header `x-amz-target`), `cookie`, and the `count` of
    /// such requests so far. The answer may be cached.
    Echo,
    /// Answers 429 with each header of `Response::HEADERS`, the header `x-other`, and a cookie.
    Refusal,
    /// Gets a request and never answers.
    Silent,
    /// Sends the headers, and never the body.
    Stalled,
    /// Answers with the longest body that is accepted.
    Full,
    /// Answers with a body that is one byte longer.
    TooLong,
    /// Redirects to [`Server::Echo`].
    Redirect,
    /// Is not there.
    Gone,
}

impl Server {
    /// The path of its address.
    pub(crate) const fn path(self) -> &'static str {
        match self {
            Self::Echo => "/echo",
            Self::Refusal => "/refusal",
            Self::Silent => "/silent",
            Self::Stalled => "/stalled",
            Self::Full => "/full",
            Self::TooLong => "/too-long",
            Self::Redirect => "/redirect",
            Self::Gone => "/gone",
        }
    }
}

/// An access to a storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    Read,
    Write,
    Remove,
}

/// What a user does when a tab asks for a passkey.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Habit {
    /// Uses a passkey or makes one. Of the credential, `rawId` is the challenge. The `signature` of a sign-in is the ID of the
    /// first allowed credential, and the `attestationObject` of a new one the ID of the user.
    Agrees,
    /// Does nothing, so that a dialog ends after its `timeout` as if it was cancelled.
    Leaves,
    /// Does something that ends with the `DOMException` of this name.
    Throws(&'static str),
}

/// A part of the browser that a page may lack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Crypto,
    Locks,
    /// The storages of flows, which a browser may block.
    FlowStorages,
    Passkeys,
    /// The browser's own conversions between JSON and its objects.
    PasskeyJson,
    Autofill,
}

/// The cases, for `$each`, which makes a test of each.
macro_rules! for_each_case {
    ($each:ident) => {
        $each! {
            channel::other_tabs_hear_in_order_and_the_sender_does_not,
            channel::a_notification_stays_in_its_tab,
            clock::the_clock_moves_while_a_sleep_waits,
            clock::sleeps_end_in_the_order_of_their_lengths,
            clock::a_sleep_ends_early_for_an_abort,
            clock::a_sleep_of_an_aborted_caller_ends_at_once,
            crypto::random_bytes_differ,
            crypto::a_signature_is_verified,
            crypto::a_malformed_key_has_signed_nothing,
            crypto::without_crypto_the_errors_say_so,
            device_name::the_device_has_a_name_of_true_brands,
            http::a_request_arrives_as_it_is,
            http::a_response_has_the_allowed_headers_only,
            http::a_bypassed_cache_has_no_answer,
            http::a_redirect_is_not_followed,
            http::a_deadline_covers_headers_and_body,
            http::an_abort_ends_a_request_before_and_while_it_runs,
            http::a_missing_server_is_unreachable,
            http::a_body_is_accepted_up_to_the_bound,
            locks::a_lock_has_one_holder,
            locks::another_name_is_another_lock,
            locks::a_wait_of_nothing_takes_a_free_lock_only,
            locks::a_wait_ends_at_its_limit,
            locks::waiting_tabs_get_a_lock_in_their_order,
            locks::a_request_that_is_dropped_leaves_the_queue,
            locks::an_abort_does_not_end_a_wait_for_a_lock,
            locks::without_locks_there_is_none,
            passkeys::passkeys_are_made_and_used,
            passkeys::an_older_browser_gets_its_form_of_the_options,
            passkeys::each_refusal_has_its_reason,
            passkeys::a_dialog_that_was_open_for_its_time_has_timed_out,
            passkeys::without_passkeys_the_error_says_so,
            passkeys::without_autofill_there_are_dialogs,
            passkeys::an_abort_ends_a_request_for_a_passkey,
            passkeys::autofill_goes_on_after_a_dialog_that_failed,
            passkeys::autofill_ends_when_the_user_signs_in,
            passkeys::one_wait_for_autofill_takes_the_place_of_another,
            storage::every_kind_keeps_and_forgets_at_once,
            storage::tabs_share_a_storage,
            storage::a_failed_read_is_not_nothing,
            storage::a_failed_write_changes_nothing,
            storage::a_failed_removal_changes_nothing,
            storage::an_asynchronous_storage_works,
            storage::flows_are_kept_in_both_scopes,
            storage::keys_of_flows_are_listed_by_prefix,
            storage::failing_storages_of_flows_are_errors,
            storage::blocked_storages_of_flows_are_errors,
            tasks::a_task_runs_in_the_background,
            tasks::a_task_goes_on_after_an_abort,
            tasks::a_task_goes_on_when_its_tab_is_closed,
            tasks::a_detached_platform_is_never_aborted,
        }
    };
}
pub(crate) use for_each_case;

macro_rules! run_by_name {
    ($($module:ident::$case:ident,)*) => {
        /// Runs a case by its name. Returns whether there is such a case.
        pub(crate) async fn run<B: Bench>(name: &str, bench: &B) -> bool {
            match name {
                $(stringify!($case) => $module::$case(bench).await,)*
                _ => return false,
            }
            true
        }
    };
}
for_each_case!(run_by_name);

/// The result of a future that waits for nothing: no other code of the page runs meanwhile.
fn at_once<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("it was waited for"),
    }
}

/// Runs futures side by side, to the end of all.
async fn all<'a, T>(futures: impl IntoIterator<Item = Pin<Box<dyn Future<Output = T> + 'a>>>) -> Vec<T> {
    let mut futures: Vec<_> = futures.into_iter().map(|future| (future, None)).collect();
    std::future::poll_fn(|context| {
        for (future, value) in &mut futures {
            if value.is_none()
                && let Poll::Ready(ready) = future.as_mut().poll(context)
            {
                *value = Some(ready);
            }
        }
        if futures.iter().any(|(_, value)| value.is_none()) { Poll::Pending } else { Poll::Ready(()) }
    })
    .await;
    futures.into_iter().filter_map(|(_, value)| value).collect()
}

/// Runs two futures side by side, to the end of both.
async fn both<A, B>(a: impl Future<Output = A>, b: impl Future<Output = B>) -> (A, B) {
    let (a_value, b_value) = (Cell::new(None), Cell::new(None));
    let a = async { a_value.set(Some(a.await)) };
    let b = async { b_value.set(Some(b.await)) };
    all([Box::pin(a) as Pin<Box<dyn Future<Output = ()> + '_>>, Box::pin(b)]).await;
    (a_value.take().unwrap(), b_value.take().unwrap())
}

/// Waits until it is so, for ten seconds at most.
async fn until(tab: &impl Platform, mut is_so: impl FnMut() -> bool) {
    for _ in 0..1_000 {
        if is_so() {
            return;
        }
        tab.sleep(10).await;
    }
    panic!("it never became so");
}
