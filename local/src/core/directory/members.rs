//! Who is in which group.

use super::user_entries::By;
use super::users::Place;
use super::{User, UserPool};

impl UserPool {
    /// Takes a group away, and its members out of it: whether there was one.
    pub(crate) fn remove_group(&mut self, name: &str) -> bool {
        let members: Vec<String> = self.members_after(name, None).map(|(_, user)| user.username.clone()).collect();
        for username in members {
            if let Some(user) = self.find_mut(&username) {
                user.groups.retain(|group| group != name);
            }
        }
        self.groups.remove(name).is_some()
    }

    /// The users behind a place who are in a group, each with its own place.
    pub(crate) fn members_after<'a>(
        &'a mut self,
        group: &'a str,
        place: Option<&'a Place>,
    ) -> impl Iterator<Item = (Place, &'a User)> {
        let users = self.users.with_prefix_after(&self.settings, By::Group, group, place);
        users.take_while(move |(place, _)| place.value == group)
    }
}
