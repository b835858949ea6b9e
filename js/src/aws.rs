//! AWS: credentials, signatures, AppSync.

use poolpass::access::{AppSyncAccess, AppSyncRequest, Outgoing, PresignRequest, SignRequest};
use poolpass::appsync::{Purpose, header_protocol};
use poolpass::config::{AppSyncApi, AuthMode};
use poolpass::encode::http_date;
use poolpass::error::Error;
use poolpass::json::{Value, Writer};
use poolpass::secret::Secret;
use poolpass::session::{AwsSession, CredentialsOptions};

use crate::fields::Fields;
use crate::operations::Operation;
use crate::output::write_headers;
use crate::tokens::authorized;

/// The operation of a method.
pub(crate) fn find(name: &str) -> Option<Operation> {
    Some(match name {
        "getCredentials" => |client, input| {
            Box::pin(async move {
                let session = client.aws_session(&credentials_options(input)?).await?;
                Ok(aws_session(&session))
            })
        },
        "unlinkIdentity" => |client, input| {
            Box::pin(async move {
                let (options, providers) = unlink(input)?;
                client.unlink_identity(&options, &providers).await.map(|()| Writer::object())
            })
        },
        "sign" => |client, input| {
            Box::pin(async move {
                let headers = client.sign(&sign(input)?).await?;
                let mut json = Writer::object();
                write_headers(&mut json, &headers);
                Ok(json)
            })
        },
        "presign" => {
            |client, input| Box::pin(async move { client.presign(&presign(input)?).await.map(|found| url(&found)) })
        }
        "authorize" => |client, input| {
            Box::pin(async move {
                let found = client.authorize(&outgoing(input)?).await?;
                Ok(authorized(&found))
            })
        },
        "appsync" => |client, input| {
            Box::pin(async move {
                let request = appsync(input)?;
                client.appsync(&request).await.map(|access| appsync_access(&access, request.purpose))
            })
        },
        "correctClock" => |client, input| {
            Box::pin(async move {
                let (url, date) = server_date(input)?;
                http_date::read(date).into_iter().for_each(|time_ms| client.correct_clock(url, time_ms));
                Ok(Writer::object())
            })
        },
        _ => return None,
    })
}

fn credentials_options(json: &Value) -> Result<CredentialsOptions, Error> {
    let fields = Fields::root(json, &["logins", "roleArn", "forceRefresh"])?;
    read_credentials_options(&fields)
}

fn read_credentials_options(fields: &Fields<'_>) -> Result<CredentialsOptions, Error> {
    let logins = fields.string_map("logins")?.into_iter().map(|(name, token)| (name, Secret::from(token)));
    Ok(CredentialsOptions {
        logins: logins.collect(),
        role: fields.str_if("roleArn")?,
        force: fields.bool("forceRefresh")?.unwrap_or(false),
        refused: None,
    })
}

fn unlink(json: &Value) -> Result<(CredentialsOptions, Vec<String>), Error> {
    let fields = Fields::root(json, &["logins", "roleArn", "forceRefresh", "providers"])?;
    Ok((read_credentials_options(&fields)?, fields.list("providers")?))
}

const SIGNING: [&str; 9] =
    ["method", "url", "headers", "payloadHash", "service", "region", "logins", "roleArn", "forceRefresh"];

fn read_signing(fields: &Fields<'_>) -> Result<SignRequest, Error> {
    Ok(SignRequest {
        method: fields.str("method")?.to_owned(),
        url: fields.str("url")?.to_owned(),
        headers: fields.string_map("headers")?,
        payload: fields.str_if("payloadHash")?,
        service: fields.str_if("service")?,
        region: fields.str_if("region")?,
        credentials: read_credentials_options(fields)?,
    })
}

fn sign(json: &Value) -> Result<SignRequest, Error> {
    read_signing(&Fields::root(json, &SIGNING)?)
}

fn presign(json: &Value) -> Result<PresignRequest, Error> {
    let known: Vec<&str> = SIGNING.into_iter().chain(["expiresIn"]).collect();
    let fields = Fields::root(json, &known)?;
    Ok(PresignRequest { expires_in: fields.integer("expiresIn")?, request: read_signing(&fields)? })
}

fn outgoing(json: &Value) -> Result<Outgoing, Error> {
    let known: Vec<&str> = SIGNING.into_iter().chain(["refused"]).collect();
    let fields = Fields::root(json, &known)?;
    Ok(Outgoing { refused: fields.integer("refused")?, request: read_signing(&fields)? })
}

fn appsync(json: &Value) -> Result<AppSyncRequest, Error> {
    let known = ["api", "purpose", "body", "authMode", "authToken", "renew", "logins", "roleArn", "forceRefresh"];
    let fields = Fields::root(json, &known)?;
    let purpose = match fields.str("purpose")? {
        "http" => Purpose::Http,
        "connect" => Purpose::Connect,
        "message" => Purpose::Message,
        _ => return Err(fields.bad("purpose")),
    };
    let auth_mode = match fields.str("authMode")? {
        "" => None,
        word => Some(AuthMode::parse(word).ok_or_else(|| fields.bad("authMode"))?),
    };
    let api = AppSyncApi::parse(fields.str("api")?).ok_or_else(|| fields.bad("api"))?;
    Ok(AppSyncRequest {
        api,
        purpose,
        body: fields.str("body")?.to_owned(),
        auth_mode,
        auth_token: fields.str_if("authToken")?.map(Secret::from),
        renew: fields.bool("renew")?.unwrap_or(false),
        credentials: read_credentials_options(&fields)?,
    })
}

fn appsync_access(access: &AppSyncAccess, purpose: Purpose) -> Writer {
    let mut json = Writer::object();
    json.str("url", &access.url);
    json.str("authMode", access.auth_mode.as_str());
    if purpose == Purpose::Connect {
        json.secret("protocol", &header_protocol(&access.headers));
    }
    if let Some(time_ms) = access.expires_at_ms {
        json.integer("expiresAt", time_ms);
    }
    json.open("headers");
    write_headers(&mut json, &access.headers);
    json.close();
    json
}

/// Where an answer came from, and its date.
fn server_date(json: &Value) -> Result<(&str, &str), Error> {
    let fields = Fields::root(json, &["url", "date"])?;
    Ok((fields.str("url")?, fields.str("date")?))
}

fn aws_session(session: &AwsSession) -> Writer {
    let mut json = Writer::object();
    json.str("identityId", &session.identity_id);
    json.str("accessKeyId", &session.credentials.access_key_id);
    json.secret("secretAccessKey", &session.credentials.secret_access_key);
    json.secret_if("sessionToken", session.credentials.session_token.as_ref());
    // The app compares it with the local clock.
    json.integer("expiration", session.expires_here_at_ms());
    json
}

fn url(url: &Secret<String>) -> Writer {
    let mut json = Writer::object();
    json.secret("url", url);
    json
}
