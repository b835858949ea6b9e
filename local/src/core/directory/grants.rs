//! What keeps a user signed in: one grant a sign-in, and its refresh tokens.

use imbl::ordset::DiffItem;
use imbl::{OrdMap, OrdSet};
use serde::{Deserialize, Serialize};

use super::devices::DeviceName;
use super::{Proof, TokenSession};
use crate::core::world::rows::{Changes, Row};

/// One sign-in. All its tokens share the event id.
#[derive(Clone, Deserialize, Serialize)]
pub(crate) struct Grant {
    pub(crate) event_id: String,
    pub(crate) origin_jti: String,
    pub(crate) username: String,
    pub(crate) client_id: String,
    /// Seconds since 1970.
    pub(crate) auth_time: u64,
    pub(crate) expires_ms: u64,
    pub(crate) revoked: bool,
    /// What an app asked for at the hosted UI; `None` for sign-ins by the API.
    pub(crate) oauth: Option<OAuthGrant>,
    /// The device of a sign-in by the API to a pool that tracks devices: a new one, or the one that was named.
    pub(crate) device: Option<DeviceName>,
    /// In pools that track sessions.
    pub(crate) session: Option<TokenSession>,
    /// What was proven.
    pub(crate) proof: Proof,
    /// The claim `acr`, of sign-ins that asked for a level.
    pub(crate) acr: Option<String>,
}

/// What was granted to an app through `/oauth2/authorize`.
#[derive(Clone, Deserialize, Serialize)]
pub(crate) struct OAuthGrant {
    pub(crate) scopes: Vec<String>,
    /// The resource that the access token is bound to (RFC 8707).
    pub(crate) resource: Option<String>,
}

impl OAuthGrant {
    pub(crate) fn has(&self, scope: &str) -> bool {
        self.scopes.iter().any(|granted| granted == scope)
    }

    /// Whether an attribute is within the scopes: `openid` alone and `profile` show all that the client may read, `email` and `phone`
    /// beside `openid` only theirs (Developer Guide, "Scopes, M2M, and resource servers").
    pub(crate) fn shows(&self, attribute: &str) -> bool {
        let limited = ["email", "phone"].into_iter().any(|scope| self.has(scope));
        if !self.has("openid") || attribute == "sub" {
            return self.has("openid");
        }
        match attribute {
            _ if self.has("profile") || !limited => true,
            "email" | "email_verified" => self.has("email"),
            "phone_number" | "phone_number_verified" => self.has("phone"),
            _ => false,
        }
    }
}

#[derive(Clone, Deserialize, Serialize)]
pub(super) struct RefreshToken {
    event_id: String,
    /// When rotation first put another token in its place.
    replaced_ms: Option<u64>,
}

/// Why a refresh token is not accepted.
#[derive(Debug, PartialEq)]
pub(crate) enum RefreshError {
    Expired,
    Reused,
    Revoked,
    Unknown,
    UserIsGone,
}

/// All grants of one pool.
#[derive(Clone, Default)]
pub(crate) struct Grants {
    grants: OrdMap<String, Row<Grant>>,
    /// User names and event ids.
    by_user: OrdSet<(String, String)>,
    refresh_tokens: OrdMap<String, Row<RefreshToken>>,
    /// The event ids of users who are gone.
    orphans: OrdSet<String>,
}

impl Grants {
    /// Adds a sign-in; the implicit flow has no refresh token.
    pub(crate) fn add(&mut self, grant: Grant, refresh_token: Option<String>) {
        if let Some(refresh_token) = refresh_token {
            let token = RefreshToken { event_id: grant.event_id.clone(), replaced_ms: None };
            self.refresh_tokens.insert(refresh_token, Row::new(token));
        }
        self.by_user.insert((grant.username.clone(), grant.event_id.clone()));
        self.grants.insert(grant.event_id.clone(), Row::new(grant));
    }

    /// The grant that tokens with this event id come from.
    pub(crate) fn by_event(&self, event_id: &str) -> Option<&Grant> {
        self.grants.get(event_id).map(|row| &**row)
    }

    /// The grant of a refresh token, whatever its state.
    pub(crate) fn by_refresh_token(&self, token: &str) -> Option<&Grant> {
        self.by_event(&self.refresh_tokens.get(token)?.event_id)
    }

    /// Checks a refresh token. `grace_ms` is how long one may be used after rotation replaced it.
    ///
    /// # Errors
    /// See [`RefreshError`].
    pub(crate) fn redeem(
        &self,
        token: &str,
        client_id: &str,
        grace_ms: u64,
        now_ms: u64,
    ) -> Result<Grant, RefreshError> {
        let known = self.refresh_tokens.get(token).ok_or(RefreshError::Unknown)?;
        let grant = self.by_event(&known.event_id).filter(|grant| grant.client_id == client_id);
        let grant = grant.ok_or(RefreshError::Unknown)?;
        if self.is_orphan(&grant.event_id) {
            return Err(RefreshError::UserIsGone);
        }
        if grant.revoked {
            return Err(RefreshError::Revoked);
        }
        if now_ms >= grant.expires_ms {
            return Err(RefreshError::Expired);
        }
        if known.replaced_ms.is_some_and(|at| now_ms >= at.saturating_add(grace_ms)) {
            return Err(RefreshError::Reused);
        }
        Ok(grant.clone())
    }

    /// Puts a new refresh token beside an old one, whose grace period starts when this first happens.
    pub(crate) fn rotate(&mut self, old: &str, new: String, now_ms: u64) {
        let Some(old) = self.refresh_tokens.get_mut(old).map(Row::edit) else { return };
        old.replaced_ms.get_or_insert(now_ms);
        let event_id = old.event_id.clone();
        self.refresh_tokens.insert(new, Row::new(RefreshToken { event_id, replaced_ms: None }));
    }

    pub(crate) fn revoke(&mut self, event_id: &str) {
        if let Some(grant) = self.grants.get_mut(event_id) {
            grant.edit().revoked = true;
        }
    }

    /// Whether the user who signed in was deleted, even if another user has the name now.
    pub(crate) fn is_orphan(&self, event_id: &str) -> bool {
        self.orphans.contains(event_id)
    }

    /// Parts the sign-ins of a user who is deleted from the name, which another may have next.
    pub(super) fn forget_user(&mut self, username: &str) {
        let theirs = self.by_user.range((username.to_owned(), String::new())..);
        let theirs: Vec<_> = theirs.take_while(|(owner, _)| owner == username).cloned().collect();
        for entry in theirs {
            self.by_user.remove(&entry);
            self.orphans.insert(entry.1);
        }
    }

    pub(crate) fn revoke_user(&mut self, username: &str) {
        for event_id in self.events_of(username) {
            self.revoke(&event_id);
        }
    }

    /// How many sign-ins there were.
    pub(crate) fn len(&self) -> usize {
        self.grants.len()
    }

    /// How many sign-ins of a user can go on.
    pub(crate) fn active_of(&self, username: &str, now_ms: u64) -> usize {
        self.of_user(username).filter(|grant| !grant.revoked && now_ms < grant.expires_ms).count()
    }

    /// The grants of a user.
    pub(super) fn of_user<'a>(&'a self, username: &'a str) -> impl Iterator<Item = &'a Grant> {
        let theirs = self.by_user.range((username.to_owned(), String::new())..);
        theirs.take_while(move |(owner, _)| owner == username).filter_map(|(_, event_id)| self.by_event(event_id))
    }

    pub(super) fn session_mut(&mut self, event_id: &str) -> Option<&mut TokenSession> {
        self.grants.get_mut(event_id)?.edit().session.as_mut()
    }

    /// What has changed, in the tables of grants, of refresh tokens, and of grants whose user is gone.
    pub(super) fn changes(
        (before, now): (Option<&Self>, Option<&Self>),
        [grants, tokens, orphans]: [&[&str]; 3],
        changes: &mut Changes,
    ) {
        // No `..`: the compiler asks where a new member is kept. The index is derived from the others.
        let empty = Self::default();
        let Self { grants: old_grants, by_user: _, refresh_tokens: old_tokens, orphans: old_orphans } =
            before.unwrap_or(&empty);
        let Self { grants: new_grants, by_user: _, refresh_tokens: new_tokens, orphans: new_orphans } =
            now.unwrap_or(&empty);
        changes.table(grants, Some(old_grants), Some(new_grants));
        changes.table(tokens, Some(old_tokens), Some(new_tokens));
        for item in old_orphans.diff(new_orphans) {
            let (event_id, before, now) = match item {
                DiffItem::Add(event_id) => (event_id, None, Some(&true)),
                DiffItem::Remove(event_id) => (event_id, Some(&true), None),
            };
            changes.row(&[orphans, &[event_id.as_str()]].concat(), before, now);
        }
    }

    /// Puts the row of a grant back whose user is gone, after the grant.
    pub(super) fn restore_orphan(&mut self, event_id: String) {
        if let Some(grant) = self.grants.get(&event_id) {
            self.by_user.remove(&(grant.username.clone(), event_id.clone()));
        }
        self.orphans.insert(event_id);
    }

    /// Puts the row of a refresh token back.
    pub(super) fn restore_token(&mut self, text: String, token: RefreshToken) {
        self.refresh_tokens.insert(text, Row::new(token));
    }

    fn events_of(&self, username: &str) -> Vec<String> {
        self.of_user(username).map(|grant| grant.event_id.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn grants() -> Grants {
        let grant = Grant {
            event_id: "event".into(),
            origin_jti: "origin".into(),
            username: "alice".into(),
            client_id: "web".into(),
            auth_time: 0,
            expires_ms: 1_000_000,
            revoked: false,
            oauth: None,
            device: None,
            session: None,
            proof: Proof::default(),
            acr: None,
        };
        let mut grants = Grants::default();
        grants.add(grant, Some("first".into()));
        grants
    }

    proptest! {
        /// Tabs refresh with whatever token they hold; a replaced token works exactly as long as its grace period.
        #[test]
        fn a_replaced_token_lives_for_its_grace_period(grace_ms in 0_u64..60_000, steps in prop::collection::vec((any::<prop::sample::Index>(), 0_u64..40_000), 1..20)) {
            let mut grants = grants();
            let mut tokens: Vec<(String, Option<u64>)> = vec![("first".into(), None)];
            let mut now_ms = 0;
            for (index, (pick, wait)) in steps.into_iter().enumerate() {
                now_ms += wait;
                let count = tokens.len();
                let (token, replaced) = &mut tokens[pick.index(count)];
                let alive = replaced.is_none_or(|at| now_ms < at + grace_ms);
                prop_assert_eq!(grants.redeem(token, "web", grace_ms, now_ms).is_ok(), alive);
                if alive {
                    let new = format!("token {index}");
                    grants.rotate(token, new.clone(), now_ms);
                    replaced.get_or_insert(now_ms);
                    tokens.push((new, None));
                }
            }
        }
    }

    #[test]
    fn each_refusal_has_its_reason() {
        let mut grants = grants();
        let refusal = |grants: &Grants, token: &str, client: &str, now| grants.redeem(token, client, 0, now).err();
        assert_eq!(refusal(&grants, "first", "web", 0), None);
        assert_eq!(refusal(&grants, "other", "web", 0), Some(RefreshError::Unknown));
        assert_eq!(refusal(&grants, "first", "another client", 0), Some(RefreshError::Unknown));
        assert_eq!(refusal(&grants, "first", "web", 1_000_000), Some(RefreshError::Expired));
        grants.rotate("first", "second".into(), 0);
        assert_eq!(refusal(&grants, "first", "web", 0), Some(RefreshError::Reused));
        assert_eq!(refusal(&grants, "second", "web", 0), None);
        grants.revoke_user("bob");
        assert_eq!(refusal(&grants, "second", "web", 0), None);
        grants.revoke_user("alice");
        assert_eq!(refusal(&grants, "second", "web", 0), Some(RefreshError::Revoked));
    }
}
