//! The indexes of users, held against looking at every user.

use proptest::prelude::*;
use serde_json::json;

use super::providers::{Identity, ProviderKind};
use super::user_entries::alias_in_force;
use super::{PoolSettings, User, UserFilter, UserPool, UserStatus};

const NAMES: [&str; 6] = ["ann", "Ann", "bob", "a@b.c", "sub of ann", "zoë"];
const ADDRESSES: [&str; 4] = ["a@b.c", "A@b.c", "x@y.z", "ann"];
const GROUPS: [&str; 3] = ["g", "g2", "h"];
const STATES: [UserStatus; 3] = [UserStatus::Confirmed, UserStatus::Unconfirmed, UserStatus::ExternalProvider];
const FILTERS: [&str; 9] = [
    "",
    r#"username = "ann""#,
    r#"username ^= "a""#,
    r#"email = "a@B.c""#,
    r#"email ^= "A""#,
    r#"preferred_username ^= """#,
    r#"cognito:user_status = "confirmed""#,
    r#"status = "Enabled""#,
    r#"sub ^= "SUB""#,
];

/// One thing that is done to a pool.
#[derive(Clone, Debug)]
enum Step {
    Add { name: usize, email: usize, state: usize },
    Change { name: usize, change: Change },
    Remove { name: usize },
}

#[derive(Clone, Debug)]
enum Change {
    Disable,
    Email(usize),
    Group(usize),
    Identity(usize),
    Leave,
    PreferredUsername(usize),
    State(usize),
    Verified(bool),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let change = prop_oneof![
        Just(Change::Disable),
        (0..ADDRESSES.len()).prop_map(Change::Email),
        (0..GROUPS.len()).prop_map(Change::Group),
        (0..NAMES.len()).prop_map(Change::Identity),
        Just(Change::Leave),
        (0..ADDRESSES.len()).prop_map(Change::PreferredUsername),
        (0..STATES.len()).prop_map(Change::State),
        any::<bool>().prop_map(Change::Verified),
    ];
    let names = 0..NAMES.len();
    let step = prop_oneof![
        3 => (names.clone(), 0..ADDRESSES.len(), 0..STATES.len())
            .prop_map(|(name, email, state)| Step::Add { name, email, state }),
        5 => (names.clone(), change).prop_map(|(name, change)| Step::Change { name, change }),
        1 => names.prop_map(|name| Step::Remove { name }),
    ];
    prop::collection::vec(step, 1..40)
}

fn apply(pool: &mut UserPool, step: &Step) {
    match step {
        Step::Add { name, email, state } => {
            let name = NAMES[*name];
            let mut user = User::new(name.into(), format!("sub of {name}"), STATES[*state], 0);
            user.attributes.insert("email".into(), ADDRESSES[*email].into());
            // Refusals are the business of other tests.
            let _ = pool.add_user(user);
        }
        Step::Remove { name } => pool.remove_user(NAMES[*name]),
        Step::Change { name, change } => {
            let Some(user) = pool.find_mut(NAMES[*name]) else { return };
            let mut set = |name: &str, value: &str| user.attributes.insert(name.into(), value.into());
            match change {
                Change::Disable => user.enabled = false,
                Change::Email(index) => drop(set("email", ADDRESSES[*index])),
                Change::Group(index) => user.groups.push(GROUPS[*index].into()),
                Change::Identity(index) => user.identities.push(identity(NAMES[*index])),
                Change::Leave => user.groups.clear(),
                Change::PreferredUsername(index) => drop(set("preferred_username", ADDRESSES[*index])),
                Change::State(index) => user.status = STATES[*index],
                Change::Verified(yes) => drop(set("email_verified", if *yes { "true" } else { "false" })),
            }
        }
    }
}

fn identity(user_id: &str) -> Identity {
    Identity {
        provider_name: "p".into(),
        provider_kind: ProviderKind::Oidc,
        user_id: user_id.into(),
        attribute: None,
        issuer: None,
        primary: false,
        created_ms: 0,
    }
}

fn pool(settings: serde_json::Value) -> UserPool {
    let settings: PoolSettings = serde_json::from_value(settings).unwrap();
    UserPool::new("eu-west-1_Scan".into(), settings.checked().unwrap(), 0)
}

/// Everything that the pool can be asked, answered by its indexes and by looking at every user.
fn check(pool: &mut UserPool) -> Result<(), TestCaseError> {
    let all: Vec<User> = pool.users().cloned().collect();
    let names = |users: Vec<&User>| users.into_iter().map(|user| user.username.clone()).collect::<Vec<_>>();
    let sorted = |mut users: Vec<String>| {
        users.sort();
        users
    };
    let key = |text: &str| pool.settings.user_key(text);
    let is_local = |user: &User| user.status != UserStatus::ExternalProvider;
    let holds = |user: &User, attribute: &String, login: &str| {
        user.attributes.get(attribute).is_some_and(|value| key(value) == key(login))
    };
    for login in NAMES.into_iter().chain(ADDRESSES).chain(["sub of bob", "sub of Ann"]) {
        let answers = |user: &&User| {
            let by_alias = |name: &&String| alias_in_force(user, name) && holds(user, name, login);
            let by_address = |name: &&String| is_local(user) && holds(user, name, login);
            pool.settings.alias_attributes.iter().any(|name| by_alias(&name))
                || pool.settings.username_attributes.iter().any(|name| by_address(&name))
        };
        let by_name = all.iter().find(|user| key(&user.username) == key(login));
        let by_login = || all.iter().filter(answers).min_by_key(|user| &user.username);
        let by_sub = || all.iter().find(|user| user.sub == login && is_local(user));
        let expected = by_name.or_else(by_login).or_else(by_sub).map(|user| &user.username);
        prop_assert_eq!(pool.find(login).map(|user| &user.username), expected, "{}", login);

        let email = "email".to_owned();
        for except in NAMES {
            let holder = all.iter().filter(|user| user.username != except && holds(user, &email, login));
            let is_alias = pool.settings.alias_attributes.contains(&email);
            let expected = holder.clone().any(|user| is_alias && alias_in_force(user, "email"));
            prop_assert_eq!(pool.alias_holder("email", login, except).is_some(), expected);
            let is_name = pool.settings.username_attributes.contains(&email);
            let expected = holder.clone().any(|user| is_name && is_local(user));
            prop_assert_eq!(pool.username_holder("email", login, except).is_some(), expected);
        }
        let known = all.iter().filter(|user| user.identities.iter().any(|identity| identity.user_id == login));
        prop_assert_eq!(names(pool.with_identity("p", login)), sorted(names(known.collect())));
    }
    for group in GROUPS {
        let expected = all.iter().filter(|user| user.groups.iter().any(|own| own == group)).collect();
        let members = pool.members_after(group, None).map(|(_, user)| user.username.clone()).collect();
        prop_assert_eq!(sorted(members), sorted(names(expected)), "{}", group);
    }
    for text in FILTERS {
        let filter = UserFilter::parse(text).unwrap();
        let expected = all.iter().filter(|user| filter.as_ref().is_none_or(|filter| accepts(text, filter, user)));
        let expected = sorted(names(expected.collect()));
        // One user a page.
        let (mut seen, mut place) = (Vec::new(), None);
        loop {
            let next = pool.users_after(filter.as_ref(), place.as_ref()).next();
            let Some((next, name)) = next.map(|(next, user)| (next, user.username.clone())) else { break };
            seen.push(name);
            place = Some(next);
        }
        prop_assert_eq!(sorted(seen), expected, "{}", text);
    }
    Ok(())
}

fn accepts(text: &str, filter: &UserFilter, user: &User) -> bool {
    let held = |name: &str| user.attributes.get(name).cloned();
    let value = match text.split(' ').next().unwrap() {
        "username" => Some(user.username.clone()),
        "sub" => Some(user.sub.to_lowercase()),
        "status" => Some(if user.enabled { "Enabled" } else { "Disabled" }.into()),
        "cognito:user_status" => Some(user.status.name().to_lowercase()),
        name => held(name).map(|value| value.to_lowercase()),
    };
    value.is_some_and(|value| filter.accepts(&value))
}

proptest! {
    #[test]
    fn indexes_find_what_a_scan_finds(steps in steps(), kind in 0_usize..4) {
        let mut pool = pool([
            json!({ "PoolName": "p", "AliasAttributes": ["email", "preferred_username"] }),
            json!({ "PoolName": "p", "AliasAttributes": ["email"], "UsernameConfiguration": { "CaseSensitive": false } }),
            json!({ "PoolName": "p", "UsernameAttributes": ["email"], "UsernameConfiguration": { "CaseSensitive": false } }),
            json!({ "PoolName": "p" }),
        ][kind].clone());
        let shown = |pool: &UserPool| pool.users().map(|user| user.user_type(|_| true)).collect::<Vec<_>>();
        let (mut copy, mut before) = (pool.clone(), shown(&pool));
        for (at, step) in steps.iter().enumerate() {
            if at == steps.len() / 2 {
                (copy, before) = (pool.clone(), shown(&pool));
            }
            apply(&mut pool, step);
            check(&mut pool)?;
        }
        // What has happened since is not seen in a copy.
        prop_assert_eq!(shown(&copy), before);
        check(&mut copy)?;
    }
}
