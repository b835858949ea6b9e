//! Tokens made wrong on purpose, for clients to refuse.

use hmac::{Hmac, Mac as _};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use sha2::Sha256;

use super::jwt::{assemble, message};
use super::keys::{KeyRing, Role};

/// What to change before a token is signed.
#[derive(Clone, Default)]
pub(crate) struct Forgery {
    /// Which tokens; both if not given.
    pub(crate) token: Option<TokenKind>,
    /// Set last, whatever the signature; a null takes a member away.
    pub(crate) header: Map<String, Value>,
    /// Set in place of the right ones.
    pub(crate) claims: Map<String, Value>,
    /// Claims to leave out.
    pub(crate) remove: Vec<String>,
    pub(crate) sign: Signer,
}

/// The token that is meant.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum TokenKind {
    Access,
    Id,
}

/// What a forged token is signed with.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Signer {
    /// The pool's key for access tokens, under its own kid.
    AccessKey,
    /// The right key, but one bit of the signature is turned.
    Broken,
    /// A key that is in no JWKS, under the kid of the right one.
    Foreign,
    /// HMAC-SHA256 with the text of the right public key (PEM) as the secret: the confusion of algorithms.
    Hs256,
    /// Nothing: `alg` is `none` and the signature is empty.
    None,
    /// The right key.
    #[default]
    Own,
}

impl Forgery {
    fn concerns(&self, role: Role) -> bool {
        match self.token {
            None => true,
            Some(TokenKind::Access) => role == Role::Access,
            Some(TokenKind::Id) => role == Role::Id,
        }
    }
}

/// Signs claims as a pool does, or as a forgery asks.
pub(crate) fn sign(
    keys: &KeyRing,
    pool_id: &str,
    role: Role,
    mut claims: Map<String, Value>,
    forgery: Option<&Forgery>,
) -> String {
    let honest = Forgery::default();
    let forgery = forgery.filter(|forgery| forgery.concerns(role)).unwrap_or(&honest);
    claims.retain(|name, _| !forgery.remove.contains(name));
    claims.extend(forgery.claims.clone());
    let own = keys.key(pool_id, role);
    let (signer, announced, algorithm) = match forgery.sign {
        Signer::AccessKey => (keys.key(pool_id, Role::Access), keys.key(pool_id, Role::Access), "RS256"),
        Signer::Foreign => (keys.key(pool_id, Role::Foreign), own, "RS256"),
        Signer::Hs256 => (own.clone(), own, "HS256"),
        Signer::None => (own.clone(), own, "none"),
        Signer::Broken | Signer::Own => (own.clone(), own, "RS256"),
    };
    let mut header = Map::from_iter([("kid".to_owned(), json!(announced.kid)), ("alg".to_owned(), json!(algorithm))]);
    header.extend(forgery.header.clone());
    header.retain(|_, value| !value.is_null());
    let message = message(header, claims);
    let signature = match forgery.sign {
        Signer::None => Vec::new(),
        Signer::Hs256 => {
            let mac = Hmac::<Sha256>::new_from_slice(signer.public_pem().as_bytes());
            mac.map(|mac| mac.chain_update(&message).finalize().into_bytes().to_vec()).unwrap_or_default()
        }
        Signer::Broken => {
            let mut signature = signer.sign(message.as_bytes()).unwrap_or_default();
            signature.first_mut().into_iter().for_each(|byte| *byte ^= 1);
            signature
        }
        Signer::AccessKey | Signer::Foreign | Signer::Own => signer.sign(message.as_bytes()).unwrap_or_default(),
    };
    assemble(&message, &signature)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::world::tokens::decode;

    #[test]
    fn only_the_token_that_is_meant_is_forged_and_only_as_ordered() {
        let keys = KeyRing::new([1; 32]);
        let claims = Map::from_iter([("sub".to_owned(), json!("x")), ("nonce".to_owned(), json!("n"))]);
        let good = |role, forgery: &Forgery| {
            let token = sign(&keys, "p", role, claims.clone(), Some(forgery));
            decode(&keys, "p", role, &token)
        };
        let order = |sign| Forgery { token: Some(TokenKind::Id), sign, ..Forgery::default() };
        assert_eq!(good(Role::Id, &order(Signer::Own)), Some(claims.clone()));
        for wrong in [Signer::AccessKey, Signer::Broken, Signer::Foreign, Signer::Hs256, Signer::None] {
            assert_eq!(good(Role::Id, &order(wrong)), None, "{wrong:?}");
            assert_eq!(good(Role::Access, &order(wrong)), Some(claims.clone()), "{wrong:?}");
        }
        let changed = Forgery {
            claims: Map::from_iter([("sub".to_owned(), json!("y"))]),
            remove: vec!["nonce".into()],
            ..Forgery::default()
        };
        assert_eq!(good(Role::Id, &changed), Some(Map::from_iter([("sub".to_owned(), json!("y"))])));
    }
}
