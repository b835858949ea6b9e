//! What is remembered of a browser behind its cookie.

use std::collections::{BTreeMap, HashMap};

use crate::core::directory::{Attempt, MfaFactor, Proof, SentCode};

/// The life of the cookie, and of a sign-in in it (Developer Guide, "Managed login": "valid for 1 hour").
pub(crate) const LIFE_MS: u64 = 60 * 60 * 1000;
/// So many are remembered; then the ones that expire first are forgotten.
const MOST: usize = 10_000;
/// So many steps may be under way in one browser, each in a tab of its own.
const MOST_STEPS: usize = 16;

/// One browser.
#[derive(Clone)]
pub(crate) struct Browser {
    /// What every form post must carry.
    csrf: String,
    expires_ms: u64,
    /// By pool.
    sessions: BTreeMap<String, Session>,
    /// By the query of the page: what the person has to do next there.
    steps: BTreeMap<String, Step>,
}

/// Someone who is signed in to a pool in this browser.
#[derive(Clone)]
pub(crate) struct Session {
    /// The internal user name.
    pub(crate) username: String,
    pub(crate) signed_in_ms: u64,
    /// What was proven; nothing here where another identity provider did that.
    pub(crate) proof: Proof,
    pub(crate) expires_ms: u64,
    /// The id of the session, where the pool tracks sessions.
    pub(crate) sso: Option<String>,
}

/// What a person has to do between pages.
#[derive(Clone)]
pub(crate) enum Step {
    /// Enter the code that was sent after signing up.
    Confirm {
        login: String,
        /// The sign-in that this ends in, if the password was right.
        signs_in: Option<Attempt>,
    },
    /// Enter the address that codes of a second factor shall go to.
    MfaAddress { attempt: Attempt, factor: MfaFactor },
    /// Choose a second factor, to be asked for or to be set up.
    MfaChoice { attempt: Attempt, choices: Vec<MfaFactor>, sets_up: bool },
    /// Enter a code of the second factor: the one that was sent, or one of the app.
    MfaCode { attempt: Attempt, factor: MfaFactor, sent: Option<SentCode>, tries: u32 },
    /// Choose another password than the temporary one.
    NewPassword { attempt: Attempt },
    /// Use a passkey; the challenge is in base64url.
    Passkey { challenge: String, expires_ms: u64 },
    /// Enter the code that was sent for a forgotten password.
    Reset { login: String, sent_to: String },
    /// Set up an authenticator app with this secret.
    TotpSetUp { attempt: Attempt, secret: String },
}

/// All browsers, by cookie.
#[derive(Clone, Default)]
pub(crate) struct Browsers(HashMap<String, Browser>);

impl Browsers {
    /// The first cookie that is one of these and has not expired.
    pub(super) fn known<'a>(&self, mut cookies: impl Iterator<Item = &'a str>, now_ms: u64) -> Option<String> {
        cookies.find(|id| self.0.get(*id).is_some_and(|browser| now_ms < browser.expires_ms)).map(str::to_owned)
    }

    pub(super) fn add(&mut self, id: String, csrf: String, now_ms: u64) {
        self.0.retain(|_, browser| now_ms < browser.expires_ms);
        if self.0.len() >= MOST {
            let oldest = self.0.iter().min_by_key(|(_, browser)| browser.expires_ms).map(|(id, _)| id.clone());
            oldest.and_then(|id| self.0.remove(&id));
        }
        let expires_ms = now_ms.saturating_add(LIFE_MS);
        self.0.insert(id, Browser { csrf, expires_ms, sessions: BTreeMap::new(), steps: BTreeMap::new() });
    }

    /// Gives a browser another cookie, as every sign-in does: one that someone planted before is then worth nothing.
    pub(super) fn rename(&mut self, old: &str, new: String, expires_ms: u64) {
        if let Some(mut browser) = self.0.remove(old) {
            browser.expires_ms = browser.expires_ms.max(expires_ms);
            self.0.insert(new, browser);
        }
    }

    pub(super) fn get(&self, id: &str) -> Option<&Browser> {
        self.0.get(id)
    }

    pub(super) fn get_mut(&mut self, id: &str) -> Option<&mut Browser> {
        self.0.get_mut(id)
    }

    pub(super) fn remove(&mut self, id: &str) {
        self.0.remove(id);
    }
}

impl Browser {
    /// How long the cookie still lives, in seconds.
    pub(super) fn seconds_left(&self, now_ms: u64) -> u64 {
        self.expires_ms.saturating_sub(now_ms) / 1000
    }

    /// Everyone who is signed in, by pool.
    pub(super) fn sessions(&self) -> &BTreeMap<String, Session> {
        &self.sessions
    }

    pub(super) fn csrf(&self) -> &str {
        &self.csrf
    }

    /// Who is signed in to a pool.
    pub(super) fn session(&self, pool_id: &str, now_ms: u64) -> Option<&Session> {
        self.sessions.get(pool_id).filter(|session| now_ms < session.expires_ms)
    }

    pub(super) fn sign_in(&mut self, pool_id: &str, session: Session) {
        self.sessions.insert(pool_id.to_owned(), session);
    }

    pub(super) fn step(&self, query: &str) -> Option<&Step> {
        self.steps.get(query)
    }

    pub(super) fn set_step(&mut self, query: &str, step: Option<Step>) {
        match step {
            None => drop(self.steps.remove(query)),
            Some(step) => {
                if self.steps.len() >= MOST_STEPS && !self.steps.contains_key(query) {
                    self.steps.pop_first();
                }
                self.steps.insert(query.to_owned(), step);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_has_a_bound() {
        let mut browsers = Browsers::default();
        for number in 0..MOST as u64 + 10 {
            browsers.add(format!("cookie {number}"), String::new(), number);
        }
        assert_eq!(browsers.0.len(), MOST);
        assert!(browsers.get("cookie 0").is_none() && browsers.get("cookie 10009").is_some());
        let browser = browsers.get_mut("cookie 10009").unwrap();
        for number in 0..100 {
            browser.set_step(&format!("{number:03}"), Some(Step::Confirm { login: String::new(), signs_in: None }));
        }
        assert_eq!(browser.steps.len(), MOST_STEPS);
        assert!(browser.step("099").is_some());
    }
}
