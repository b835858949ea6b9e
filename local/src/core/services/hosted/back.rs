//! Sending the browser back to the app.

use serde_json::Value;

use super::flow::{Back, Flow, Refusal};
use super::visit::Visit;
use crate::core::directory::{AuthorizationCode, OAuthGrant};
use crate::core::services::idp::sign_in::issue::{SignIn, signed_in};
use crate::core::services::triggers::TokenSource;
use crate::core::wire::form::Form;
use crate::core::wire::http::HttpResponse;

impl Flow {
    /// The end of a sign-in: a code, or the tokens themselves. `auth_time` in seconds since 1970.
    pub(crate) fn complete(&self, visit: &mut Visit<'_>, username: &str, auth_time: u64) -> HttpResponse {
        let grant = OAuthGrant { scopes: self.scopes.clone(), resource: self.resource.clone() };
        let nonce = self.nonce.as_deref();
        let (sso, proof) = visit.session(self).map_or_else(Default::default, |session| (session.sso, session.proof));
        let Ok(pool) = visit.pools.get(&self.pool_id) else {
            return super::error_page::go(super::error_names::UNKNOWN_CLIENT, Some(&self.client.id));
        };
        let level = proof.level().filter(|_| !self.levels.is_empty());
        let acr = level.map(|level| pool.settings.acr_value(level).to_owned());
        if !self.back.implicit {
            let text = visit.context.random.uuid();
            let code = AuthorizationCode {
                client_id: self.client.id.clone(),
                redirect_uri: self.back.redirect_uri.clone(),
                challenge: self.challenge.clone(),
                username: username.to_owned(),
                grant,
                nonce: nonce.map(str::to_owned),
                auth_time,
                sso,
                proof,
                acr,
            };
            pool.codes.add(text.clone(), code, visit.context.now_ms);
            return self.back.go(visit, Form::from_iter([("code", text)]));
        }
        let sign_in = SignIn {
            username,
            source: TokenSource::HostedAuth,
            oauth: Some(grant),
            auth_time,
            nonce,
            refreshable: false,
            device: None,
            sso,
            proof,
            acr,
        };
        let result = match signed_in(pool, &self.client, sign_in, &mut visit.context) {
            Ok(tokens) => tokens.result,
            Err(error) => return self.refuse(visit, "access_denied", &error.message),
        };
        let mut parameters = Form::default();
        for (name, member) in [("id_token", "IdToken"), ("access_token", "AccessToken")] {
            if let Some(token) = result[member].as_str() {
                parameters.set(name, token);
            }
        }
        parameters.set("token_type", "bearer");
        parameters.set("expires_in", result.get("ExpiresIn").map(Value::to_string).unwrap_or_default());
        self.back.go(visit, parameters)
    }

    /// Tells the app that it came to nothing.
    pub(crate) fn refuse(&self, visit: &mut Visit<'_>, error: &str, description: &str) -> HttpResponse {
        self.back.refuse(visit, error, description)
    }
}

impl Refusal {
    pub(crate) fn response(self, visit: &mut Visit<'_>) -> HttpResponse {
        match self {
            Self::App { back, error, description } => back.refuse(visit, error, &description),
            Self::Page(error) => super::error_page::go(error, visit.query.get("client_id")),
        }
    }
}

impl Back {
    pub(crate) fn refuse(&self, visit: &mut Visit<'_>, error: &str, description: &str) -> HttpResponse {
        let mut parameters = Form::from_iter([("error", error)]);
        if !description.is_empty() {
            parameters.set("error_description", description);
        }
        self.go(visit, parameters)
    }

    fn go(&self, visit: &mut Visit<'_>, mut parameters: Form) -> HttpResponse {
        if let Some(state) = &self.state {
            parameters.set("state", state.as_str());
        }
        if let Some(fault) = visit.faults.strike_redirect() {
            fault.remove.iter().for_each(|name| parameters.remove(name));
            fault.parameters.into_iter().for_each(|(name, value)| parameters.set(&name, value));
        }
        let uri = &self.redirect_uri;
        let separator = match (self.implicit, uri.contains('?')) {
            (true, _) => '#',
            (false, true) => '&',
            (false, false) => '?',
        };
        HttpResponse::redirect(&format!("{uri}{separator}{}", parameters.encode()))
            .with("Referrer-Policy", "no-referrer")
    }
}
