//! The scopes of a request.

use crate::core::directory::AppClient;

/// The scopes that are asked for, or all of the client.
///
/// # Errors
/// A text: not the client's, or `email`, `phone` and `profile` without `openid`.
pub(crate) fn read(client: &AppClient, asked: Option<&str>) -> Result<Vec<String>, String> {
    let allowed = &client.settings.allowed_oauth_scopes;
    let Some(asked) = asked else { return Ok(allowed.clone()) };
    let mut scopes: Vec<String> = Vec::new();
    for scope in asked.split_whitespace() {
        if !allowed.iter().any(|known| known == scope) {
            return Err(format!("the client does not have the scope {scope}"));
        }
        if !scopes.iter().any(|known| known == scope) {
            scopes.push(scope.to_owned());
        }
    }
    let has = |name: &str| scopes.iter().any(|scope| scope == name);
    match ["email", "phone", "profile"].into_iter().find(|name| has(name)) {
        Some(name) if !has("openid") => Err(format!("the scope {name} needs the scope openid")),
        _ => Ok(scopes),
    }
}
