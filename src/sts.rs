//! The AWS Security Token Service: `AssumeRoleWithWebIdentity`, the end of the basic flow. It is asked by a form and answers
//! in XML (AWS: "AWS Security Token Service API Reference"). No I/O.

use crate::encode::form::Form;
use crate::encode::iso_date;
use crate::error::{Error, ErrorKind, ResponseProblem, ServiceError};
use crate::platform::{Request, Response};
use crate::secret::Secret;
use crate::sigv4::Credentials;

const DEADLINE_MS: u32 = 15_000;

/// The parameters of the request.
pub struct AssumeRole<'a> {
    /// The role.
    pub role_arn: &'a str,
    /// The name of the session, which CloudTrail shows: 2 to 64 letters of `[\w+=,.@-]`.
    pub session_name: &'a str,
    /// The token of `GetOpenIdToken`.
    pub token: &'a Secret<String>,
    /// How long, in seconds (900 to 43,200); the role's own unless given.
    pub duration_seconds: Option<&'a str>,
}

/// Builds the request. It is not signed: the token is the proof.
pub fn request(url: &str, asked: &AssumeRole<'_>) -> Request {
    let mut body = Form::body();
    body.pair("Action", "AssumeRoleWithWebIdentity");
    body.pair("Version", "2011-06-15");
    body.pair("RoleArn", asked.role_arn);
    body.pair("RoleSessionName", asked.session_name);
    body.pair("WebIdentityToken", asked.token.expose_secret());
    body.pair_if("DurationSeconds", asked.duration_seconds.unwrap_or_default());
    Request {
        method: "POST",
        url: url.to_owned(),
        headers: vec![("content-type", "application/x-www-form-urlencoded".to_owned())],
        body: body.finish(),
        deadline_ms: DEADLINE_MS,
        hash_of: None,
        bypass_cache: false,
    }
}

/// Takes a reply that is not an error.
///
/// # Errors
/// `service` if the service answered with an error, `invalid_response` if this is no answer of the service.
pub fn accept(response: Response) -> Result<Response, Error> {
    if response.status == 200 {
        return Ok(response);
    }
    let body = response.body.expose_secret();
    let Some(name) = element(body, "Code") else {
        return Err(Error::invalid_response(ResponseProblem::UnnamedError));
    };
    Err(ErrorKind::Service(ServiceError {
        name,
        message: element(body, "Message").unwrap_or_default(),
        status: response.status,
        request_id: element(body, "RequestId"),
        retry_after_ms: None,
    })
    .into())
}

/// Reads the reply: the credentials, and when they expire in milliseconds since 1970 by the server's clock.
///
/// # Errors
/// `invalid_response`
pub fn read(response: &Response) -> Result<(Credentials, i64), Error> {
    let body = response.body.expose_secret();
    let read = || {
        let credentials = Credentials {
            access_key_id: element(body, "AccessKeyId")?,
            secret_access_key: element(body, "SecretAccessKey")?.into(),
            session_token: Some(element(body, "SessionToken")?.into()),
        };
        Some((credentials, iso_date::read(&element(body, "Expiration")?)?))
    };
    read().ok_or_else(|| Error::invalid_response(ResponseProblem::Credentials))
}

/// The text of the first element of this name. These replies have no attributes, comments or sections, and no element
/// within one that is asked for.
fn element(xml: &str, name: &str) -> Option<String> {
    let content = xml.split('<').find_map(|tag| tag.strip_prefix(name)?.strip_prefix('>'))?;
    Some(unescape(content))
}

/// The five entities that XML itself defines.
fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for (index, part) in text.split('&').enumerate() {
        let Some((entity, rest)) = part.split_once(';').filter(|_| index > 0) else {
            plain.push_str(part);
            continue;
        };
        plain.push_str(match entity {
            "amp" => "&",
            "lt" => "<",
            "gt" => ">",
            "quot" => "\"",
            "apos" => "'",
            _ => "",
        });
        plain.push_str(rest);
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_found_and_unescaped() {
        let xml = "<?xml version=\"1.0\"?><R xmlns=\"x\"><CodeX>no</CodeX><Code>a&lt;b&amp;c &quot;d&quot;</Code><Empty></Empty></R>";
        assert_eq!(element(xml, "Code").as_deref(), Some("a<b&c \"d\""));
        assert_eq!(element(xml, "Empty").as_deref(), Some(""));
        assert_eq!(element(xml, "None"), None);
    }
}
