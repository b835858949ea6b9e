//! The service and region that hosts name, beside the endpoints of all of botocore's clients.

use poolpass::access::SignRequest;
use serde_json::Value;

use crate::identity::tab;
use crate::stage::{Stage, Tab, WEB, block_on};

/// Hosts of Amazon Location: its first version signs by `geo`, its second by these names at the same hosts.
const SHARED_HOSTS: [&str; 4] = ["geo", "geo-maps", "geo-places", "geo-routes"];
/// Services with one region for all, whose hosts name another. The call or a rule has to say it.
const OTHER_REGION: [&str; 2] = ["health", "sustainability"];
/// Hosts without a suffix of AWS's service hosts.
const OTHER_DOMAIN: [&str; 1] = ["signin"];

fn vectors() -> Value {
    serde_json::from_str(include_str!("../vectors/aws_hosts.json")).unwrap()
}

/// Service and region in the signature of a request to this host, or the error's message.
fn signed_for(tab: &Tab, host: &str) -> Result<(String, String), String> {
    let input = SignRequest { url: format!("https://{host}/"), ..SignRequest::default() };
    let headers = block_on(tab.client.sign(&input)).map_err(|error| error.message().into_owned())?;
    let (_, authorization) = headers.last().unwrap();
    let scope: Vec<&str> = authorization.expose_secret().split(['/', ',']).collect();
    Ok((scope[3].to_owned(), scope[2].to_owned()))
}

fn region_of(host: &str) -> &'static str {
    match host {
        _ if host.ends_with(".cn") => "cn-northwest-1",
        _ if host.ends_with(".eu") => "eusc-de-east-1",
        _ => "ap-southeast-2",
    }
}

#[test]
fn every_host_of_botocores_clients_is_read_or_its_missing_part_is_named() {
    let stage = Stage::new(WEB);
    let tab = tab(&stage, "");
    let vectors = vectors();
    let mut read = 0;
    for (service, hosts) in vectors["hosts"].as_object().unwrap() {
        for host in hosts.as_array().unwrap() {
            let template = host.as_str().unwrap();
            let region = region_of(template);
            let host = template.replace('*', region);
            let found = signed_for(&tab, &host);
            let (is_shared, is_foreign) =
                (SHARED_HOSTS.contains(&service.as_str()), OTHER_DOMAIN.contains(&service.as_str()));
            match &found {
                Ok((_, found)) if OTHER_REGION.contains(&service.as_str()) && !template.contains('*') => {
                    assert_ne!(found, "us-east-1", "{host}");
                }
                Ok(found) => {
                    assert!(template.contains('*'), "{host}: a region that is not in the host");
                    assert_eq!(*found, (service.clone(), region.to_owned()), "{host}");
                    read += 1;
                }
                Err(message) if is_shared || is_foreign => assert!(message.starts_with("service is missing"), "{host}"),
                Err(message) => {
                    assert!(!template.contains('*'), "{host}: {message}");
                    assert!(message.starts_with("region is missing"), "{host}: {message}");
                }
            }
        }
    }
    assert!(vectors["clients"].as_u64().unwrap() > 430);
    assert!(read > 1500, "{read}");
}
