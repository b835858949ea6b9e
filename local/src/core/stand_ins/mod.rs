//! Stand-ins for identity providers as data: their kinds, test people, what people agreed to, and what tokens prove.

mod kind;
mod login;
mod people;
mod store;

pub(crate) use kind::{Door, Kind};
pub(crate) use login::{is_social_login, login, open_id_claims};
pub(crate) use people::{PEOPLE, Person};
pub(crate) use store::{Consent, StandIns, TOKEN_S};

/// Where they live.
pub(crate) const PREFIX: &str = "/_poolpass/providers/";

/// The address of a stand-in, also its issuer or entity ID.
pub(crate) fn address(base: &str, name: &str) -> String {
    format!("{base}{PREFIX}{name}")
}
