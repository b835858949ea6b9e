//! A Leptos app that signs its users in with a password and what a pool may ask after it, at the hosted UI, and in a popup.

mod challenge;
mod settings;
mod signed_in;
mod signed_out;

use leptos::mount::mount_to_body;
use leptos::prelude::*;
use leptos::task::spawn_local;
use poolpass_web::prelude::*;

/// The kit for all components. It is not `Send`, since a browser has one thread.
type Kit = StoredValue<Auth, LocalStorage>;

fn main() {
    std::panic::set_hook(Box::new(|info| {
        // Other tabs would wait for this one's locks.
        poolpass_web::release_locks();
        console_error_panic_hook::hook(info);
    }));
    mount_to_body(App);
}

#[component]
fn App() -> impl IntoView {
    match settings::open() {
        Ok(auth) => view! { <Home auth=StoredValue::new_local(auth) /> }.into_any(),
        Err(error) => view! { <p role="alert">{error.to_string()}</p> }.into_any(),
    }
}

#[component]
fn Home(auth: Kit) -> impl IntoView {
    let (user, set_user) = signal(None::<User>);
    let (notice, set_notice) = signal(String::new());

    // The user is known before the first request, and from then on by events, those of other tabs included.
    let listener = auth.get_value().on_event(move |event| match event {
        Event::SignedIn(user) => set_user.set(Some(user)),
        Event::SignedOut(_) => set_user.set(None),
        Event::SignInWithRedirectFailure(error) => set_notice.set(error.to_string()),
        _ => {}
    });
    StoredValue::new_local(listener); // dropped with this component
    spawn_local(async move {
        // The listener shows an error.
        if let Ok(Some(_)) = auth.get_value().handle_redirect().await {
            set_notice.set("You signed in at the hosted UI.".to_owned());
        }
        match auth.get_value().user().await {
            Ok(user) => set_user.set(user),
            Err(error) => set_notice.set(error.to_string()),
        }
    });

    let user = Memo::new(move |_| user.get());
    view! {
        <h1>"Poolpass in Leptos"</h1>
        {move || match user.get() {
            Some(user) => view! { <signed_in::SignedIn auth user set_notice /> }.into_any(),
            None => view! { <signed_out::SignedOut auth set_notice /> }.into_any(),
        }}
        <p role="status">{notice}</p>
    }
}
