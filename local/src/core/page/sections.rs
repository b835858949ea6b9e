//! The parts of the page.

use crate::core::directory::UserPool;
use crate::core::identity_pools::IdentityPool;
use crate::core::wire::date::readable;
use crate::core::wire::html::{escape, section, table};
use crate::core::world::faults::Faults;
use crate::core::world::inbox::{Inbox, Message};
use crate::core::world::journal::Journal;

const SHOWN_MESSAGES: usize = 20;
const SHOWN_REQUESTS: usize = 30;
const SHOWN_IDENTITIES: usize = 50;

pub(super) fn clock(now_ms: u64, offset_ms: i64) -> String {
    let offset =
        if offset_ms == 0 { "the real time".to_owned() } else { format!("{} from the real time", duration(offset_ms)) };
    let steps =
        [("+1 minute", 60), ("+5 minutes", 300), ("+1 hour", 3600), ("+1 day", 86_400), ("+30 days", 2_592_000)];
    let button = |(label, seconds)| format!("<button type=\"button\" data-advance=\"{seconds}\">{label}</button>");
    let buttons: String = steps.map(button).concat();
    let body = format!(
        "<p><time>{}</time> ({offset})</p><p class=\"buttons\">{buttons}<button type=\"button\" data-advance=\"reset\">real time</button></p>",
        readable(now_ms)
    );
    section("clock", "Clock", &body)
}

pub(super) fn inbox(inbox: &Inbox) -> String {
    let messages: String = inbox.to(None).take(SHOWN_MESSAGES).map(message).collect();
    let body = if messages.is_empty() {
        "<p class=\"empty\">No messages yet. Codes that Cognito would send by email or SMS appear here.</p>".to_owned()
    } else {
        format!("<ul class=\"inbox\">{messages}</ul>")
    };
    section("inbox", "Inbox", &body)
}

fn message(message: &Message) -> String {
    let code = message.code.as_deref().map(|code| format!("<strong class=\"code\">{}</strong>", escape(code)));
    let subject = message.subject.as_deref().unwrap_or("SMS");
    format!(
        "<li><p class=\"about\">{} · to {} · {}</p><p><b>{}</b></p><p>{}</p>{}</li>",
        readable(message.sent_at_ms),
        escape(&message.to),
        escape(&message.username),
        escape(subject),
        escape(&message.text),
        code.unwrap_or_default(),
    )
}

pub(super) fn pool(pool: &UserPool, now_ms: u64) -> String {
    let clients: Vec<Vec<String>> = pool
        .clients
        .iter()
        .map(|client| {
            let kind = if client.is_public() { "public" } else { "with a secret" };
            let rotation = if client.rotation_grace_ms().is_some() { "rotate" } else { "stay" };
            vec![client.settings.client_name.clone(), client.id.clone(), kind.into(), rotation.into()]
        })
        .collect();
    let users: Vec<Vec<String>> = pool
        .users()
        .map(|user| {
            let text = |name: &str| user.attributes.get(name).cloned().unwrap_or_default();
            let status =
                if user.enabled { user.status.name().to_owned() } else { format!("{}, disabled", user.status.name()) };
            let password = user.seed_password.clone().unwrap_or_else(|| match user.verifier {
                Some(_) => "(only its verifier is kept)".into(),
                None => "(none)".into(),
            });
            let code = user.totp.current(now_ms);
            let code = code.map_or_else(String::new, |(code, seconds)| format!("{code} (for {seconds} s)"));
            vec![
                user.username.clone(),
                text("email"),
                status,
                password,
                code,
                user.groups.join(", "),
                user.note.clone(),
            ]
        })
        .collect();
    let body = table("App clients", &["Name", "Client id", "Kind", "Refresh tokens"], &clients, "No app clients.")
        + &table(
            "Users",
            &["User name", "E-mail", "Status", "Password", "TOTP code", "Groups", "Note"],
            &users,
            "No users.",
        );
    section(&format!("pool-{}", pool.id), &format!("User pool {} ({})", pool.id, pool.settings.pool_name), &body)
}

pub(super) fn identity_pool(pool: &IdentityPool) -> String {
    let rows: Vec<Vec<String>> = pool
        .identities
        .iter()
        .take(SHOWN_IDENTITIES)
        .map(|(id, identity)| {
            let logins = match identity.providers() {
                _ if identity.is_disabled() => "none: merged into another identity and disabled".into(),
                _ if identity.is_guest() => "none: a guest".into(),
                providers if providers.is_empty() => "none left".into(),
                providers => providers.join(", "),
            };
            vec![id.to_owned(), logins]
        })
        .collect();
    let heading = format!("Identity pool {} ({})", pool.id, pool.settings.identity_pool_name);
    let body = table("Identities", &["Identity id", "Logins"], &rows, "No identities yet.");
    section(&format!("identities-{}", pool.id), &heading, &body)
}

pub(super) fn faults(faults: &Faults) -> String {
    if faults.waiting().is_empty() {
        return String::new();
    }
    let lines: String = faults
        .waiting()
        .iter()
        .map(|fault| format!("<li><code>{}</code></li>", escape(&serde_json::json!(fault).to_string())))
        .collect();
    section("faults", "Faults waiting for a request", &format!("<ul>{lines}</ul>"))
}

pub(super) fn requests(journal: &Journal) -> String {
    let rows: Vec<Vec<String>> = journal
        .log
        .iter()
        .rev()
        .take(SHOWN_REQUESTS)
        .map(|entry| {
            let client = entry.client_id.clone().unwrap_or_default();
            let outcome = entry
                .error_type
                .as_ref()
                .map_or_else(|| entry.status.to_string(), |name| format!("{} {name}", entry.status));
            vec![readable(entry.at_ms), entry.operation.clone(), outcome, client]
        })
        .collect();
    section(
        "requests",
        "Latest requests",
        &table("Newest first", &["Time", "Operation", "Reply", "Client id"], &rows, "No requests yet."),
    )
}

/// `+1 d 2 h 3 min`; what is zero is left out.
fn duration(ms: i64) -> String {
    let seconds = ms.unsigned_abs() / 1000;
    let parts = [(seconds / 86_400, "d"), (seconds / 3600 % 24, "h"), (seconds / 60 % 60, "min"), (seconds % 60, "s")];
    let shown: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, unit)| format!("{count} {unit}")).collect();
    let sign = if ms < 0 { "−" } else { "+" };
    if shown.is_empty() { "less than a second".into() } else { format!("{sign}{}", shown.join(" ")) }
}

#[cfg(test)]
mod tests {
    #[test]
    fn durations_leave_out_what_is_zero() {
        let shown = [3_600_000, -61_000, 90_000_000, 10].map(super::duration);
        assert_eq!(shown, ["+1 h", "−1 min 1 s", "+1 d 1 h", "less than a second"]);
    }
}
