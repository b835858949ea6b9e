//! S3: what pages of other origins may do is the bucket's to say.

use poolpass_local::core::{Config, HttpRequest, HttpResponse, SEED};

use crate::dynamodb_world::Caller;
use crate::s3_world::{WELCOME, code};
use crate::world::World;

fn preflight(world: &World, target: &str, headers: &[(&str, &str)]) -> HttpResponse {
    let headers = headers.iter().chain([&("Host", "localhost:9400")]);
    let headers = headers.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    world.emulator.handle(HttpRequest { method: "OPTIONS".into(), target: target.into(), headers, body: Vec::new() })
}

#[test]
fn the_sample_bucket_is_open_to_all_pages() {
    let world = World::new();
    let asked = [
        ("Origin", "http://localhost:5173"),
        ("Access-Control-Request-Method", "PUT"),
        ("Access-Control-Request-Headers", "authorization,x-amz-content-sha256,x-amz-date"),
    ];
    let reply = preflight(&world, WELCOME, &asked);
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("Access-Control-Allow-Origin"), Some("*"));
    assert_eq!(reply.header("Access-Control-Allow-Methods"), Some("GET, HEAD, PUT, DELETE"));
    assert_eq!(reply.header("Access-Control-Allow-Headers"), Some("authorization, x-amz-content-sha256, x-amz-date"));
    assert_eq!(reply.header("Access-Control-Max-Age"), Some("3000"));
    let guest = Caller::guest(&world);
    for (method, status) in [("GET", 200), ("PUT", 403)] {
        let reply = guest.s3(method, WELCOME, &[("origin", "http://localhost:5173")], "");
        assert_eq!(reply.status, status);
        assert_eq!(reply.header("Access-Control-Allow-Origin"), Some("*"), "errors can be read, too");
        let exposed = reply.header("Access-Control-Expose-Headers").unwrap();
        assert!(exposed.contains("ETag") && exposed.contains("Date"), "{exposed}");
    }
    assert_eq!(guest.s3("GET", WELCOME, &[], "").header("Access-Control-Allow-Origin"), None);
}

#[test]
fn a_rule_lets_through_what_it_names() {
    let rules = r#"AllowedOrigins = ["*"]
AllowedMethods = ["GET", "HEAD", "PUT", "DELETE"]
AllowedHeaders = ["*"]"#;
    assert!(SEED.contains(rules));
    let narrow = r#"AllowedOrigins = ["https://*.example.com"]
AllowedMethods = ["GET"]
AllowedHeaders = ["x-amz-*"]"#;
    let world = World::with(Config::from_toml(&SEED.replace(rules, narrow)).unwrap());
    let ask = |origin: &str, method: &str, headers: &str| {
        let asked = [
            ("Origin", origin),
            ("Access-Control-Request-Method", method),
            ("Access-Control-Request-Headers", headers),
        ];
        preflight(&world, WELCOME, &asked)
    };
    let good = ask("https://app.example.com", "GET", "X-Amz-Date");
    assert_eq!(good.header("Access-Control-Allow-Origin"), Some("https://app.example.com"));
    assert_eq!(good.header("Access-Control-Allow-Credentials"), Some("true"));
    for (origin, method, headers) in [
        ("https://example.org", "GET", "x-amz-date"),
        ("https://app.example.com", "PUT", "x-amz-date"),
        ("https://app.example.com", "GET", "x-amz-date, authorization"),
    ] {
        let refused = ask(origin, method, headers);
        assert_eq!((refused.status, code(&refused).as_str()), (403, "AccessForbidden"), "{origin} {method} {headers}");
        assert_eq!(refused.header("Access-Control-Allow-Origin"), None);
    }
    let guest = Caller::guest(&world);
    let other = guest.s3("GET", WELCOME, &[("origin", "https://example.org")], "");
    assert_eq!(
        (other.status, other.header("Access-Control-Allow-Origin")),
        (200, None),
        "the work is done, the page can't read it"
    );
    assert_eq!(preflight(&world, WELCOME, &[]).status, 400);
}

#[test]
fn other_paths_keep_their_own_rules() {
    let world = World::new();
    let asked = [("Origin", "http://localhost:5173"), ("Access-Control-Request-Method", "POST")];
    assert_eq!(preflight(&world, "/", &asked).header("Access-Control-Allow-Methods"), Some("POST, GET"));
}

#[test]
fn wrong_buckets_are_refused_at_the_start() {
    let with = |from: &str, to: &str| {
        assert!(SEED.contains(from), "{from}");
        Config::from_toml(&SEED.replace(from, to)).err().map(|error| error.to_string()).unwrap_or_default()
    };
    let bucket = "Bucket = \"poolpass-notes\"";
    for (from, to, word) in [
        (bucket, "Bucket = \"graphql\"", "something else at this address"),
        (bucket, "Bucket = \"login\"", "something else at this address"),
        (bucket, "Bucket = \"Notes\"", "lower-case"),
        (bucket, "Bucket = \"ab\"", "3 to 63"),
        ("Key = \"shared/welcome.txt\"", "Key = \"\"", "a Key has 1 to 1024 bytes"),
        ("AllowedMethods = [\"GET\", \"HEAD\"", "AllowedMethods = [\"GET\", \"PATCH\"", "Unsupported method is PATCH"),
        ("ExposeHeaders = [\"ETag\"", "ExposeHeaders = [\"*\"", "wildcard"),
        ("MaxAgeSeconds = 3000", "MaxAge = 3000", "MaxAge"),
        ("TableName = \"Notes\"", "TableName = \"N\"", "greater than or equal to 3"),
        ("KeyType = \"RANGE\"", "KeyType = \"HASH\"", "may have a RANGE key after it"),
        ("AttributeType = \"S\" }]", "AttributeType = \"X\" }]", "enum value set"),
        ("BillingMode = \"PAY_PER_REQUEST\"", "BillingMode = \"PROVISIONED\"", "can only be PAY_PER_REQUEST"),
        ("id = { S = \"welcome\" }", "id = { N = \"1\" }", "Type mismatch for key id"),
        ("id = { S = \"welcome\" }", "title2 = { S = \"x\" }", "Missing the key id"),
    ] {
        let text = with(from, to);
        assert!(text.contains(word), "{to}: {text}");
    }
}
