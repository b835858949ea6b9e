//! The view before sign-in.

use gloo_storage::{LocalStorage as BrowserStorage, Storage as _};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use poolpass_web::Challenge;
use poolpass_web::prelude::*;

use crate::Kit;
use crate::challenge::{self, Outlet};

/// Where this app keeps the last user name. The kit's own keys begin with `poolpass.`
const LAST_USERNAME: &str = "last-username";

#[component]
pub(crate) fn SignedOut(auth: Kit, set_notice: WriteSignal<String>) -> impl IntoView {
    let asked = RwSignal::new_local(None::<Challenge>);
    let outlet = Outlet { auth, asked, set_notice };
    spawn_local(outlet.resume());
    move || {
        asked.track();
        match asked.try_update_untracked(Option::take).flatten() {
            Some(step) => challenge::step(step, outlet),
            None => view! { <Begin outlet /> }.into_any(),
        }
    }
}

#[component]
fn Begin(outlet: Outlet) -> impl IntoView {
    let username = RwSignal::new(BrowserStorage::get::<String>(LAST_USERNAME).unwrap_or_default());
    let password = RwSignal::new(String::new());
    let Outlet { auth, set_notice, .. } = outlet;
    let say = move |text: &str| set_notice.set(text.to_owned());

    let sign_in = move |event: SubmitEvent| {
        event.prevent_default();
        // A browser that stores nothing asks for the name again.
        let _ = BrowserStorage::set(LAST_USERNAME, username.get());
        let (auth, username, password) = (auth.get_value(), username.get(), password.get());
        say("Signing in …");
        spawn_local(async move {
            match auth.sign_in(username, password).await {
                Ok(next) => outlet.proceed(Ok(next)).await,
                Err(error) => say(&error.message()),
            }
        });
    };
    let redirect = move |_| {
        let auth = auth.get_value();
        spawn_local(async move {
            if let Err(error) = auth.sign_in_with_redirect().await {
                set_notice.set(error.to_string());
            }
        });
    };
    let popup = move |_| {
        let auth = auth.get_value();
        spawn_local(async move {
            match auth.sign_in_with_popup().await {
                Ok(_) => say("You signed in in the popup."),
                Err(PopupError::Blocked) => say("Allow popups for this page."),
                Err(error) => set_notice.set(error.to_string()),
            }
        });
    };

    view! {
        <form on:submit=sign_in>
            <label>"User name" <input autocomplete="username" bind:value=username /></label>
            <label>"Password" <input type="password" autocomplete="current-password" bind:value=password /></label>
            <button>"Sign in"</button>
        </form>
        <button on:click=redirect>"Use the hosted UI"</button>
        <button on:click=popup>"Use a popup"</button>
    }
}
