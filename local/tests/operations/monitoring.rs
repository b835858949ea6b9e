//! Risk configurations, log delivery, rates and the signing certificate: they are kept and given back.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::world::{POOL, WEB, World};

fn risk(more: Value) -> Value {
    let mut body = more;
    body["UserPoolId"] = json!(POOL);
    body
}

#[test]
fn ip_ranges_are_kept_for_the_pool_and_for_clients() {
    let world = World::new();
    let describe = |more: Value| world.ok("DescribeRiskConfiguration", risk(more))["RiskConfiguration"].take();
    assert_eq!(describe(json!({})), json!({ "UserPoolId": POOL }));
    let exceptions = json!({ "BlockedIPRangeList": ["10.10.10.10/32"], "SkippedIPRangeList": ["2001:db8::/32"] });
    let set = world.ok("SetRiskConfiguration", risk(json!({ "RiskExceptionConfiguration": exceptions })));
    assert_eq!(set["RiskConfiguration"]["RiskExceptionConfiguration"], exceptions);
    assert_eq!(describe(json!({})), set["RiskConfiguration"]);
    let client = json!({ "ClientId": WEB });
    assert_eq!(describe(client.clone()), json!({ "UserPoolId": POOL, "ClientId": WEB }));
    let own = json!({ "ClientId": WEB, "RiskExceptionConfiguration": { "BlockedIPRangeList": ["10.0.0.0/8"] } });
    let own = world.ok("SetRiskConfiguration", risk(own));
    assert_eq!(describe(client), own["RiskConfiguration"]);
    let reset = world.ok("SetRiskConfiguration", risk(json!({})));
    assert_eq!(reset["RiskConfiguration"]["RiskExceptionConfiguration"], Value::Null);
}

#[test]
fn responses_need_threat_protection() {
    let world = World::new();
    let responses = json!({ "CompromisedCredentialsRiskConfiguration": { "Actions": { "EventAction": "BLOCK" } } });
    assert_eq!(world.err("SetRiskConfiguration", risk(responses)).0, "UserPoolAddOnNotEnabledException");
    let range = json!({ "RiskExceptionConfiguration": { "BlockedIPRangeList": ["10.10.10.10"] } });
    assert_eq!(world.err("SetRiskConfiguration", risk(range)).0, "InvalidParameterException");
    for operation in ["SetRiskConfiguration", "DescribeRiskConfiguration"] {
        assert_eq!(world.err(operation, risk(json!({ "ClientId": "nothing" }))).0, "ResourceNotFoundException");
    }
}

#[test]
fn logs_have_a_level_and_one_destination() {
    let world = World::new();
    let group = json!({ "LogGroupArn": "arn:aws:logs:eu-west-1:000000000000:log-group:x" });
    let bucket = json!({ "BucketArn": "arn:aws:s3:::bucket" });
    let log = |source: &str, level: &str, more: Value| {
        let mut log = more;
        (log["EventSource"], log["LogLevel"]) = (json!(source), json!(level));
        log
    };
    let good = log("userNotification", "ERROR", json!({ "CloudWatchLogsConfiguration": group }));
    let set = |logs: Value| json!({ "UserPoolId": POOL, "LogConfigurations": logs });
    let kept = world.ok("SetLogDeliveryConfiguration", set(json!([good])))["LogDeliveryConfiguration"].take();
    assert_eq!(kept, json!({ "UserPoolId": POOL, "LogConfigurations": [good] }));
    for (logs, kind) in [
        (json!([good, good]), "InvalidParameterException"),
        (json!([log("userNotification", "ERROR", json!({}))]), "InvalidParameterException"),
        (
            json!([log("userNotification", "INFO", json!({ "CloudWatchLogsConfiguration": group }))]),
            "InvalidParameterException",
        ),
        (json!([log("userNotification", "ERROR", json!({ "S3Configuration": bucket }))]), "InvalidParameterException"),
        (json!([log("userAuthEvents", "ERROR", json!({ "S3Configuration": bucket }))]), "InvalidParameterException"),
        (
            json!([log(
                "userAuthEvents",
                "INFO",
                json!({ "S3Configuration": bucket, "CloudWatchLogsConfiguration": group })
            )]),
            "InvalidParameterException",
        ),
        (
            json!([log("userAuthEvents", "INFO", json!({ "S3Configuration": bucket }))]),
            "FeatureUnavailableInTierException",
        ),
    ] {
        assert_eq!(world.err("SetLogDeliveryConfiguration", set(logs.clone())).0, kind, "{logs}");
    }
    let get =
        || world.ok("GetLogDeliveryConfiguration", json!({ "UserPoolId": POOL }))["LogDeliveryConfiguration"].take();
    assert_eq!(get(), kept);
    world.ok("SetLogDeliveryConfiguration", set(json!([])));
    assert_eq!(get()["LogConfigurations"], json!([]));
    let plus = world.ok("CreateUserPool", json!({ "PoolName": "p", "UserPoolTier": "PLUS" }))["UserPool"]["Id"].take();
    let events = json!([log(
        "userAuthEvents",
        "INFO",
        json!({ "FirehoseConfiguration": {
        "StreamArn": "arn:aws:firehose:eu-west-1:000000000000:deliverystream/x",
    } })
    )]);
    let body = json!({ "UserPoolId": plus, "LogConfigurations": events });
    assert_eq!(world.ok("SetLogDeliveryConfiguration", body)["LogDeliveryConfiguration"]["LogConfigurations"], events);
}

#[test]
fn rates_are_kept_by_region() {
    let world = World::new();
    let of = |category: &str| json!({ "LimitClass": "API_CATEGORY", "Attributes": { "Category": category } });
    let get = |region: &str| {
        let reply =
            world.call_in(region, "GetProvisionedLimit", json!({ "LimitDefinition": of("UserAuthentication") }));
        reply.body["Limit"].clone()
    };
    let free =
        json!({ "LimitDefinition": of("UserAuthentication"), "ProvisionedLimitValue": 120, "FreeLimitValue": 120 });
    assert_eq!(get("eu-west-1"), free);
    let set = |value: i64| json!({ "LimitDefinition": of("UserAuthentication"), "RequestedLimitValue": value });
    let raised = world.ok("UpdateProvisionedLimit", set(500))["Limit"].take();
    assert_eq!((&raised["ProvisionedLimitValue"], &raised["FreeLimitValue"]), (&json!(500), &json!(120)));
    assert_eq!((get("eu-west-1"), get("us-east-1")), (raised, free));
    assert_eq!(world.err("UpdateProvisionedLimit", set(119)).0, "InvalidParameterException");
    assert_eq!(world.err("UpdateProvisionedLimit", set(1_000_000)).0, "ServiceQuotaExceededException");
    for (operation, more) in
        [("GetProvisionedLimit", json!({})), ("UpdateProvisionedLimit", json!({ "RequestedLimitValue": 500 }))]
    {
        let mut body = more;
        body["LimitDefinition"] = of("Nothing");
        assert_eq!(world.err(operation, body.clone()).0, "ResourceNotFoundException");
        body["LimitDefinition"]["Attributes"] = json!({});
        assert_eq!(world.err(operation, body).0, "InvalidParameterException");
    }
}

/// The certificate is an X.509 one of RSA, self-signed: `openssl x509` and Python's cryptography read it (tests/interop).
#[test]
fn a_pool_has_one_signing_certificate() {
    let world = World::new();
    let get = |pool: &Value| world.ok("GetSigningCertificate", json!({ "UserPoolId": pool }))["Certificate"].take();
    let certificate = get(&json!(POOL));
    let der = STANDARD.decode(certificate.as_str().unwrap()).unwrap();
    assert_eq!(der[0], 0x30);
    assert_eq!(usize::from(der[2]) * 256 + usize::from(der[3]) + 4, der.len());
    assert_eq!(get(&json!(POOL)), certificate);
    let other = world.ok("CreateUserPool", json!({ "PoolName": "p" }))["UserPool"]["Id"].take();
    assert_ne!(get(&other), certificate);
}
