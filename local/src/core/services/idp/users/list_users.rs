//! `ListUsers`.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::{User, UserPool};
use crate::core::services::idp::Context;
use crate::core::wire::error::{ServiceError, invalid};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    attributes_to_get: Option<Vec<String>>,
    limit: Option<usize>,
    pagination_token: Option<String>,
    filter: Option<String>,
}

const LARGEST_PAGE: usize = 60;
const SEARCHABLE: [&str; 10] = [
    "username",
    "email",
    "phone_number",
    "name",
    "given_name",
    "family_name",
    "preferred_username",
    "cognito:user_status",
    "status",
    "sub",
];

pub(super) fn run(pool: &mut UserPool, _: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let filter = input.filter.as_deref().filter(|text| !text.trim().is_empty()).map(Filter::parse).transpose()?;
    let after = input.pagination_token.map(|token| decode_token(&token)).transpose()?;
    let shown =
        |name: &str| input.attributes_to_get.as_ref().is_none_or(|names| names.iter().any(|asked| asked == name));
    let limit = match input.limit {
        None | Some(0) => LARGEST_PAGE,
        Some(limit) => limit,
    };
    let mut matching: Vec<&User> =
        pool.users().filter(|user| filter.as_ref().is_none_or(|filter| filter.accepts(user))).collect();
    matching.sort_by(|left, right| left.username.cmp(&right.username));
    let mut rest = matching.into_iter().filter(|user| after.as_ref().is_none_or(|after| user.username > *after));
    let page: Vec<&User> = rest.by_ref().take(limit).collect();
    let mut reply = json!({ "Users": page.iter().map(|user| user.user_type(shown)).collect::<Vec<_>>() });
    if let (Some(last), Some(_)) = (page.last(), rest.next()) {
        reply["PaginationToken"] = json!(URL_SAFE_NO_PAD.encode(&last.username));
    }
    Ok(reply)
}

fn decode_token(token: &str) -> Result<String, ServiceError> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok();
    bytes.and_then(|bytes| String::from_utf8(bytes).ok()).ok_or_else(|| invalid("Invalid pagination token"))
}

/// `attribute = "value"` or `attribute ^= "prefix"`.
struct Filter {
    attribute: String,
    prefix: bool,
    value: String,
}

impl Filter {
    fn parse(text: &str) -> Result<Self, ServiceError> {
        let malformed = || invalid(format!("Error while parsing filter: {text}"));
        let (left, right) = text.split_once('=').ok_or_else(malformed)?;
        let quoted = right.trim_start().strip_prefix('"').ok_or_else(malformed)?;
        let (name, prefix) = left.strip_suffix('^').map_or((left, false), |name| (name, true));
        let attribute = name.trim().trim_matches('"').to_owned();
        if !SEARCHABLE.contains(&attribute.as_str()) {
            return Err(invalid(format!("Cannot search by attribute {attribute}")));
        }
        let value = unescape(quoted).ok_or_else(malformed)?;
        Ok(Self { attribute, prefix, value })
    }

    fn accepts(&self, user: &User) -> bool {
        // `ListUsersRequest`, "Filter": username and status are case-sensitive.
        let fold = !["username", "status"].contains(&self.attribute.as_str());
        let held = match self.attribute.as_str() {
            "username" => user.username.clone(),
            "sub" => user.sub.clone(),
            "cognito:user_status" => user.status.name().to_owned(),
            "status" => (if user.enabled { "Enabled" } else { "Disabled" }).into(),
            name => user.attributes.get(name).cloned().unwrap_or_default(),
        };
        let folded = |text: &str| if fold { text.to_lowercase() } else { text.to_owned() };
        let (held, wanted) = (folded(&held), folded(&self.value));
        if self.prefix { held.starts_with(&wanted) } else { held == wanted }
    }
}

/// The text up to the closing quote, which must be the last thing there.
fn unescape(quoted: &str) -> Option<String> {
    let mut value = String::new();
    let mut letters = quoted.chars();
    loop {
        match letters.next()? {
            '\\' => value.push(letters.next()?),
            '"' => return letters.as_str().trim().is_empty().then_some(value),
            letter => value.push(letter),
        }
    }
}
