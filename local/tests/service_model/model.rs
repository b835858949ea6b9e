//! AWS's service models, and what the emulator has of them.

use poolpass_local::core::{Config, Emulator, HttpRequest, ManualClock};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// One of the services: the name of its files, and what `X-Amz-Target` begins with.
pub(crate) struct Service {
    pub(crate) name: &'static str,
    target: &'static str,
}

pub(crate) const USER_POOLS: Service = Service { name: "cognito-idp", target: "AWSCognitoIdentityProviderService" };
pub(crate) const IDENTITY_POOLS: Service = Service { name: "cognito-identity", target: "AWSCognitoIdentityService" };

/// One operation of the model.
pub(crate) struct Operation {
    pub(crate) signed: bool,
    /// Whether it takes an access token.
    pub(crate) by_token: bool,
    pub(crate) errors: BTreeSet<String>,
}

impl Service {
    pub(crate) fn operations(&self) -> BTreeMap<String, Operation> {
        let mut model: Value = serde_json::from_str(&read(&format!("{}.json", self.name))).unwrap();
        let Value::Object(operations) = model["operations"].take() else { panic!("no operations") };
        let shapes = model["shapes"].take();
        let operation = |value: Value| Operation {
            by_token: shapes[value["input"].as_str().unwrap_or_default()]["members"].get("AccessToken").is_some(),
            signed: value["signed"] == true,
            errors: value["errors"].as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect(),
        };
        operations.into_iter().map(|(name, value)| (name, operation(value))).collect()
    }

    /// The operations that the emulator does not call unknown.
    pub(crate) fn present(&self) -> BTreeSet<String> {
        let emulator = Emulator::new(Config::default(), ManualClock::new(1_762_419_903_000), Some(1));
        let is_present = |name: &String| {
            let scope = format!("Credential=AKIDEXAMPLE/20251106/eu-west-1/{}/aws4_request", self.name);
            let signature = "0".repeat(64);
            let headers = [
                ("Content-Type", "application/x-amz-json-1.1".to_owned()),
                ("X-Amz-Target", format!("{}.{name}", self.target)),
                ("Host", "localhost:9400".into()),
                ("Authorization", format!("AWS4-HMAC-SHA256 {scope}, SignedHeaders=host, Signature={signature}")),
            ];
            let headers = headers.map(|(name, value)| (name.to_owned(), value)).to_vec();
            let request = HttpRequest { method: "POST".into(), target: "/".into(), headers, body: "{}".into() };
            let body = emulator.handle(request).body;
            !String::from_utf8_lossy(&body).contains("UnknownOperationException")
        };
        self.operations().into_keys().filter(is_present).collect()
    }
}

/// A list of reasons: by service, then by operation.
pub(crate) fn reasons<T: serde::de::DeserializeOwned>(file: &str) -> BTreeMap<String, BTreeMap<String, T>> {
    toml::from_str(&read(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn read(file: &str) -> String {
    let path = format!("{}/model/{file}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}
