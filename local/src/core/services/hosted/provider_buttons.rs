//! Buttons for other identity providers.

use super::document::link;
use super::flow::Flow;
use crate::core::wire::form::Form;

/// A link for every other identity provider of the client.
pub(super) fn provider_buttons(flow: &Flow) -> String {
    let buttons: String = flow
        .client
        .other_providers()
        .map(|name| {
            let mut query = Form::parse(&flow.query);
            query.remove("idp_identifier");
            query.set("identity_provider", name);
            let shown = match name {
                "LoginWithAmazon" => "Amazon",
                "SignInWithApple" => "Apple",
                name => name,
            };
            let address = format!("/oauth2/authorize?{}", query.encode());
            link(&address, &format!("Continue with {shown}")).replacen("<a ", "<a class=\"provider\" ", 1)
        })
        .collect();
    let local = flow.client.supports_provider(crate::core::directory::LOCAL_PROVIDER);
    let divider = if local && !buttons.is_empty() { "<p class=\"or\">or</p>" } else { "" };
    format!("{divider}{buttons}")
}
