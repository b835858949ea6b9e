//! The settings, which index.html has in `<meta>` elements.

use leptos::prelude::document;
use poolpass_web::prelude::*;

/// Opens the kit.
pub(crate) fn open() -> Result<Auth, Error> {
    let user_pool =
        UserPool::new(&setting("user-pool-id").unwrap_or_default(), &setting("client-id").unwrap_or_default());
    let mut builder =
        Auth::builder(user_pool).oauth(OAuth::new("auth.example.com").scopes(["openid", "email", "notes/read"]));
    if let Some(url) = setting("endpoint") {
        // The sample API of poolpass-local, which takes an ID token.
        builder = builder.endpoint(&url).origin(&url, Credential::IdToken);
    }
    builder.open()
}

/// The content of a `<meta>` element.
pub(crate) fn setting(name: &str) -> Option<String> {
    let meta = document().query_selector(&format!("meta[name={name}]")).ok()??;
    meta.get_attribute("content")
}
