//! The rules of a pool about what `auth_events` holds.

use super::UserPool;
use super::auth_events::AuthEvent;

impl UserPool {
    /// Notes what a user did, where threat protection watches.
    pub(crate) fn note_event(&mut self, login: &str, event: AuthEvent) {
        if !self.settings.has_threat_protection() {
            return;
        }
        if let Some(user) = self.find_mut(login) {
            user.auth_events.0.push_front(event);
            user.auth_events.0.truncate(MOST);
        }
    }
}

/// So many events of a user are kept.
pub(super) const MOST: usize = 1000;
