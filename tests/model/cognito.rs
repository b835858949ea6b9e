//! A small Cognito for sessions: sign-in, refresh with and without rotation, revocation, AWS credentials. `rules.rs`
//! compares its rules with the emulator's.

use std::collections::BTreeMap;

use poolpass::encode::base64;
use poolpass::platform::{Request, Response};
use serde_json::{Value, json};

pub(crate) const CLIENT: &str = "client1";
pub(crate) const POOL: &str = "eu-west-1_PoolPass1";
pub(crate) const LIFE_MS: i64 = 3_600_000;

/// How the app client treats refresh tokens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rules {
    pub(crate) rotates: bool,
    pub(crate) grace_ms: i64,
}

pub(crate) struct Cognito {
    rules: Rules,
    families: Vec<Family>,
    /// For each refresh token: its family, and when another one replaced it.
    tokens: BTreeMap<String, (usize, Option<i64>)>,
    count: u64,
}

/// All tokens of one sign-in.
struct Family {
    user: String,
    is_revoked: bool,
}

/// The effect of a request on a refresh token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// It was exchanged for another one, and is invalid after the grace period.
    Rotated {
        family: usize,
        token: String,
    },
    /// It was exchanged again, within the grace period.
    Again {
        family: usize,
        token: String,
    },
    /// It was rejected because another one had replaced it.
    Reused {
        family: usize,
        token: String,
    },
    Other,
}

impl Cognito {
    pub(crate) fn new(rules: Rules) -> Self {
        Self { rules, families: Vec::new(), tokens: BTreeMap::new(), count: 0 }
    }

    pub(crate) fn answer(&mut self, request: &Request, now_ms: i64) -> (Response, Effect) {
        let target = request.headers.iter().find(|(name, _)| *name == "x-amz-target").map(|(_, value)| value.as_str());
        let operation = target.and_then(|target| target.rsplit('.').next()).unwrap_or_default();
        let body: Value = serde_json::from_str(request.body.expose_secret()).unwrap();
        let (answer, effect) = self.call(operation, &body, now_ms);
        let (status, body) = match answer {
            Ok(body) => (200, body),
            Err((name, message)) => (400, json!({"__type": name, "message": message})),
        };
        (Response { status, headers: Vec::new(), body: body.to_string().into() }, effect)
    }

    pub(crate) fn call(&mut self, operation: &str, body: &Value, now_ms: i64) -> (Answer, Effect) {
        match operation {
            "InitiateAuth" => {
                let user = body["AuthParameters"]["USERNAME"].as_str().unwrap_or_default();
                self.families.push(Family { user: user.to_owned(), is_revoked: false });
                let family = self.families.len() - 1;
                let refresh = self.refresh_token(family);
                (Ok(json!({"AuthenticationResult": self.tokens(family, Some(refresh), now_ms)})), Effect::Other)
            }
            "GetTokensFromRefreshToken" => self.refresh(body["RefreshToken"].as_str().unwrap_or_default(), now_ms),
            "RevokeToken" => {
                if let Some((family, _)) = self.tokens.get(body["Token"].as_str().unwrap_or_default()) {
                    self.families[*family].is_revoked = true;
                }
                (Ok(json!({})), Effect::Other)
            }
            "GlobalSignOut" => {
                let family = family_of(body["AccessToken"].as_str().unwrap_or_default()).unwrap_or_default();
                let user = self.families[family].user.clone();
                self.revoke_user(&user);
                (Ok(json!({})), Effect::Other)
            }
            "GetId" => {
                self.count += 1;
                (
                    Ok(json!({"IdentityId": format!("eu-west-1:{:08x}-0000-4000-8000-000000000000", self.count)})),
                    Effect::Other,
                )
            }
            "GetCredentialsForIdentity" => {
                self.count += 1;
                let login = body["Logins"].as_object().and_then(|logins| logins.values().next()?.as_str());
                let family = login.and_then(family_of).map_or("guest".to_owned(), |family| family.to_string());
                let answer = json!({"IdentityId": body["IdentityId"], "Credentials": {
                    "AccessKeyId": format!("ASIA{}X{family}", self.count), "SecretKey": format!("secret-{family}-"),
                    "SessionToken": "t", "Expiration": (now_ms + LIFE_MS) / 1000}});
                (Ok(answer), Effect::Other)
            }
            other => panic!("the model has no {other}"),
        }
    }

    /// Revokes every session of a user, like a global sign-out on another device.
    pub(crate) fn revoke_user(&mut self, user: &str) {
        self.families.iter_mut().filter(|family| family.user == user).for_each(|family| family.is_revoked = true);
    }

    pub(crate) fn families(&self) -> usize {
        self.families.len()
    }

    pub(crate) fn user(&self, family: usize) -> &str {
        &self.families[family].user
    }

    pub(crate) fn is_revoked(&self, family: usize) -> bool {
        self.families[family].is_revoked
    }

    fn refresh(&mut self, token: &str, now_ms: i64) -> (Answer, Effect) {
        let Some(&(family, replaced_at_ms)) = self.tokens.get(token) else {
            return (Err(("NotAuthorizedException", "Invalid Refresh Token")), Effect::Other);
        };
        if self.families[family].is_revoked {
            return (Err(("NotAuthorizedException", "Refresh Token has been revoked")), Effect::Other);
        }
        if !self.rules.rotates {
            return (Ok(json!({"AuthenticationResult": self.tokens(family, None, now_ms)})), Effect::Other);
        }
        let token = token.to_owned();
        if replaced_at_ms.is_some_and(|at_ms| now_ms - at_ms >= self.rules.grace_ms) {
            let answer = Err(("RefreshTokenReuseException", "Refresh token has been invalidated"));
            return (answer, Effect::Reused { family, token });
        }
        self.tokens.insert(token.clone(), (family, Some(replaced_at_ms.unwrap_or(now_ms))));
        let next = self.refresh_token(family);
        let tokens = self.tokens(family, Some(next), now_ms);
        let effect = match replaced_at_ms {
            None => Effect::Rotated { family, token },
            Some(_) => Effect::Again { family, token },
        };
        (Ok(json!({"AuthenticationResult": tokens})), effect)
    }

    fn refresh_token(&mut self, family: usize) -> String {
        self.count += 1;
        let token = format!("refresh-{family}-{}", self.count);
        self.tokens.insert(token.clone(), (family, None));
        token
    }

    fn tokens(&mut self, family: usize, refresh: Option<String>, now_ms: i64) -> Value {
        self.count += 1;
        let user = &self.families[family].user;
        let claims = |token_use: &str| {
            let client = if token_use == "access" { "client_id" } else { "aud" };
            json!({"iss": format!("https://cognito-idp.eu-west-1.amazonaws.com/{POOL}"), client: CLIENT,
                "token_use": token_use, "sub": user, "username": user, "cognito:username": user, "jti": self.count,
                "origin_jti": format!("family-{family}-"), "iat": now_ms / 1000, "exp": (now_ms + LIFE_MS) / 1000})
        };
        json!({"AccessToken": jwt(&claims("access")), "IdToken": jwt(&claims("id")), "RefreshToken": refresh,
            "ExpiresIn": LIFE_MS / 1000, "TokenType": "Bearer"})
    }
}

pub(crate) type Answer = Result<Value, (&'static str, &'static str)>;

fn jwt(claims: &Value) -> String {
    format!("eyJhbGciOiJSUzI1NiJ9.{}.c2ln", base64::encode_url(claims.to_string().as_bytes()))
}

/// The sign-in that a token belongs to.
pub(crate) fn family_of(token: &str) -> Option<usize> {
    let claims = base64::decode_url(token.split('.').nth(1)?)?;
    let claims: Value = serde_json::from_slice(&claims).ok()?;
    claims["origin_jti"].as_str()?.split('-').nth(1)?.parse().ok()
}
