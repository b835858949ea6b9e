//! `AssumeRoleWithWebIdentity`: the second half of the basic flow.

use serde_json::{Map, Value};

use super::error::StsError;
use super::xml::element;
use crate::core::iam::{DEFAULT_SESSION_S, Policy, WebIdentity};
use crate::core::services::identity::{Context, verify_token};
use crate::core::wire::date::xml_date;
use crate::core::wire::form::Form;
use crate::core::world::tokens::unchecked_claims;

const KNOWN: [&str; 7] =
    ["Action", "Version", "RoleArn", "RoleSessionName", "WebIdentityToken", "DurationSeconds", "Policy"];

pub(super) fn run(context: &mut Context<'_>, form: &Form) -> Result<String, StsError> {
    if let Some((name, _)) = form.iter().find(|(name, _)| !KNOWN.contains(name)) {
        return Err(StsError::invalid(format!("poolpass-local does not support the parameter {name} yet.")));
    }
    let arn = required(form, "RoleArn", 20..=2048)?;
    let name = required(form, "RoleSessionName", 2..=64)?;
    if name.bytes().any(|byte| !byte.is_ascii_alphanumeric() && !b"_+=,.@-".contains(&byte)) {
        return Err(StsError::invalid("RoleSessionName may consist of letters, digits and _+=,.@- only."));
    }
    let identity = identity(context, required(form, "WebIdentityToken", 4..=20_000)?)?;
    let policy = form.get("Policy").map(session_policy).transpose()?;
    let classic = context.pools.find(&identity.pool_id).is_some_and(|pool| pool.settings.allow_classic_flow);
    let role = context.role(arn).filter(|role| classic && role.trusts(&identity.context()));
    let role = role
        .cloned()
        .ok_or_else(|| StsError::new(403, "AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity"))?;
    let seconds = duration(form)?;
    if seconds > role.longest_session_s {
        return Err(StsError::invalid(
            "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
        ));
    }
    let (subject, audience) =
        (element("SubjectFromWebIdentityToken", &identity.identity_id), element("Audience", &identity.pool_id));
    let packed = form.get("Policy").map(|text| element("PackedPolicySize", &(text.len() * 100 / 2048).to_string()));
    let session = context.access_keys.issue(context.random, (role, name), identity, policy, (context.now_ms, seconds));
    let credentials = element("SessionToken", &session.token)
        + &element("SecretAccessKey", &session.secret_key)
        + &element("Expiration", &xml_date(session.expires_ms))
        + &element("AccessKeyId", &session.access_key_id);
    let user = element("Arn", &session.role.session_arn(name))
        + &element("AssumedRoleId", &format!("{}:{name}", session.role.id()));
    Ok([
        subject,
        audience,
        format!("<AssumedRoleUser>{user}</AssumedRoleUser>"),
        format!("<Credentials>{credentials}</Credentials>"),
        element("Provider", "cognito-identity.amazonaws.com"),
        packed.unwrap_or_default(),
    ]
    .concat())
}

fn required<'f>(form: &'f Form, name: &str, lengths: std::ops::RangeInclusive<usize>) -> Result<&'f str, StsError> {
    let value = form.get(name).ok_or_else(|| StsError::invalid(format!("{name} is missing.")))?;
    match lengths.contains(&value.chars().count()) {
        true => Ok(value),
        false => {
            Err(StsError::invalid(format!("{name} must have {} to {} characters.", lengths.start(), lengths.end())))
        }
    }
}

fn duration(form: &Form) -> Result<u64, StsError> {
    let Some(text) = form.get("DurationSeconds") else { return Ok(DEFAULT_SESSION_S) };
    let seconds = text.parse().ok().filter(|seconds| (900..=43_200).contains(seconds));
    seconds.ok_or_else(|| StsError::invalid("DurationSeconds must be 900 to 43200."))
}

fn session_policy(text: &str) -> Result<Policy, StsError> {
    let malformed = |text: String| StsError::new(400, "MalformedPolicyDocument", text);
    if text.len() > 2048 {
        return Err(StsError::invalid("Policy must have at most 2048 characters."));
    }
    let document =
        serde_json::from_str(text).map_err(|_| malformed("The policy is not in the valid JSON format.".into()))?;
    Policy::read(&document).map_err(malformed)
}

/// Whom a token of `GetOpenIdToken` speaks for.
fn identity(context: &Context<'_>, token: &str) -> Result<WebIdentity, StsError> {
    let invalid = |text: String| StsError::new(400, "InvalidIdentityToken", text);
    let unchecked =
        unchecked_claims(token).ok_or_else(|| invalid("The ID Token provided is not a valid JWT.".into()))?;
    let now = context.now_ms / 1000;
    let claims = verify_token(context.keys, token, now).map_err(|reason| {
        if let Some(times) = reason.strip_prefix("Token expired: ") {
            let expires = times.split(' ').next().unwrap_or_default();
            let text =
                format!("Token expired: current date/time {now} must be before the expiration date/time {expires}");
            return StsError::new(400, "ExpiredTokenException", text);
        }
        let issuer = text(&unchecked, "iss");
        match issuer.as_str() {
            "https://cognito-identity.amazonaws.com" => invalid(reason),
            _ => invalid(format!("No OpenIDConnect provider found in your account for {issuer}")),
        }
    })?;
    let methods = claims.get("amr").and_then(Value::as_array).into_iter().flatten();
    Ok(WebIdentity {
        identity_id: text(&claims, "sub"),
        pool_id: text(&claims, "aud"),
        methods: methods.filter_map(Value::as_str).map(str::to_owned).collect(),
    })
}

fn text(claims: &Map<String, Value>, name: &str) -> String {
    claims.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}
