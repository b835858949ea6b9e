//! The rules of a pool about what `user_filter` holds.

use super::user_entries::By;
use super::user_filter::UserFilter;
use super::users::Place;
use super::{User, UserPool};

impl UserPool {
    /// The users behind a place whom a filter accepts, each with its own place.
    pub(crate) fn users_after<'a>(
        &'a mut self,
        filter: Option<&'a UserFilter>,
        place: Option<&'a Place>,
    ) -> Box<dyn Iterator<Item = (Place, &'a User)> + 'a> {
        let Some(filter) = filter else { return Box::new(self.users.all_after(place)) };
        let by = By::Attribute(filter.attribute);
        let users = self.users.with_prefix_after(&self.settings, by, &filter.value, place);
        // The whole value comes before what it is a prefix of.
        Box::new(users.take_while(|(place, _)| filter.accepts(&place.value)))
    }
}
