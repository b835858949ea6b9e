//! Which servers answer to which callback URL. An answer is told apart from another server's by its `iss` (RFC 9207) or by
//! the URL that it comes to (RFC 9700 section 4.4.2); else the code would go to the wrong server.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use super::address::is_same_page;
use crate::config::Config;

thread_local! {
    /// The configurations of this page's clients. Two clients may share a callback URL without knowing each other's configuration.
    static CLIENTS: RefCell<Vec<Weak<Config>>> = const { RefCell::new(Vec::new()) };
}

/// Registers a client until it is dropped.
pub(crate) fn register(config: &Rc<Config>) {
    CLIENTS.with_borrow_mut(|clients| {
        clients.retain(|known| known.strong_count() > 0);
        clients.push(Rc::downgrade(config));
    });
}

/// Whether the answers of a user pool, or of another provider than this issuer, come to the same page.
pub(super) fn share(callback: &str, issuer: &str) -> bool {
    let is_there = |urls: &[String]| urls.iter().any(|url| is_same_page(url, callback));
    any(|config| {
        let oauth = config.user_pool().and_then(|pool| pool.oauth());
        let mut others = config.oidc_providers().iter().filter(|provider| provider.issuer() != issuer);
        oauth.is_some_and(|oauth| is_there(oauth.redirect_sign_in()))
            || others.any(|provider| is_there(provider.redirect_sign_in()))
    })
}

/// Whether any server but the user pool is asked.
pub(super) fn are_several() -> bool {
    any(|config| !config.oidc_providers().is_empty())
}

fn any(holds: impl Fn(&Config) -> bool) -> bool {
    CLIENTS.with_borrow(|clients| clients.iter().filter_map(Weak::upgrade).any(|config| holds(&config)))
}
