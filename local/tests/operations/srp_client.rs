//! A client's side of SRP, in the plainest form.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac as _};
use num_bigint::BigUint;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::sync::LazyLock;

use crate::world::{POOL, World};

static N: LazyLock<BigUint> = LazyLock::new(|| {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/vectors/srp_user.json");
    let vectors: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    number(vectors["group"]["N_hex"].as_str().unwrap())
});

/// One attempt to sign in.
pub(crate) struct SrpClient {
    pub(crate) pool: String,
    pub(crate) client: String,
    pub(crate) username: String,
    pub(crate) password: String,
    pub(crate) a: BigUint,
}

impl SrpClient {
    pub(crate) fn new(client: &str, username: &str, password: &str) -> Self {
        let a = BigUint::from_bytes_be(&Sha256::digest(format!("{username} {password}")));
        let [client, username, password] = [client, username, password].map(str::to_owned);
        Self { pool: POOL.into(), client, username, password, a }
    }

    pub(crate) fn start(&self) -> Value {
        json!({
            "AuthFlow": "USER_SRP_AUTH", "ClientId": self.client,
            "AuthParameters": { "USERNAME": self.username, "SRP_A": public_value(&self.a) },
        })
    }

    /// The answer to a challenge, at a time given as `TIMESTAMP`.
    pub(crate) fn answer(&self, challenge: &Value, timestamp: &str) -> Value {
        let text = |key: &str| challenge["ChallengeParameters"][key].as_str().unwrap();
        let user = text("USER_ID_FOR_SRP");
        let pool_name = self.pool.split_once('_').unwrap().1;
        let signature = sign(challenge, &self.a, [pool_name, user, &self.password], timestamp);
        json!({
            "ChallengeName": "PASSWORD_VERIFIER", "ClientId": self.client,
            "ChallengeResponses": {
                "USERNAME": user,
                "PASSWORD_CLAIM_SECRET_BLOCK": text("SECRET_BLOCK"),
                "PASSWORD_CLAIM_SIGNATURE": signature,
                "TIMESTAMP": timestamp,
            },
        })
    }

    /// Both steps; the request of the second.
    #[track_caller]
    pub(crate) fn challenged(&self, world: &World) -> Value {
        self.answer(&world.ok("InitiateAuth", self.start()), &now(world))
    }
}

/// A client's public value, in hexadecimal.
pub(crate) fn public_value(a: &BigUint) -> String {
    BigUint::from(2_u8).modpow(a, &N).to_str_radix(16)
}

/// What a server keeps of a password; the names are those that go into its hash.
pub(crate) fn verifier(salt: &BigUint, names_and_password: [&str; 3]) -> BigUint {
    BigUint::from(2_u8).modpow(&private_key(salt, names_and_password), &N)
}

/// `PASSWORD_CLAIM_SIGNATURE` for the parameters of a challenge.
pub(crate) fn sign(challenge: &Value, a: &BigUint, names_and_password: [&str; 3], timestamp: &str) -> String {
    let text = |key: &str| challenge["ChallengeParameters"][key].as_str().unwrap();
    let (g, public_b, salt) = (BigUint::from(2_u8), number(text("SRP_B")), number(text("SALT")));
    let u = hash(&[pad(&g.modpow(a, &N)), pad(&public_b)]);
    let x = private_key(&salt, names_and_password);
    let k = hash(&[pad(&N), pad(&g)]);
    let base = (&public_b + &*N * &k - &k * g.modpow(&x, &N)) % &*N;
    let secret = base.modpow(&(a + &u * &x), &N);
    let key = mac(&mac(&pad(&u), &[&pad(&secret)]), &[b"Caldera Derived Key\x01"]);
    let block = STANDARD.decode(text("SECRET_BLOCK")).unwrap();
    let [pool_name, user, _] = names_and_password.map(str::as_bytes);
    STANDARD.encode(mac(&key[..16], &[pool_name, user, &block, timestamp.as_bytes()]))
}

fn private_key(salt: &BigUint, [pool_name, user, password]: [&str; 3]) -> BigUint {
    hash(&[pad(salt), Sha256::digest(format!("{pool_name}{user}:{password}")).to_vec()])
}

/// The emulator's time as `TIMESTAMP`.
pub(crate) fn now(world: &World) -> String {
    use poolpass_local::core::Clock as _;
    timestamp(world.clock.now_ms())
}

pub(crate) fn timestamp(ms: u64) -> String {
    let time = chrono::DateTime::from_timestamp_millis(ms as i64).unwrap();
    time.format("%a %b %-d %H:%M:%S UTC %Y").to_string()
}

fn number(hex: &str) -> BigUint {
    BigUint::parse_bytes(hex.as_bytes(), 16).unwrap()
}

pub(crate) fn pad(number: &BigUint) -> Vec<u8> {
    let hex = number.to_str_radix(16);
    let hex = if hex.len() % 2 == 1 { format!("0{hex}") } else { hex };
    let hex = if hex.as_bytes()[0] >= b'8' { format!("00{hex}") } else { hex };
    (0..hex.len() / 2).map(|i| u8::from_str_radix(&hex[2 * i..2 * i + 2], 16).unwrap()).collect()
}

fn hash(parts: &[Vec<u8>]) -> BigUint {
    BigUint::from_bytes_be(&Sha256::digest(parts.concat()))
}

fn mac(key: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    parts.iter().for_each(|part| mac.update(part));
    mac.finalize().into_bytes().to_vec()
}
