//! What one operation costs in a small pool and in a large one: `cargo bench -p poolpass-local`. Figures are printed, never judged.

use poolpass::secret::Secret;
use poolpass::srp::{Challenge, EphemeralKey, Identity};
use poolpass_local::core::{Config, Emulator, HttpRequest, ManualClock};
use serde_json::{Value, json};
use std::time::Instant;

const NOW_MS: u64 = 1_762_419_903_000;
const POOL: &str = "eu-west-1_Bench";
const PASSWORD: &str = "Correct-Horse7!";
/// Those who sign in have a password; the others come from a file.
const SIGNED: usize = 10;
const ROUNDS: usize = 40;

const CONFIG: &str = r#"
Region = "eu-west-1"
[[UserPool]]
Id = "eu-west-1_Bench"
PoolName = "bench"
AliasAttributes = ["email"]
AutoVerifiedAttributes = ["email"]
[[UserPool.Client]]
ClientId = "bench"
ClientName = "bench"
ExplicitAuthFlows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
"#;

struct Bench {
    emulator: Emulator,
    clock: ManualClock,
}

impl Bench {
    /// A pool with so many users.
    fn new(users: usize) -> Self {
        let clock = ManualClock::new(NOW_MS);
        let emulator = Emulator::new(Config::from_toml(CONFIG).expect("a configuration"), clock.clone(), Some(1));
        let bench = Self { emulator, clock };
        bench.import(users);
        for number in 0..SIGNED {
            let body = json!({
                "UserPoolId": POOL, "Username": name(number * users / SIGNED), "Password": PASSWORD, "Permanent": true,
            });
            bench.call("AdminSetUserPassword", &body);
        }
        bench
    }

    fn import(&self, users: usize) {
        let header = self.call("GetCSVHeader", &json!({ "UserPoolId": POOL }))["CSVHeader"].take();
        let header: Vec<&str> = header.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let mut file = header.join(",");
        for number in 0..users {
            let value = |column: &&str| match *column {
                "cognito:username" => name(number),
                "cognito:mfa_enabled" => "false".into(),
                "email" => format!("{}@example.com", name(number)),
                "email_verified" => "true".into(),
                _ => String::new(),
            };
            file += "\n";
            file += &header.iter().map(value).collect::<Vec<_>>().join(",");
        }
        let role = "arn:aws:iam::000000000000:role/logs";
        let body = json!({ "UserPoolId": POOL, "JobName": "bench", "CloudWatchLogsRoleArn": role });
        let job = self.call("CreateUserImportJob", &body)["UserImportJob"].take();
        let url = job["PreSignedUrl"].as_str().unwrap_or_default();
        let target = url.trim_start_matches("http://localhost:9400").to_owned();
        let request = HttpRequest { method: "PUT".into(), target, headers: Vec::new(), body: file.into() };
        assert_eq!(self.emulator.handle(request).status, 200);
        let of_job = json!({ "UserPoolId": POOL, "JobId": job["JobId"] });
        self.call("StartUserImportJob", &of_job);
        self.clock.advance(std::time::Duration::from_secs(1));
        let done = self.call("DescribeUserImportJob", &of_job);
        assert_eq!(done["UserImportJob"]["ImportedUsers"], users);
    }

    fn call(&self, operation: &str, body: &Value) -> Value {
        let scope = "20251106/eu-west-1/cognito-idp/aws4_request";
        let signature = "0".repeat(64);
        let authorization =
            format!("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/{scope}, SignedHeaders=host, Signature={signature}");
        let headers = [
            ("Content-Type", "application/x-amz-json-1.1".to_owned()),
            ("X-Amz-Target", format!("AWSCognitoIdentityProviderService.{operation}")),
            ("Host", "localhost:9400".to_owned()),
            ("Authorization", authorization),
        ];
        let headers = headers.map(|(name, value)| (name.to_owned(), value)).to_vec();
        let request = HttpRequest { method: "POST".into(), target: "/".into(), headers, body: body.to_string().into() };
        let reply = self.emulator.handle(request);
        assert_eq!(reply.status, 200, "{operation}: {}", String::from_utf8_lossy(&reply.body));
        serde_json::from_slice(&reply.body).unwrap_or_default()
    }

    fn sign_in(&self, user: &str) -> Value {
        let parameters = json!({ "USERNAME": user, "PASSWORD": PASSWORD });
        let body = json!({ "AuthFlow": "USER_PASSWORD_AUTH", "ClientId": "bench", "AuthParameters": parameters });
        self.call("InitiateAuth", &body)["AuthenticationResult"].take()
    }

    /// The emulator's part of a sign-in by SRP, in microseconds.
    fn sign_in_by_srp(&self, user: &str) -> u128 {
        let key = EphemeralKey::new(Secret::new(format!("{user:>32}").into_bytes())).expect("a key");
        let parameters = json!({ "USERNAME": user, "SRP_A": key.public_hex() });
        let body = json!({ "AuthFlow": "USER_SRP_AUTH", "ClientId": "bench", "AuthParameters": parameters });
        let (first, challenge) = timed(|| self.call("InitiateAuth", &body)["ChallengeParameters"].take());
        let text = |name: &str| challenge[name].as_str().unwrap_or_default();
        let identity = Identity { group: "Bench", user: text("USER_ID_FOR_SRP") };
        let given = Challenge { salt: text("SALT"), server_public: text("SRP_B"), secret_block: text("SECRET_BLOCK") };
        let password = Secret::new(PASSWORD.to_owned());
        let proof = key.prove(&identity, &password, &given, NOW_MS as i64).expect("a proof");
        let responses = json!({
            "USERNAME": identity.user, "PASSWORD_CLAIM_SECRET_BLOCK": given.secret_block,
            "PASSWORD_CLAIM_SIGNATURE": proof.signature, "TIMESTAMP": proof.timestamp,
        });
        let body =
            json!({ "ChallengeName": "PASSWORD_VERIFIER", "ClientId": "bench", "ChallengeResponses": responses });
        first + timed(|| self.call("RespondToAuthChallenge", &body)).0
    }

    /// Name and microseconds of each operation.
    fn figures(&self, users: usize) -> Vec<(&'static str, u128)> {
        let user = |round: usize| name(round % SIGNED * users / SIGNED);
        let tokens = self.sign_in(&user(0));
        let refresh = json!({
            "AuthFlow": "REFRESH_TOKEN_AUTH", "ClientId": "bench",
            "AuthParameters": { "REFRESH_TOKEN": tokens["RefreshToken"] },
        });
        let half = format!("username ^= \"{}\"", &name(users / 2)[..5]);
        let each = |work: &dyn Fn(usize) -> u128| median((0..ROUNDS).map(work).collect());
        let call = |operation: &'static str, body: &dyn Fn(usize) -> Value| {
            each(&|round| {
                let body = body(round);
                timed(|| self.call(operation, &body)).0
            })
        };
        vec![
            ("ListUsers, 60 of all", call("ListUsers", &|_| json!({ "UserPoolId": POOL }))),
            (
                "ListUsers by email",
                call(
                    "ListUsers",
                    &|round| json!({ "UserPoolId": POOL, "Filter": format!("email = \"{}@example.com\"", user(round)) }),
                ),
            ),
            ("ListUsers by prefix", call("ListUsers", &|_| json!({ "UserPoolId": POOL, "Filter": half }))),
            (
                "AdminGetUser by name",
                call("AdminGetUser", &|round| json!({ "UserPoolId": POOL, "Username": user(round) })),
            ),
            (
                "AdminGetUser by alias",
                call(
                    "AdminGetUser",
                    &|round| json!({ "UserPoolId": POOL, "Username": format!("{}@example.com", user(round)) }),
                ),
            ),
            ("GetUser", call("GetUser", &|_| json!({ "AccessToken": tokens["AccessToken"] }))),
            ("Tokens by refresh", call("InitiateAuth", &|_| refresh.clone())),
            ("Sign-in, USER_PASSWORD_AUTH", each(&|round| timed(|| self.sign_in(&user(round))).0)),
            ("Sign-in, USER_SRP_AUTH", each(&|round| self.sign_in_by_srp(&user(round)))),
        ]
    }
}

fn name(number: usize) -> String {
    format!("user{number:06}")
}

/// What work takes, in microseconds, and what comes of it.
fn timed<T>(work: impl FnOnce() -> T) -> (u128, T) {
    let start = Instant::now();
    let done = work();
    (start.elapsed().as_micros(), done)
}

fn median(mut figures: Vec<u128>) -> u128 {
    figures.sort_unstable();
    figures[figures.len() / 2]
}

fn main() {
    let (small, large) = (100, 100_000);
    let figures = [small, large].map(|users| Bench::new(users).figures(users));
    println!("| operation | {small} users | {large} users |\n|---|---|---|");
    for ((operation, few), (_, many)) in figures[0].iter().zip(&figures[1]) {
        println!("| {operation} | {:.2} ms | {:.2} ms |", *few as f64 / 1000.0, *many as f64 / 1000.0);
    }
}
