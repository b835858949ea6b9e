//! State that is kept over restarts.

use poolpass_local::core::{Change, Config, Emulator, Keeper, ManualClock, Rows};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};

use crate::world::{PASSWORD, POOL, START_MS, WEB, World, password_flow};

/// A keeper in memory, which tests can look into and break.
#[derive(Clone, Default)]
struct Memory(Arc<Mutex<Inside>>);

#[derive(Default)]
struct Inside {
    rows: Rows,
    written: Vec<Vec<String>>,
    full: bool,
}

impl Memory {
    fn inside<T>(&self, look: impl FnOnce(&mut Inside) -> T) -> T {
        look(&mut self.0.lock().unwrap())
    }

    /// The rows, but for the count of starts.
    fn rows_but_starts(&self) -> Rows {
        self.inside(|inside| {
            inside.rows.iter().filter(|(key, _)| *key != "starts").map(|(k, v)| (k.clone(), v.clone())).collect()
        })
    }
}

impl Keeper for Memory {
    fn rows(&mut self) -> Result<Rows, String> {
        Ok(self.inside(|inside| inside.rows.clone()))
    }

    fn write(&mut self, changes: &[Change]) -> Result<(), String> {
        self.inside(|inside| {
            if inside.full {
                return Err("no space left".into());
            }
            inside.written.push(changes.iter().map(|(key, _)| key.clone()).collect());
            for (key, value) in changes {
                match value {
                    Some(value) => drop(inside.rows.insert(key.clone(), value.clone())),
                    None => assert!(inside.rows.remove(key).is_some(), "{key} was not there"),
                }
            }
            Ok(())
        })
    }

    fn replace(&mut self, rows: &Rows) -> Result<(), String> {
        self.inside(|inside| inside.rows.clone_from(rows));
        Ok(())
    }
}

/// Asserts that the rows of an emulator make the same rows again. Every test of this suite ends with this, so that what any operation
/// makes is read back. Credentials are left out: they need the roles of their configuration.
pub(crate) fn assert_survives(emulator: &Emulator) {
    let mut rows = emulator.rows();
    rows.retain(|key, _| !key.starts_with("credentials\n"));
    let memory = Memory::default();
    memory.inside(|inside| inside.rows.clone_from(&rows));
    let clock = ManualClock::new(START_MS);
    let restarted =
        Emulator::new(Config::default(), clock, None).with_keeper(memory).expect("rows that are understood");
    let again = restarted.rows();
    for (key, value) in &rows {
        // The time that was set is kept as a distance to a clock, which is another one here.
        assert_eq!(Some(value), again.get(key), "{key}");
    }
    assert_eq!(rows.len(), again.len());
}

fn start(memory: &Memory, clock: &ManualClock) -> World {
    let emulator = Emulator::new(Config::default(), clock.clone(), Some(1)).with_keeper(memory.clone()).unwrap();
    World { emulator, clock: clock.clone() }
}

/// What every operation shows that shows something of the built-in pool and of a user.
fn everything(world: &World, user: &str) -> Vec<(String, Value)> {
    let pool = json!({ "UserPoolId": POOL });
    let with = |more: Value| {
        let mut body = pool.clone();
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    };
    let mut asked: Vec<(&str, Value)> = vec![
        ("ListUserPools", json!({ "MaxResults": 60 })),
        ("DescribeUserPool", pool.clone()),
        ("GetUserPoolMfaConfig", pool.clone()),
        ("ListUserPoolClients", pool.clone()),
        ("ListGroups", pool.clone()),
        ("ListUsers", pool.clone()),
        ("ListIdentityProviders", pool.clone()),
        ("ListResourceServers", with(json!({ "MaxResults": 50 }))),
        ("AdminGetUser", with(json!({ "Username": user }))),
        ("AdminListGroupsForUser", with(json!({ "Username": user }))),
        ("GetUICustomization", pool.clone()),
        ("DescribeRiskConfiguration", pool.clone()),
        ("GetLogDeliveryConfiguration", pool.clone()),
        ("GetSigningCertificate", pool.clone()),
    ];
    for client in world.ok("ListUserPoolClients", pool.clone())["UserPoolClients"].as_array().unwrap() {
        asked.push(("DescribeUserPoolClient", with(json!({ "ClientId": client["ClientId"] }))));
    }
    for provider in world.ok("ListIdentityProviders", pool.clone())["Providers"].as_array().unwrap() {
        asked.push(("DescribeIdentityProvider", with(json!({ "ProviderName": provider["ProviderName"] }))));
    }
    asked.into_iter().map(|(operation, body)| (operation.to_owned(), world.ok(operation, body))).collect()
}

#[test]
fn what_was_made_is_there_after_a_restart_and_tokens_stay_good() {
    let (memory, clock) = (Memory::default(), ManualClock::new(START_MS));
    let world = start(&memory, &clock);
    world.ok("CreateGroup", json!({ "UserPoolId": POOL, "GroupName": "made", "Precedence": 3 }));
    let client = world.client(json!({ "GenerateSecret": true, "CallbackURLs": ["https://example.com/"] }));
    world.ok(
        "SignUp",
        json!({
            "ClientId": WEB, "Username": "nina", "Password": PASSWORD,
            "UserAttributes": [{ "Name": "email", "Value": "nina@example.com" }],
        }),
    );
    let code = world.code("nina@example.com");
    let tokens = world.sign_in(WEB, "alice", PASSWORD);
    let challenge = world.ok("InitiateAuth", password_flow(WEB, "dave", "Temporary-1!"));
    let (shown, rows) = (everything(&world, "nina"), world.emulator.rows());
    assert_eq!(memory.rows_but_starts(), rows, "what was written bit by bit is the whole");

    let world = start(&memory, &clock);
    assert_eq!(everything(&world, "nina"), shown);
    assert_eq!(world.emulator.rows(), rows);
    let secret = world.ok("DescribeUserPoolClient", json!({ "UserPoolId": POOL, "ClientId": client }));
    assert!(secret["UserPoolClient"]["ClientSecret"].is_string());
    assert_eq!(world.control("GET", "inbox", Value::Null)["messages"], json!([]), "the inbox is not kept");
    world.ok("GetUser", json!({ "AccessToken": tokens["AccessToken"] }));
    let refresh = json!({ "REFRESH_TOKEN": tokens["RefreshToken"] });
    let refresh = json!({ "AuthFlow": "REFRESH_TOKEN_AUTH", "ClientId": WEB, "AuthParameters": refresh });
    let fresh = world.ok("InitiateAuth", refresh)["AuthenticationResult"]["AccessToken"].take();
    assert_ne!(fresh, tokens["AccessToken"], "a seed gives nothing a second time");
    world.ok("ConfirmSignUp", json!({ "ClientId": WEB, "Username": "nina", "ConfirmationCode": code }));
    world.sign_in(WEB, "nina", PASSWORD);
    world.ok(
        "RespondToAuthChallenge",
        json!({
            "ChallengeName": "NEW_PASSWORD_REQUIRED", "ClientId": WEB, "Session": challenge["Session"],
            "ChallengeResponses": { "USERNAME": "dave", "NEW_PASSWORD": "Another-Horse7!" },
        }),
    );
    world.ok("GlobalSignOut", json!({ "AccessToken": fresh }));

    let world = start(&memory, &clock);
    world.err("GetUser", json!({ "AccessToken": tokens["AccessToken"] }));
    world.sign_in(WEB, "dave", "Another-Horse7!");
}

#[test]
fn a_request_writes_only_what_it_changed() {
    let (memory, clock) = (Memory::default(), ManualClock::new(START_MS));
    let world = start(&memory, &clock);
    let written = |world: &World, operation: &str, body: Value| {
        memory.inside(|inside| inside.written.clear());
        world.ok(operation, body);
        memory.inside(|inside| inside.written.concat())
    };
    let alice = json!({ "UserPoolId": POOL, "Username": "alice" });
    assert_eq!(written(&world, "AdminDisableUser", alice.clone()), [format!("user\n{POOL}\nalice")]);
    for read in ["AdminGetUser", "AdminListGroupsForUser"] {
        assert_eq!(written(&world, read, alice.clone()), Vec::<String>::new(), "{read}");
    }
    let group = json!({ "UserPoolId": POOL, "GroupName": "made" });
    assert_eq!(written(&world, "CreateGroup", group), [format!("group\n{POOL}\nmade")]);
    let rows = written(&world, "InitiateAuth", password_flow(WEB, "bob", "Battery-Staple8?"));
    let tables: Vec<&str> = rows.iter().filter_map(|key| key.split('\n').next()).collect();
    assert_eq!(tables, ["grant", "refreshToken"]);
}

#[test]
fn reset_goes_back_to_the_configuration_and_forgets_the_rest() {
    let (memory, clock) = (Memory::default(), ManualClock::new(START_MS));
    let world = start(&memory, &clock);
    let pools = |world: &World| world.ok("ListUserPools", json!({ "MaxResults": 60 }))["UserPools"].take();
    let configured = pools(&world);
    world.ok("CreateUserPool", json!({ "PoolName": "other" }));
    world.control("POST", "clock", json!({ "advanceSeconds": 5 }));
    world.control("POST", "reset", json!({}));
    assert_eq!(memory.rows_but_starts(), world.emulator.rows());
    let world = start(&memory, &clock);
    assert_eq!(pools(&world), configured);
    world.sign_in(WEB, "alice", PASSWORD);
}

#[test]
fn a_moved_clock_and_rolled_keys_are_kept() {
    let (memory, clock) = (Memory::default(), ManualClock::new(START_MS));
    let world = start(&memory, &clock);
    let jwks = |world: &World| world.send("GET", &format!("/{POOL}/.well-known/jwks.json"), "").body;
    let first = jwks(&world);
    world.control("POST", "keys", json!({ "roll": true }));
    world.control("POST", "clock", json!({ "advanceSeconds": 86_400 }));
    let rolled = jwks(&world);
    assert_ne!(first, rolled);
    let world = start(&memory, &clock);
    assert_eq!(jwks(&world), rolled);
    assert_eq!(world.control("GET", "clock", Value::Null)["offsetMs"], 86_400_000);
}

#[test]
fn what_cannot_be_kept_has_not_happened() {
    let (memory, clock) = (Memory::default(), ManualClock::new(START_MS));
    let world = start(&memory, &clock);
    memory.inside(|inside| inside.full = true);
    let group = json!({ "UserPoolId": POOL, "GroupName": "made" });
    let reply = world.call("CreateGroup", group.clone());
    assert_eq!((reply.http.status, reply.text("__type").as_str()), (500, "InternalErrorException"));
    assert!(reply.text("message").contains("no space left"));
    world.err("GetGroup", group.clone());
    world.ok("AdminGetUser", json!({ "UserPoolId": POOL, "Username": "alice" }));
    memory.inside(|inside| inside.full = false);
    world.ok("CreateGroup", group.clone());
    start(&memory, &clock).ok("GetGroup", group);
}

#[test]
fn a_row_that_is_not_understood_is_named() {
    let (memory, clock) = (Memory::default(), ManualClock::new(START_MS));
    drop(start(&memory, &clock));
    let key = format!("user\n{POOL}\nalice");
    memory.inside(|inside| inside.rows.insert(key, "{}".into()));
    let refused = Emulator::new(Config::default(), clock, None).with_keeper(memory).err().unwrap();
    assert!(refused.contains(&format!("user {POOL} alice: missing field")), "{refused}");
}

/// serde leaves a member out of what it writes without a word. Whatever is kept must not have such a member.
#[test]
fn nothing_that_is_kept_is_left_out_of_what_is_written() {
    let source = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/core");
    let mut left = ["directory", "directory/providers", "identity_pools", "iam", "srp", "totp", "webauthn"]
        .map(|room| source.join(room));
    let mut seen = 0;
    for room in &mut left {
        for file in std::fs::read_dir(room).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_none_or(|ending| ending != "rs") {
                continue;
            }
            seen += 1;
            let text = std::fs::read_to_string(&path).unwrap();
            for line in text.lines().filter(|line| line.contains("serde(")) {
                let words: Vec<&str> = line.split(|letter: char| !letter.is_alphanumeric() && letter != '_').collect();
                for silent in ["skip", "skip_serializing", "skip_deserializing", "serialize", "deserialize"] {
                    assert!(!words.contains(&silent), "{}: {line}", path.display());
                }
            }
        }
    }
    assert!(seen > 60, "{seen}");
}
