//! The view before sign-in.

use gloo_storage::{LocalStorage, Storage as _};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use poolpass_web::prelude::*;

use crate::Kit;

/// Where this app keeps the last user name. The kit's own keys begin with `poolpass.`
const LAST_USERNAME: &str = "last-username";

#[component]
pub(crate) fn SignedOut(auth: Kit, set_notice: WriteSignal<String>) -> impl IntoView {
    let username = RwSignal::new(LocalStorage::get::<String>(LAST_USERNAME).unwrap_or_default());
    let password = RwSignal::new(String::new());
    let say = move |text: &str| set_notice.set(text.to_owned());

    let sign_in = move |event: SubmitEvent| {
        event.prevent_default();
        // A browser that stores nothing asks for the name again.
        let _ = LocalStorage::set(LAST_USERNAME, username.get());
        let (auth, username, password) = (auth.get_value(), username.get(), password.get());
        say("Signing in …");
        spawn_local(async move {
            match auth.sign_in(username, password).await {
                Ok(SignIn::Done { .. }) => say(""), // the listener shows the user
                Ok(SignIn::ConfirmSignUp) => say("Enter the code that we sent you."),
                Ok(SignIn::ResetPassword) => say("Choose a new password."),
                Ok(_) => say("This app does not know the next step."),
                Err(error) => set_notice.set(error.message().into_owned()),
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
