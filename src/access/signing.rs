//! Signature Version 4 with the identity pool's credentials.

use super::target;
use crate::config::{Auth, Config};
use crate::error::{Error, Misuse};
use crate::json::decimal;
use crate::platform::Platform;
use crate::secret::Secret;
use crate::session::{AwsSession, CredentialsWish, Session};
use crate::sigv4::{self, EMPTY_PAYLOAD, PathRule, Scope, UNSIGNED_PAYLOAD, Url, amz_date};

/// A request to sign.
#[derive(Clone, Debug, Default)]
pub struct SignWish {
    /// The method; `GET` unless given.
    pub method: String,
    /// The URL, as it will be sent.
    pub url: String,
    /// The headers that will be sent. Those that what stands between may change are not signed.
    pub headers: Vec<(String, String)>,
    /// SHA-256 of the body in hexadecimal, or `UNSIGNED-PAYLOAD`; that of an empty body unless given.
    pub payload: Option<String>,
    /// The service's signing name, if neither the URL nor the configuration tells it.
    pub service: Option<String>,
    /// The region, likewise.
    pub region: Option<String>,
    /// Whose credentials.
    pub credentials: CredentialsWish,
}

/// A URL to sign.
#[derive(Clone, Debug, Default)]
pub struct PresignWish {
    /// What is signed: method, URL, headers that the request is bound to send, service, region.
    pub request: SignWish,
    /// How long the URL is good, in seconds: 1 to 604,800, and never longer than the credentials. 900 unless given.
    pub expires_in: Option<i64>,
}

/// The longest that a signed URL is good (AWS: "Authenticating Requests: Using Query Parameters").
const LONGEST_S: i64 = 604_800;
const USUAL_S: i64 = 900;

/// Which service of which region a URL is of: as asked for, else as the host tells, else as the configuration does.
fn scope_of(config: &Config, wish: &SignWish, url: &Url<'_>) -> Result<(String, String), Error> {
    let told = target::of_host(url.host);
    let rule = config.origins.iter().find(|rule| rule.auth == Auth::Iam && rule.is_of(url.scheme, url.host));
    let service =
        wish.service.as_deref().or(told.map(|(service, _)| service)).or(rule.and_then(|rule| rule.service.as_deref()));
    let region =
        wish.region.as_deref().or(told.map(|(_, region)| region)).or(rule.and_then(|rule| rule.region.as_deref()));
    match (service, region) {
        (Some(service), Some(region)) => Ok((service.to_owned(), region.to_owned())),
        (None, _) => Err(Misuse::Option("service".to_owned()).into()),
        (_, None) => Err(Misuse::Option("region".to_owned()).into()),
    }
}

/// The headers to send beside the request's own: date, token, signature.
pub(crate) async fn sign<P: Platform>(
    session: &Session,
    platform: &P,
    wish: &SignWish,
) -> Result<Vec<(&'static str, Secret<String>)>, Error> {
    let url = Url::read(&wish.url).ok_or_else(|| Misuse::Option("url".to_owned()))?;
    let (service, region) = scope_of(&session.config, wish, &url)?;
    let payload = payload_of(wish, &service, url.scheme)?;
    let aws = session.aws_session(platform, &wish.credentials).await?;
    let time = amz_date(session.aws_time_ms(platform, &aws));
    let mut added: Vec<(&'static str, Secret<String>)> = vec![("x-amz-date", time.as_str().into())];
    if let Some(token) = &aws.credentials.session_token {
        added.push(("x-amz-security-token", token.clone()));
    }
    if service == "s3" {
        added.push(("x-amz-content-sha256", payload.into()));
    }
    let mut headers = own_headers(wish, url.host, &added);
    headers.extend(added.iter().map(|(name, value)| (*name, value.expose_secret().as_str())));
    let scope = Scope { region: &region, service: &service, time: &time };
    let signed = sigv4::sign(&aws.credentials, &scope, &method(wish), &url, &headers, payload, rule(&service));
    added.push(("authorization", signed.authorization.into()));
    Ok(added)
}

/// The URL with its signature in it.
pub(crate) async fn presign<P: Platform>(
    session: &Session,
    platform: &P,
    wish: &PresignWish,
) -> Result<Secret<String>, Error> {
    let request = &wish.request;
    let expires_in = wish.expires_in.unwrap_or(USUAL_S);
    if !(1..=LONGEST_S).contains(&expires_in) {
        return Err(Misuse::Option("expiresIn".to_owned()).into());
    }
    let url = Url::read(&request.url).ok_or_else(|| Misuse::Option("url".to_owned()))?;
    let (service, region) = scope_of(&session.config, request, &url)?;
    let aws: std::rc::Rc<AwsSession> = session.aws_session(platform, &request.credentials).await?;
    let time = amz_date(session.aws_time_ms(platform, &aws));
    let payload = match &request.payload {
        Some(payload) => payload,
        None if service == "s3" => UNSIGNED_PAYLOAD,
        None => EMPTY_PAYLOAD,
    };
    let scope = Scope { region: &region, service: &service, time: &time };
    let headers = own_headers(request, url.host, &[]);
    let seconds = decimal(expires_in);
    let rule = rule(&service);
    let (url, _) = sigv4::presign(&aws.credentials, &scope, &method(request), &url, &headers, payload, rule, &seconds);
    Ok(url)
}

/// Takes the server's clock from an answer that refused a signature for its time.
pub(crate) fn correct_clock<P: Platform>(session: &Session, platform: &P, server_time_ms: i64) {
    session.set_aws_clock_offset(server_time_ms.saturating_sub(platform.now_ms()));
}

fn method(wish: &SignWish) -> String {
    if wish.method.is_empty() { "GET".to_owned() } else { wish.method.to_ascii_uppercase() }
}

fn rule(service: &str) -> PathRule {
    if service == "s3" { PathRule::EncodedOnce } else { PathRule::Normalized }
}

/// The request's headers with `host`, without those that are added.
fn own_headers<'a>(
    wish: &'a SignWish,
    host: &'a str,
    added: &[(&'static str, Secret<String>)],
) -> Vec<(&'a str, &'a str)> {
    let is_added =
        |name: &str| name.eq_ignore_ascii_case("host") || added.iter().any(|(own, _)| name.eq_ignore_ascii_case(own));
    let own = wish.headers.iter().filter(|(name, _)| !is_added(name));
    let mut headers: Vec<(&str, &str)> = own.map(|(name, value)| (name.as_str(), value.as_str())).collect();
    headers.push(("host", host));
    headers
}

/// The body's hash; S3 alone takes a body that is not signed, and over TLS only.
fn payload_of<'a>(wish: &'a SignWish, service: &str, scheme: &str) -> Result<&'a str, Error> {
    let Some(payload) = &wish.payload else { return Ok(EMPTY_PAYLOAD) };
    let is_hash = payload.len() == 64 && payload.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'));
    let may_be_unsigned = service == "s3" && scheme == "https";
    if is_hash || (payload == UNSIGNED_PAYLOAD && may_be_unsigned) {
        Ok(payload)
    } else {
        Err(Misuse::Option("payloadHash".to_owned()).into())
    }
}
