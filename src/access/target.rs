//! Service and region of an AWS host (AWS: "AWS service endpoints").

/// The service's signing name and the region that a host tells; `None` if it is no host of AWS's, or tells no region.
pub(super) fn of_host(host: &str) -> Option<(&str, &str)> {
    let name = host.split(':').next()?;
    // Lambda function URLs have a domain of their own.
    if let Some(rest) = name.strip_suffix(".on.aws") {
        let (rest, region) = rest.rsplit_once('.')?;
        return rest.ends_with(".lambda-url").then_some(("lambda", region));
    }
    let rest =
        [".amazonaws.com", ".amazonaws.com.cn", ".amazonaws.eu"].iter().find_map(|end| name.strip_suffix(end))?;
    let (rest, region) = rest.rsplit_once('.')?;
    if !region.contains('-') {
        return None;
    }
    let rest = rest.strip_suffix(".dualstack").unwrap_or(rest);
    let service = rest.rsplit('.').next()?;
    Some((signing_name(service), region))
}

/// The name that a service signs by, where its host has another.
fn signing_name(host_name: &str) -> &str {
    match host_name.strip_suffix("-fips").unwrap_or(host_name) {
        "appsync-api" | "appsync-realtime-api" => "appsync",
        "iot" => "iotdata",
        "s3-accesspoint" => "s3",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::of_host;

    #[test]
    fn hosts_tell_service_and_region() {
        let cases = [
            ("a1b2.execute-api.eu-west-1.amazonaws.com", Some(("execute-api", "eu-west-1"))),
            ("my.bucket.s3.eu-west-1.amazonaws.com", Some(("s3", "eu-west-1"))),
            ("s3.cn-north-1.amazonaws.com.cn", Some(("s3", "cn-north-1"))),
            ("dynamodb.us-gov-west-1.amazonaws.com:443", Some(("dynamodb", "us-gov-west-1"))),
            ("x.appsync-api.eu-west-1.amazonaws.com", Some(("appsync", "eu-west-1"))),
            ("abc.lambda-url.eu-west-1.on.aws", Some(("lambda", "eu-west-1"))),
            ("bucket.s3.dualstack.us-east-1.amazonaws.com", Some(("s3", "us-east-1"))),
            ("s3-fips.dualstack.us-gov-east-1.amazonaws.com", Some(("s3", "us-gov-east-1"))),
            ("mine-123456789012.s3-accesspoint.eu-west-1.amazonaws.com", Some(("s3", "eu-west-1"))),
            ("dynamodb-fips.us-east-1.amazonaws.com", Some(("dynamodb", "us-east-1"))),
            ("maps.geo.eu-west-1.amazonaws.com", Some(("geo", "eu-west-1"))),
            // The region is not in the name: it is never guessed.
            ("bucket.s3.amazonaws.com", None),
            ("iam.amazonaws.com", None),
            ("api.example.com", None),
            ("evil.execute-api.eu-west-1.amazonaws.com.example.org", None),
        ];
        for (host, expected) in cases {
            assert_eq!(of_host(host), expected, "{host}");
        }
    }
}
