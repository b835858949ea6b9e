//! Events in the form of the npm package, for this tab's listeners and for the other tabs: `{"event", "data"}`.

use poolpass::event::Event;
use poolpass::json::Writer;

use crate::output::{write_error_member, write_user};

pub(crate) fn json(event: &Event) -> Writer {
    let mut json = Writer::object();
    json.str("event", event.name());
    json.open("data");
    match event {
        Event::SignedIn(user) => write_user(&mut json, user),
        Event::CustomOAuthState(state) => json.value("customState", state),
        _ => {}
    }
    if let Some(error) = event.error() {
        write_error_member(&mut json, error);
    }
    json.close();
    json
}
