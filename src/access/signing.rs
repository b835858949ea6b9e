//! Signature Version 4 with the identity pool's credentials.

use super::ClockOffsets;
use super::target;
use crate::config::{Auth, Config, OriginRule};
use crate::error::{Error, Misuse, ValueProblem};
use crate::json::decimal;
use crate::platform::Platform;
use crate::secret::Secret;
use crate::session::{AwsSession, Core, CredentialsOptions};
use crate::sigv4::{
    self, EMPTY_PAYLOAD, PayloadRule, Scope, ServiceRules, SignableRequest, SigningParams, UNSIGNED_PAYLOAD, Url,
    amz_date,
};

/// A request to sign.
#[derive(Clone, Debug, Default)]
pub struct SignRequest {
    /// The method; `GET` unless given.
    pub method: String,
    /// The URL, in the form in which browsers send it (URL Standard, "URL serializing"). Another form is refused.
    pub url: String,
    /// The headers that will be sent. Headers that a proxy may change are not signed.
    pub headers: Vec<(String, String)>,
    /// SHA-256 of the body in hexadecimal, or `UNSIGNED-PAYLOAD`; that of an empty body unless given.
    pub payload: Option<String>,
    /// The service's signing name. Unless given it is that of the rule for the URL's origin, else the host's.
    pub service: Option<String>,
    /// The region, likewise.
    pub region: Option<String>,
    /// Whose credentials.
    pub credentials: CredentialsOptions,
}

/// A URL to sign.
#[derive(Clone, Debug, Default)]
pub struct PresignRequest {
    /// The request: method, URL, headers that must be sent with the URL, service, region.
    pub request: SignRequest,
    /// How long the URL is good, in seconds: 1 to 604,800, and never longer than the credentials. 900 unless given.
    pub expires_in: Option<i64>,
}

/// The longest that a signed URL is good (AWS: "Authenticating Requests: Using Query Parameters").
const LONGEST_S: i64 = 604_800;
const USUAL_S: i64 = 900;

/// A request whose parts have been checked.
struct Checked<'a> {
    url: Url<'a>,
    method: String,
    service: &'a str,
    region: &'a str,
    rules: ServiceRules,
}

impl<'a> Checked<'a> {
    /// # Errors
    /// `bad_input` for a request that would not be sent as it is signed, or whose service or region is unknown.
    fn read(config: &'a Config, input: &'a SignRequest) -> Result<Self, Error> {
        let url = Url::read(&input.url).ok_or_else(|| Misuse::value("url", ValueProblem::NotAbsoluteUrl))?;
        check_url(&url)?;
        check_headers(&input.headers)?;
        let (service, region) = scope_of(config, input, &url)?;
        let method = if input.method.is_empty() { "GET".to_owned() } else { input.method.to_ascii_uppercase() };
        Ok(Self { url, method, service, region, rules: ServiceRules::of(service) })
    }

    /// The time to sign at, by the clock of the service if that is known.
    fn time<P: Platform>(&self, clocks: &ClockOffsets, platform: &P, aws: &AwsSession) -> String {
        let now_ms = platform.now_ms();
        let offset_ms = clocks.get_ms(self.url.host);
        amz_date(offset_ms.map_or_else(|| aws.server_now_ms(now_ms), |offset_ms| now_ms.saturating_add(offset_ms)))
    }

    fn signable(&self, headers: &'a [(&'a str, &'a str)], payload: &'a str) -> SignableRequest<'_> {
        SignableRequest { method: &self.method, url: self.url, headers, payload, path_rule: self.rules.path }
    }
}

fn check_url(url: &Url<'_>) -> Result<(), Error> {
    let problem = if url.has_dot_segments() {
        ValueProblem::DotSegment
    } else if !url.is_in_sent_form() {
        ValueProblem::NotSentForm
    } else if url.query.split('&').any(|pair| pair.starts_with("X-Amz-Algorithm=")) {
        ValueProblem::Signed
    } else {
        return Ok(());
    };
    Err(Misuse::value("url", problem).into())
}

/// Browsers send Latin-1 where AWS's signers sign UTF-8.
fn check_headers(headers: &[(String, String)]) -> Result<(), Error> {
    let is_plain = |value: &str| value.bytes().all(|letter| matches!(letter, b' '..=b'~' | b'\t'));
    match headers.iter().find(|(_, value)| !is_plain(value)) {
        None => Ok(()),
        Some((name, _)) => {
            let path = ["headers.", name].concat();
            Err(Misuse::value(&path, ValueProblem::NotAscii).into())
        }
    }
}

/// Which service of which region a URL is of: what the call says, else the rule for its origin, else the host.
fn scope_of<'a>(config: &'a Config, input: &'a SignRequest, url: &Url<'a>) -> Result<(&'a str, &'a str), Error> {
    let is_rule = |rule: &&OriginRule| rule.auth() == Auth::Iam && rule.is_of(url.http_scheme(), url.host);
    let rule = config.origins().iter().find(is_rule);
    let service = input.service.as_deref().or(rule.and_then(|rule| rule.service()));
    let region = input.region.as_deref().or(rule.and_then(|rule| rule.region()));
    // Reading the host costs half as much as signing.
    if let (Some(service), Some(region)) = (service, region) {
        return Ok((service, region));
    }
    let (host_service, host_region) = target::of_host(url.host);
    let host_service = match host_service {
        // The same host has MQTT over WebSocket under another name.
        Some("iotdata") if url.scheme.starts_with("ws") => Some("iotdevicegateway"),
        other => other,
    };
    let (service, region) = (service.or(host_service), region.or(host_region));
    let missing = |what: &str| Misuse::value(what, ValueProblem::Missing);
    Ok((service.ok_or_else(|| missing("service"))?, region.ok_or_else(|| missing("region"))?))
}

/// The headers to send beside the request's own: date, token, signature.
pub(crate) async fn sign<P: Platform>(
    clocks: &ClockOffsets,
    core: &Core,
    platform: &P,
    input: &SignRequest,
) -> Result<Vec<(&'static str, Secret<String>)>, Error> {
    let request = Checked::read(&core.config, input)?;
    let may_be_unsigned = request.url.http_scheme() == "https";
    let payload = payload_of(input, request.rules.payload, may_be_unsigned, EMPTY_PAYLOAD)?;
    let aws = core.aws_session(platform, &input.credentials).await?;
    let time = request.time(clocks, platform, &aws);
    let mut added: Vec<(&'static str, Secret<String>)> = vec![("x-amz-date", time.as_str().into())];
    if let Some(token) = &aws.credentials.session_token {
        added.push(("x-amz-security-token", token.clone()));
    }
    if request.rules.sends_payload_hash {
        added.push(("x-amz-content-sha256", payload.into()));
    }
    let mut headers = own_headers(input, request.url.host, &added);
    headers.extend(added.iter().map(|(name, value)| (*name, value.expose_secret().as_str())));
    let scope = Scope { region: request.region, service: request.service, time: &time };
    let key = core.signing_key(&aws.credentials, &scope);
    let params = SigningParams { credentials: &aws.credentials, scope, key: &key };
    let signed = sigv4::sign(&request.signable(&headers, payload), &params);
    added.push(("authorization", signed.authorization.into()));
    Ok(added)
}

/// The URL with its signature in it.
pub(crate) async fn presign<P: Platform>(
    clocks: &ClockOffsets,
    core: &Core,
    platform: &P,
    input: &PresignRequest,
) -> Result<Secret<String>, Error> {
    let expires_in = input.expires_in.unwrap_or(USUAL_S);
    if !(1..=LONGEST_S).contains(&expires_in) {
        return Err(Misuse::value("expiresIn", ValueProblem::NotLifetime).into());
    }
    let request = Checked::read(&core.config, &input.request)?;
    let usual = if request.rules.payload == PayloadRule::Signed { EMPTY_PAYLOAD } else { UNSIGNED_PAYLOAD };
    let payload = payload_of(&input.request, request.rules.payload, true, usual)?;
    let aws = core.aws_session(platform, &input.request.credentials).await?;
    let time = request.time(clocks, platform, &aws);
    let headers = own_headers(&input.request, request.url.host, &[]);
    let scope = Scope { region: request.region, service: request.service, time: &time };
    let key = core.signing_key(&aws.credentials, &scope);
    let params = SigningParams { credentials: &aws.credentials, scope, key: &key };
    let signable = request.signable(&headers, payload);
    Ok(sigv4::presign(&signable, &params, &decimal(expires_in), request.rules.token_after_signing).url)
}

/// Takes a service's clock from its answer to a request to `url`, which it refused for the time of its signature.
pub(crate) fn correct_clock<P: Platform>(clocks: &ClockOffsets, platform: &P, url: &str, server_time_ms: i64) {
    if let Some(url) = Url::read(url) {
        clocks.set_ms(url.host, server_time_ms.saturating_sub(platform.now_ms()));
    }
}

/// The request's headers with `host`, without those that are added.
fn own_headers<'a>(
    input: &'a SignRequest,
    host: &'a str,
    added: &[(&'static str, Secret<String>)],
) -> Vec<(&'a str, &'a str)> {
    let is_added =
        |name: &str| name.eq_ignore_ascii_case("host") || added.iter().any(|(own, _)| name.eq_ignore_ascii_case(own));
    let own = input.headers.iter().filter(|(name, _)| !is_added(name));
    let mut headers: Vec<(&str, &str)> = own.map(|(name, value)| (name.as_str(), value.as_str())).collect();
    headers.push(("host", host));
    headers
}

/// The body's hash, or the word in its place.
fn payload_of<'a>(
    input: &'a SignRequest,
    rule: PayloadRule,
    may_be_unsigned: bool,
    usual: &'static str,
) -> Result<&'a str, Error> {
    let payload = input.payload.as_deref().unwrap_or(usual);
    let is_hash = payload.len() == 64 && payload.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'));
    match rule {
        PayloadRule::Unsigned => Ok(UNSIGNED_PAYLOAD),
        PayloadRule::Optional if payload == UNSIGNED_PAYLOAD && may_be_unsigned => Ok(payload),
        _ if is_hash => Ok(payload),
        _ => {
            let problem = ValueProblem::NotHash;
            Err(Misuse::value("payloadHash", problem).into())
        }
    }
}
