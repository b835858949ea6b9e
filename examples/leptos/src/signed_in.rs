//! The view after sign-in.

use leptos::prelude::*;
use leptos::task::spawn_local;
use poolpass_web::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::Kit;
use crate::settings::setting;

#[component]
pub(crate) fn SignedIn(auth: Kit, user: User, set_notice: WriteSignal<String>) -> impl IntoView {
    let ask = move |_| {
        let auth = auth.get_value();
        spawn_local(async move {
            let url = setting("endpoint").unwrap_or_default() + "/api/rest/me";
            match auth.fetch(&url).await {
                Ok(response) => {
                    let text = match response.text() {
                        Ok(text) => JsFuture::from(text).await.ok().and_then(|text| text.as_string()),
                        Err(_) => None,
                    };
                    set_notice.set(format!("{}: {}", response.status(), text.unwrap_or_default()));
                }
                Err(error) => set_notice.set(error.to_string()),
            }
        });
    };
    let sign_out = move |_| {
        let auth = auth.get_value();
        spawn_local(async move {
            match auth.sign_out().await {
                Ok(_) => set_notice.set(String::new()),
                Err(error) => set_notice.set(error.to_string()),
            }
        });
    };

    view! {
        <p>"Signed in as " <strong>{user.username}</strong></p>
        <button on:click=ask>"Ask the API who I am"</button>
        <button on:click=sign_out>"Sign out"</button>
    }
}
