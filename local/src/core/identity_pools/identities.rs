//! Who is known to an identity pool (Developer Guide, "Identity pools concepts").

use imbl::{HashMap, OrdMap};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::core::identity_pools::Login;
use crate::core::wire::date::epoch_seconds;
use crate::core::wire::error::{ServiceError, not_authorized, not_found};
use crate::core::world::rows::{Changes, Row};

/// A guest, or someone with logins at one provider or several.
#[derive(Clone, Deserialize, Serialize)]
pub(crate) struct Identity {
    /// Provider and subject.
    logins: Vec<(String, String)>,
    /// Has had a login: no guest any more, not even without one.
    linked: bool,
    /// Merged into another one.
    disabled: bool,
    created_ms: u64,
    modified_ms: u64,
}

/// "The number of linked logins is limited to 20" (`MergeDeveloperIdentities`).
const MOST_LOGINS: usize = 20;

/// The identities of one pool.
#[derive(Clone, Default)]
pub(crate) struct Identities {
    by_id: OrdMap<String, Row<Identity>>,
    /// The identity of a provider's subject.
    holders: HashMap<(String, String), String>,
}

impl Identities {
    pub(crate) fn get(&self, id: &str) -> Option<&Identity> {
        self.by_id.get(id).map(|row| &**row)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Identity)> {
        self.by_id.iter().map(|(id, identity)| (id.as_str(), &**identity))
    }

    /// The identity that has a login.
    pub(crate) fn holder(&self, provider: &str, subject: &str) -> Option<&str> {
        self.holders.get(&(provider.to_owned(), subject.to_owned())).map(String::as_str)
    }

    /// What has changed.
    pub(super) fn changes(before: Option<&Self>, now: Option<&Self>, path: &[&str], changes: &mut Changes) {
        changes.table(path, before.map(|all| &all.by_id), now.map(|all| &all.by_id));
    }

    /// Puts a row back.
    pub(super) fn restore(&mut self, id: String, identity: Identity) {
        self.holders.extend(identity.logins.iter().map(|login| (login.clone(), id.clone())));
        self.by_id.insert(id, Row::new(identity));
    }

    /// Makes a guest.
    pub(crate) fn add_guest(&mut self, id: String, now_ms: u64) {
        let identity =
            Identity { logins: Vec::new(), linked: false, disabled: false, created_ms: now_ms, modified_ms: now_ms };
        self.by_id.insert(id, Row::new(identity));
    }

    /// Forgets an identity; its logins are new to the pool the next time. Whether there was one.
    pub(crate) fn remove(&mut self, id: &str) -> bool {
        self.holders.retain(|_, holder| holder != id);
        self.by_id.remove(id).is_some()
    }

    /// Whether a guest may go on being this identity.
    ///
    /// # Errors
    /// `ResourceNotFoundException`, or `NotAuthorizedException` where it has or had a login, or is disabled.
    pub(crate) fn check_guest(&self, id: &str) -> Result<(), ServiceError> {
        match self.by_id.get(id) {
            None => Err(not_found(format!("Identity '{id}' not found."))),
            Some(identity) if identity.linked || identity.disabled => Err(forbidden(id)),
            Some(_) => Ok(()),
        }
    }

    /// The identity of verified logins: the presented one where there is one, else the one that has a login, else a new one.
    /// Logins that were not linked to it are from now on; another identity that had one of them is merged into it and disabled. Only a
    /// presented guest gives way to an identity that already has the login.
    ///
    /// # Errors
    /// `ResourceNotFoundException`, `NotAuthorizedException` for an identity of others or a disabled one, `ResourceConflictException`
    /// where an identity would get a second login of one provider.
    pub(crate) fn resolve(
        &mut self,
        presented: Option<&str>,
        logins: &[Login],
        several_of: Option<&str>,
        new_id: impl FnOnce() -> String,
        now_ms: u64,
    ) -> Result<String, ServiceError> {
        let mut owners: Vec<String> = Vec::new();
        for owner in logins.iter().filter_map(|login| self.holder(&login.provider, &login.subject)) {
            if !owners.iter().any(|known| known == owner) {
                owners.push(owner.to_owned());
            }
        }
        let survivor = match presented {
            Some(id) => self.presented(id, &owners)?,
            None => owners.first().cloned().unwrap_or_else(new_id),
        };
        let mut merged: Vec<String> = owners.into_iter().filter(|owner| *owner != survivor).collect();
        merged.extend(presented.filter(|id| *id != survivor).map(str::to_owned));
        self.join(survivor, &merged, logins, several_of, now_ms)
    }

    /// Links logins to an identity that needs no proof.
    ///
    /// # Errors
    /// As [`Self::resolve`]; `ResourceConflictException` also where a login is another identity's.
    pub(crate) fn adopt(
        &mut self,
        id: &str,
        logins: &[Login],
        several_of: &str,
        now_ms: u64,
    ) -> Result<(), ServiceError> {
        let identity = self.by_id.get(id).ok_or_else(|| not_found(format!("Identity '{id}' not found.")))?;
        if identity.disabled {
            return Err(forbidden(id));
        }
        let mut holders = logins.iter().filter_map(|login| self.holder(&login.provider, &login.subject));
        if holders.any(|holder| holder != id) {
            return Err(conflict("A login is already linked to another identity."));
        }
        self.join(id.to_owned(), &[], logins, Some(several_of), now_ms).map(drop)
    }

    /// Moves the logins of some identities, and new ones, to one.
    fn join(
        &mut self,
        survivor: String,
        merged: &[String],
        logins: &[Login],
        several_of: Option<&str>,
        now_ms: u64,
    ) -> Result<String, ServiceError> {
        let held = |id: &String| self.by_id.get(id).map_or(&[][..], |identity| &identity.logins);
        let mut all: Vec<(String, String)> = held(&survivor).to_vec();
        let moved = merged.iter().flat_map(|id| held(id).iter().cloned());
        let brought = logins.iter().map(|login| (login.provider.clone(), login.subject.clone()));
        for login in moved.chain(brought) {
            if all.contains(&login) {
                continue;
            }
            if several_of != Some(login.0.as_str()) && all.iter().any(|(provider, _)| *provider == login.0) {
                return Err(conflict(format!(
                    "The identity already has a login of {}, and can't have another.",
                    login.0
                )));
            }
            all.push(login);
        }
        for id in merged {
            if let Some(identity) = self.by_id.get_mut(id).map(Row::edit) {
                identity.logins.clear();
                (identity.linked, identity.disabled, identity.modified_ms) = (true, true, now_ms);
            }
        }
        if !self.by_id.contains_key(&survivor) {
            self.add_guest(survivor.clone(), now_ms);
        }
        self.holders.extend(all.iter().map(|login| (login.clone(), survivor.clone())));
        if let Some(identity) = self.by_id.get_mut(&survivor).map(Row::edit) {
            if identity.logins != all {
                identity.modified_ms = now_ms;
            }
            (identity.logins, identity.linked) = (all, true);
        }
        Ok(survivor)
    }

    fn presented(&self, id: &str, owners: &[String]) -> Result<String, ServiceError> {
        let identity = self.by_id.get(id).ok_or_else(|| not_found(format!("Identity '{id}' not found.")))?;
        if identity.disabled {
            return Err(forbidden(id));
        }
        if !identity.linked {
            return Ok(owners.first().cloned().unwrap_or_else(|| id.to_owned()));
        }
        if owners.iter().any(|owner| owner == id) { Ok(id.to_owned()) } else { Err(no_match()) }
    }

    /// Moves the logins of an identity to another, which stays.
    ///
    /// # Errors
    /// `ResourceConflictException` where both have a login of one provider, or together more than an identity can have.
    pub(crate) fn merge(
        &mut self,
        source: &str,
        destination: &str,
        several_of: &str,
        now_ms: u64,
    ) -> Result<(), ServiceError> {
        let count = |id: &str| self.by_id.get(id).map_or(0, |identity| identity.logins.len());
        if count(source) + count(destination) > MOST_LOGINS {
            return Err(conflict(format!("The identity can't have more than {MOST_LOGINS} logins.")));
        }
        self.join(destination.to_owned(), &[source.to_owned()], &[], Some(several_of), now_ms).map(drop)
    }

    /// Takes one login away from an identity.
    pub(crate) fn unlink_subject(&mut self, id: &str, provider: &str, subject: &str, now_ms: u64) {
        self.holders.remove(&(provider.to_owned(), subject.to_owned()));
        if let Some(identity) = self.by_id.get_mut(id).map(Row::edit) {
            identity.logins.retain(|(other, name)| other != provider || name != subject);
            identity.modified_ms = now_ms;
        }
    }

    /// Takes logins of these providers away from an identity.
    pub(crate) fn unlink(&mut self, id: &str, providers: &[String], now_ms: u64) {
        self.holders.retain(|(provider, _), holder| holder != id || !providers.contains(provider));
        if let Some(identity) = self.by_id.get_mut(id).map(Row::edit) {
            identity.logins.retain(|(provider, _)| !providers.contains(provider));
            identity.modified_ms = now_ms;
        }
    }
}

impl Identity {
    pub(crate) fn is_disabled(&self) -> bool {
        self.disabled
    }

    /// Whether it never had a login.
    pub(crate) fn is_guest(&self) -> bool {
        !self.linked
    }

    /// The names of its providers, each once.
    pub(crate) fn providers(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.logins.iter().map(|(provider, _)| provider.as_str()).collect();
        names.dedup();
        names
    }

    /// Whom it is at a provider, in order.
    pub(crate) fn subjects(&self, provider: &str) -> Vec<&str> {
        let own = self.logins.iter().filter(|(name, _)| name == provider);
        let mut subjects: Vec<&str> = own.map(|(_, subject)| subject.as_str()).collect();
        subjects.sort_unstable();
        subjects
    }

    /// The shape `IdentityDescription`.
    pub(crate) fn describe(&self, id: &str) -> Value {
        json!({
            "IdentityId": id,
            "Logins": self.providers(),
            "CreationDate": epoch_seconds(self.created_ms),
            "LastModifiedDate": epoch_seconds(self.modified_ms),
        })
    }
}

/// None of the logins belongs to the identity.
pub(crate) fn no_match() -> ServiceError {
    not_authorized("Logins don't match. Please include at least one valid login for this identity or identity pool.")
}

pub(crate) fn conflict(text: impl Into<std::borrow::Cow<'static, str>>) -> ServiceError {
    ServiceError::new("ResourceConflictException", text)
}

fn forbidden(id: &str) -> ServiceError {
    not_authorized(format!("Access to Identity '{id}' is forbidden."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn login((provider, subject): (u8, u8)) -> Login {
        Login::new(format!("p{provider}"), format!("s{subject}"), "app".into())
    }

    proptest! {
        /// Whatever logins come in whatever order: a subject has one identity, an identity one subject of a provider, and a disabled
        /// identity has none and never answers again.
        #[test]
        fn every_subject_has_one_identity(steps in prop::collection::vec((prop::option::of(0_usize..6), prop::collection::vec((0_u8..3, 0_u8..3), 1..3)), 1..40)) {
            let mut identities = Identities::default();
            let mut ids = Vec::new();
            for (index, (pick, pairs)) in steps.into_iter().enumerate() {
                let new_id = format!("new {index}");
                if index % 3 == 0 {
                    identities.add_guest(format!("guest {index}"), 0);
                    ids.push(format!("guest {index}"));
                }
                let logins: Vec<Login> = pairs.iter().copied().map(login).collect();
                let presented = pick.and_then(|pick| ids.get(pick)).cloned();
                let was_disabled = presented.as_ref().is_some_and(|id| identities.get(id).is_some_and(Identity::is_disabled));
                let outcome = identities.resolve(presented.as_deref(), &logins, None, || new_id, 0);
                if let Ok(id) = outcome {
                    prop_assert!(!was_disabled);
                    for login in &logins {
                        prop_assert_eq!(identities.holder(&login.provider, &login.subject), Some(id.as_str()));
                    }
                    ids.push(id);
                }
                for (login, id) in &identities.holders {
                    prop_assert!(identities.by_id[id].logins.contains(login) && !identities.by_id[id].disabled);
                }
                for identity in identities.by_id.values() {
                    let names = identity.logins.iter().map(|(provider, _)| provider).collect::<std::collections::BTreeSet<_>>();
                    prop_assert_eq!(names.len(), identity.logins.len());
                    prop_assert!(identity.logins.iter().all(|login| identities.holders.contains_key(login)));
                }
            }
        }
    }
}
