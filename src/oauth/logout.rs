//! Ending the hosted UI's own session (AWS: "Managed login sign-out endpoint").

use crate::encode::form::Form;

/// The URL that ends it and comes back to `logout_uri`, one of the client's sign-out URLs.
pub fn url(address: &str, client_id: &str, logout_uri: &str) -> String {
    let mut form = Form::query_of(&[address, "/logout"].concat());
    form.pair("client_id", client_id);
    form.pair("logout_uri", logout_uri);
    form.finish().expose_secret().clone()
}
