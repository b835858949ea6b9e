//! What people enter about themselves: passwords and attributes.

use serde_json::json;

use super::document::Field;
use super::flow::Flow;
use super::visit::Visit;
use crate::core::directory::Attribute;
use crate::core::wire::error::{ServiceError, invalid};
use crate::core::wire::form::Form;
use crate::core::wire::shapes;

/// The new password of a form that has it twice.
///
/// # Errors
/// `InvalidParameterException`: they differ, or it has not the form that AWS's service model asks for.
pub(super) fn new_password(visit: &Visit<'_>, flow: &Flow) -> Result<String, ServiceError> {
    let password = visit.form.get("password").unwrap_or_default();
    if Some(password) != visit.form.get("confirm_password") {
        return Err(invalid("The passwords don't match."));
    }
    let input = json!({ "ClientId": flow.client.id, "Username": "-", "ConfirmationCode": "-", "Password": password });
    shapes::USER_POOLS.check("ConfirmForgotPasswordRequest", input)?;
    Ok(password.to_owned())
}

/// What the pool wants of a password, in words.
pub(super) fn password_hint(visit: &Visit<'_>, flow: &Flow) -> String {
    visit.pools.find(&flow.pool_id).map(|pool| pool.settings.password_policy().describe()).unwrap_or_default()
}

/// The attributes of these names that a form has.
pub(super) fn attributes(form: &Form, names: &[String]) -> Vec<Attribute> {
    let value = |name: &String| Some(Attribute { value: form.get(name)?.to_owned(), name: name.clone() });
    names.iter().filter_map(value).collect()
}

/// Fields for attributes, with the values that were entered before.
pub(super) fn attribute_fields<'a>(names: &'a [String], form: &'a Form) -> impl Iterator<Item = Field<'a>> {
    names.iter().map(|name| {
        let (label, kind, autocomplete) = match name.as_str() {
            "birthdate" => ("Date of birth", "date", "bday"),
            "email" => ("E-mail", "email", "email"),
            "family_name" => ("Family name", "text", "family-name"),
            "given_name" => ("Given name", "text", "given-name"),
            "name" => ("Name", "text", "name"),
            "nickname" => ("Nickname", "text", "nickname"),
            "phone_number" => ("Phone number", "tel", "tel"),
            "website" => ("Website", "url", "url"),
            other => (other, "text", "on"),
        };
        let hint = if name == "phone_number" { "With the country code, for example +4915112345678" } else { "" };
        Field { value: form.get(name).unwrap_or_default(), hint, ..Field::new(name, label, kind, autocomplete) }
    })
}
