//! What an app asks for: the parameters of `/oauth2/authorize`, which every page carries on.

use std::sync::Arc;

use super::browsers::Session;
use crate::core::directory::{AcrLevel, AppClient, LOCAL_PROVIDER, Pools, UserPool, is_app_address};
use crate::core::services::federation;
use crate::core::services::oauth::{pkce, scopes};
use crate::core::wire::form::Form;

/// The parameters of `/oauth2/authorize` and the pages that are known here. Others are neither read nor carried on.
const KNOWN: [&str; 17] = [
    "response_type",
    "client_id",
    "redirect_uri",
    "state",
    "scope",
    "code_challenge",
    "code_challenge_method",
    "nonce",
    "identity_provider",
    "idp_identifier",
    "login_hint",
    "lang",
    "prompt",
    "resource",
    "max_age",
    "acr_values",
    THEN,
];
/// A parameter of our own: the page that a sign-in leads to before it goes back to the app.
pub(super) const THEN: &str = "then";
const PROMPTS: [&str; 4] = ["none", "login", "select_account", "consent"];

/// The parameters that are carried on.
pub(super) fn parameters(query: &Form) -> Form {
    query.only(&KNOWN)
}

/// A request of an app that was checked.
#[derive(Clone)]
pub(crate) struct Flow {
    /// All its parameters, encoded.
    pub(crate) query: String,
    pub(crate) pool_id: String,
    pub(crate) client: Arc<AppClient>,
    /// Where the browser goes in the end, and how.
    pub(crate) back: Back,
    pub(crate) scopes: Vec<String>,
    /// `code_challenge` of method S256.
    pub(crate) challenge: Option<String>,
    pub(crate) nonce: Option<String>,
    pub(crate) resource: Option<String>,
    pub(crate) login_hint: Option<String>,
    pub(crate) prompts: Vec<String>,
    /// Seconds.
    pub(crate) max_age: Option<u64>,
    /// The authentication levels that the app asks for, the best one first.
    pub(crate) levels: Vec<AcrLevel>,
    /// The identity provider that the app chose.
    pub(crate) provider: Option<String>,
}

/// The way back to an app.
#[derive(Clone)]
pub(crate) struct Back {
    pub(crate) redirect_uri: String,
    pub(crate) state: Option<String>,
    /// `response_type=token`: the answer goes into the fragment.
    pub(crate) implicit: bool,
}

/// Why a request is not taken up.
pub(crate) enum Refusal {
    /// The app is told.
    App { back: Back, error: &'static str, description: String },
    /// There is no app to go back to: an error page, with the name of the error.
    Page(&'static str),
}

impl Flow {
    /// Reads and checks the parameters.
    ///
    /// # Errors
    /// See [`Refusal`].
    pub(crate) fn read(pools: &mut Pools, query: &Form) -> Result<Self, Refusal> {
        let query = parameters(query);
        let single = |name: &str| query.get(name).filter(|_| query.only(&[name]).repeated().is_none());
        let (pool, client) = single("client_id")
            .and_then(|client_id| pools.of_client(client_id).ok())
            .ok_or(Refusal::Page(super::error_names::UNKNOWN_CLIENT))?;
        if !client.oauth_enabled() {
            return Err(Refusal::Page(super::error_names::OAUTH_DISABLED));
        }
        let redirect_uri = single("redirect_uri")
            .filter(|uri| client.settings.callback_urls.iter().any(|registered| registered == uri))
            .ok_or(Refusal::Page(super::error_names::REDIRECT_MISMATCH))?;
        let back = Back {
            redirect_uri: redirect_uri.to_owned(),
            state: single("state").map(str::to_owned),
            implicit: query.get("response_type") == Some("token"),
        };
        read_rest(pool, &client, &query, back.clone()).map_err(|(error, description)| Refusal::App {
            back,
            error,
            description,
        })
    }

    /// Whether a session of that age is good enough for the app. `max_age=0` asks for a new sign-in always (OpenID Connect Core,
    /// section 3.1.2.1). Whole seconds count, as `auth_time` has no others.
    pub(crate) fn accepts_session(&self, signed_in_ms: u64, now_ms: u64) -> bool {
        let age = (now_ms / 1000).saturating_sub(signed_in_ms / 1000);
        self.max_age.is_none_or(|seconds| seconds > 0 && age <= seconds)
    }

    /// Whether a session has the level that the app asks for, as far as the user can reach one.
    pub(crate) fn accepts_proof(&self, pools: &Pools, session: &Session) -> bool {
        let pool = pools.find(&self.pool_id);
        let user = pool.and_then(|pool| Some((pool, pool.find(&session.username)?)));
        let wanted = user.and_then(|(pool, user)| self.levels.iter().find(|level| pool.can_reach(user, **level)));
        self.levels.is_empty() || wanted.is_some_and(|wanted| session.proof.level() >= Some(*wanted))
    }

    pub(crate) fn prompts(&self, value: &str) -> bool {
        self.prompts.iter().any(|prompt| prompt == value)
    }

    /// Whether a sign-in leads to this page before it goes back to the app.
    pub(super) fn leads_to(&self, page: &str) -> bool {
        Form::parse(&self.query).get(THEN) == Some(page)
    }

    /// The address of another page of the same flow.
    pub(crate) fn address(&self, path: &str) -> String {
        format!("{path}?{}", self.query)
    }
}

type AppError = (&'static str, String);

fn read_rest(pool: &UserPool, client: &Arc<AppClient>, query: &Form, back: Back) -> Result<Flow, AppError> {
    let invalid = |text: String| ("invalid_request", text);
    if let Some(name) = query.repeated() {
        return Err(invalid(format!("{name} must appear only once")));
    }
    let response_type = query.get("response_type").ok_or_else(|| invalid("response_type is missing".into()))?;
    let flow_name = match response_type {
        "code" => "code",
        "token" => "implicit",
        _ => return Err(invalid("response_type must be code or token".into())),
    };
    if !client.allows_oauth_flow(flow_name) {
        return Err(("unauthorized_client", format!("the client may not use response_type {response_type}")));
    }
    let challenge = pkce::read_challenge(query).map_err(|text| invalid(text.into()))?;
    if challenge.is_none() && flow_name == "code" && client.is_public() {
        let text = "code_challenge is missing: poolpass-local requires PKCE of clients without a secret";
        return Err(invalid(text.into()));
    }
    let scopes = scopes::read(client, query.get("scope")).map_err(|text| ("invalid_scope", text))?;
    let resource = query.get("resource").map(str::to_owned);
    if resource.as_ref().is_some_and(|url| !is_app_address(url)) {
        return Err(invalid("resource must be an absolute URL without a fragment".into()));
    }
    let prompts: Vec<String> = query.get("prompt").unwrap_or_default().split_whitespace().map(str::to_owned).collect();
    if let Some(unknown) = prompts.iter().find(|prompt| !PROMPTS.contains(&prompt.as_str())) {
        return Err(invalid(format!("prompt has the unknown value {unknown}")));
    }
    if prompts.len() > 1 && prompts.iter().any(|prompt| prompt == "none") {
        return Err(invalid("prompt=none can't be combined with other values".into()));
    }
    // "The managed login authorize endpoint silently ignores acr_values" where the feature plan does not have levels.
    let levels = match query.get("acr_values") {
        Some(values) if !pool.settings.is_lite() => {
            pool.settings.acr_levels(values).map_err(|error| invalid(error.message.into_owned()))?
        }
        _ => Vec::new(),
    };
    let max_age = query.get("max_age").map(str::parse).transpose();
    let text = |name: &str| query.get(name).map(str::to_owned);
    Ok(Flow {
        query: query.encode(),
        pool_id: pool.id.clone(),
        client: client.clone(),
        back,
        scopes,
        challenge,
        nonce: text("nonce"),
        resource,
        login_hint: text("login_hint"),
        prompts,
        max_age: max_age.map_err(|_| invalid("max_age must be a number of seconds".into()))?,
        levels,
        provider: provider(pool, client, query).map_err(invalid)?,
    })
}

fn provider(pool: &UserPool, client: &AppClient, query: &Form) -> Result<Option<String>, String> {
    let name = match (query.get("identity_provider"), query.get("idp_identifier")) {
        (None, None) => return Ok(None),
        (Some(_), Some(_)) => return Err("identity_provider and idp_identifier can't be used together".into()),
        (Some(name), None) => name.to_owned(),
        (None, Some(identifier)) => federation::provider_of(pool, identifier)
            .ok_or_else(|| format!("no identity provider has the identifier {identifier}"))?,
    };
    let known = name == LOCAL_PROVIDER || pool.provider(&name).is_some();
    if known && client.supports_provider(&name) {
        Ok(Some(name))
    } else {
        Err(format!("the client does not support the identity provider {name}"))
    }
}
