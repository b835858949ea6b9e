//! `/signup`.

use serde_json::{Value, json};

use super::after_password;
use super::browsers::Step;
use super::document::{Document, Field, expired, form, lead, link, links, paragraph};
use super::entered::{attribute_fields, attributes, password_hint};
use super::flow::Flow;
use super::go_to::go_to;
use super::visit::Visit;
use crate::core::directory::{Attempt, Factor, LOCAL_PROVIDER, UserPool};
use crate::core::services::idp::registration::sign_up::{NewUser, register};
use crate::core::wire::error::ServiceError;
use crate::core::wire::http::HttpResponse;
use crate::core::wire::shapes;

pub(super) fn answer(visit: &mut Visit<'_>, flow: &Flow) -> HttpResponse {
    let open = visit.pools.find(&flow.pool_id).is_some_and(|pool| !pool.settings.only_admins_create_users());
    if !open || !flow.client.supports_provider(LOCAL_PROVIDER) {
        return closed(flow);
    }
    if !visit.is_post() {
        return page(visit, flow, 200, None);
    }
    if !visit.is_genuine() {
        return expired(flow);
    }
    sign_up(visit, flow).unwrap_or_else(|error| page(visit, flow, 400, Some(&error.message)))
}

fn sign_up(visit: &mut Visit<'_>, flow: &Flow) -> Result<HttpResponse, ServiceError> {
    let pool = visit.pools.get(&flow.pool_id)?;
    let attributes = attributes(&visit.form, &asked(pool));
    let login = visit.form.get("username").unwrap_or_default().to_owned();
    let password = visit.form.get("password").map(str::to_owned);
    let input = json!({
        "ClientId": flow.client.id, "Username": login, "Password": password,
        "UserAttributes": attributes.iter().map(|a| json!({ "Name": a.name, "Value": a.value })).collect::<Vec<_>>(),
    });
    shapes::USER_POOLS.check("SignUpRequest", input)?;
    let new = NewUser { username: login.clone(), password, attributes };
    let reply = register(pool, &flow.client, new, &mut visit.context)?;
    let sub = reply.get("UserSub").and_then(Value::as_str).unwrap_or_default();
    // The internal name is the sub where people are named by an address.
    let username = pool.find(&login).or_else(|| pool.find(sub)).map(|user| user.username.clone());
    let signs_in = username.clone().map(|username| Attempt::proven(username, Factor::Password));
    let is_confirmed = reply.get("UserConfirmed") == Some(&Value::Bool(true));
    if let (true, Some(attempt)) = (is_confirmed, &signs_in) {
        return after_password::go_on(visit, flow, &login, attempt.clone());
    }
    Ok(go_to(visit, flow, "/confirmUser", Step::Confirm { login: username.unwrap_or(login), signs_in }))
}

/// The attributes to ask for: those that are required, and those that a code goes to.
fn asked(pool: &UserPool) -> Vec<String> {
    let named_by = pool.settings.username_attributes.as_slice();
    let required = pool.settings.schema().iter().filter(|attribute| attribute.required && attribute.name != "sub");
    let mut names: Vec<String> = required.map(|attribute| attribute.name.clone()).collect();
    for name in &pool.settings.auto_verified_attributes {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    names.retain(|name| !named_by.contains(name));
    names
}

fn page(visit: &mut Visit<'_>, flow: &Flow, status: u16, problem: Option<&str>) -> HttpResponse {
    let pool = visit.pools.find(&flow.pool_id);
    let label = pool.map_or("User name", |pool| pool.settings.name_label());
    let names = pool.map(asked).unwrap_or_default();
    let policy = password_hint(visit, flow);
    let values = visit.form.clone();
    let login = values.get("username").unwrap_or_default();
    let mut fields = vec![Field { value: login, ..Field::new("username", label, "text", "username") }];
    fields.extend(attribute_fields(&names, &values));
    fields.push(Field { hint: &policy, ..Field::new("password", "Password", "password", "new-password") });
    let body = form(visit, &flow.address("/signup"), &fields, "Sign up", problem)
        + &links(&[link(&flow.address("/login"), "Already have an account? Sign in")]);
    Document { title: "Create an account", lead: Some(&lead(flow)), body, back_to: None }.response(status)
}

fn closed(flow: &Flow) -> HttpResponse {
    let body = paragraph("SignUp is not permitted for this user pool")
        + &links(&[link(&flow.address("/login"), "Back to sign-in")]);
    Document { title: "Create an account", lead: Some(&lead(flow)), body, back_to: None }.response(403)
}
