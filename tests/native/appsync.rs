//! AppSync's addresses and sub-protocols against those that Amplify makes.

use poolpass::appsync::{Purpose, header_protocol, realtime_url, signed_url};
use poolpass::secret::Secret;
use serde_json::Value;

fn vectors() -> Value {
    serde_json::from_str(include_str!("../vectors/appsync.json")).unwrap()
}

#[test]
fn real_time_addresses_agree() {
    let vectors = vectors();
    let cases = vectors["realtime_urls"].as_array().unwrap();
    for case in cases {
        let endpoint = case["endpoint"].as_str().unwrap();
        // Amplify forces wss, also on this machine.
        let expected = match endpoint.strip_prefix("http://") {
            Some(_) => case["realtime_url"].as_str().unwrap().replace("wss://", "ws://"),
            None => case["realtime_url"].as_str().unwrap().to_owned(),
        };
        assert_eq!(realtime_url(endpoint).as_deref(), Some(expected.as_str()));
    }
    assert_eq!(cases.len(), 8);
    assert_eq!(realtime_url("nonsense"), None);
}

#[test]
fn sub_protocols_agree() {
    let vectors = vectors();
    let cases = vectors["subprotocols"].as_array().unwrap();
    for case in cases {
        // The members in their order.
        let text = case["header_json"].as_str().unwrap();
        let json = poolpass::json::Value::parse(text).unwrap();
        let headers: Vec<(String, Secret<String>)> = json
            .members()
            .unwrap()
            .iter()
            .map(|(name, value)| (name.clone(), Secret::from(value.as_str().unwrap())))
            .collect();
        assert_eq!(
            header_protocol(&headers).expose_secret(),
            case["subprotocols"][1].as_str().unwrap(),
            "{}",
            case["name"]
        );
    }
    assert_eq!(cases.len(), 5);
}

#[test]
fn a_connection_is_signed_for_an_address_of_its_own() {
    let graphql = "https://x.appsync-api.eu-west-1.amazonaws.com/graphql";
    assert_eq!(signed_url(graphql, Purpose::Connect), [graphql, "/connect"].concat());
    assert_eq!(signed_url(graphql, Purpose::Message), graphql);
    let event = "https://x.appsync-api.eu-west-1.amazonaws.com/event";
    for purpose in [Purpose::Connect, Purpose::Message, Purpose::Http] {
        assert_eq!(signed_url(event, purpose), event);
    }
}
