//! The service and region that an AWS host names (AWS: "AWS service endpoints").
//!
//! Most hosts begin with the name that the service signs by. [`NAMES`] has the others. A test holds the reading against
//! the endpoints of all of botocore's clients (`tests/native/aws_hosts.rs`).

use crate::config::is_region;

/// What AWS's service hosts end in, in all partitions.
const SUFFIXES: &str = "amazonaws.com amazonaws.com.cn amazonaws.eu api.aws on.aws api.amazonwebservices.com.cn \
    api.amazonwebservices.eu c2s.ic.gov sc2s.sgov.gov cloud.adc-e.uk csp.hci.ic.gov";

/// Hosts whose services sign by another name: how the host ends before its region, and the name. An end that begins with
/// a dot or a dash needs something before it. The first that fits counts. Without a name the host belongs to several
/// services.
const NAMES: &str = "\
    jobs.iot=iot-jobs-data tunneling.iot=IoTSecuredTunneling acm-acme=acm aos=es appconfigdata=appconfig \
    appstream2=appstream appsync-api=appsync appsync-realtime-api=appsync \
    arc-recovery-control-config=route53-recovery-control-config \
    arc-region-switch-control-plane=arc-region-switch bedrock-agent=bedrock bedrock-data-automation=bedrock \
    cassandra-streams=cassandra -chime=chime cloudhsmv2=cloudhsm cloudsearchdomain=cloudsearch \
    cloudwatch-omni=cloudwatch contact-lens=connect ddb=dynamodb -dynamodb=dynamodb efs=elasticfilesystem \
    email=ses eventsv2=events forecastquery=forecast iam-toolbox=iam iot-tunneling=IoTSecuredTunneling \
    .iot=iotdata ivsrealtime=ivs kafka-api=kafka kinesis-queues=kinesis -kinesis=kinesis \
    -lakeformation=lakeformation lambda-url=lambda -lex=lex -logs=logs mail-manager=ses maps.geo= \
    marketplace=aws-marketplace -marketplace=aws-marketplace -medical-imaging=medical-imaging memory-db=memorydb \
    migrationhub-config=mgh neptune=neptune-db oidc=sso-oauth -omics=omics participant-connect=execute-api \
    participant.connect=execute-api partnercentral-prm=partnercentral personalize-events=personalize \
    sms-voice.pinpoint=sms-voice pinpoint=mobiletargeting places.geo= -rekognition=rekognition routes.geo= \
    servicecatalog-appregistry=servicecatalog -servicediscovery=servicediscovery -signer=signer \
    -states=states timestream-ingest=timestream timestream-query=timestream \
    transcribestreaming=transcribe wellarchitected-agent=wellarchitected";

/// The service's signing name and the region, if the host names them.
pub(super) fn of_host(host: &str) -> (Option<&str>, Option<&str>) {
    let name = host.split(':').next().unwrap_or_default();
    let below = |suffix: &str| name.strip_suffix(suffix)?.strip_suffix('.');
    let Some(mut rest) = SUFFIXES.split(' ').find_map(below) else { return (None, None) };
    let (mut front, mut last) = pop(rest);
    if matches!(last, "aws-global" | "global" | "us-gov") {
        rest = front;
        (front, last) = pop(rest);
    }
    let old_s3 = last.strip_prefix("s3-").filter(|region| is_region(region));
    let (_, second) = pop(front);
    let (service, region) = if is_region(last) {
        (front, Some(last))
    } else if old_s3.is_some() {
        ("s3", old_s3)
    } else if is_region(second) {
        (last, Some(second))
    } else {
        (rest, None)
    };
    (signing_name(service), region)
}

/// The parts before and after the last dot.
fn pop(name: &str) -> (&str, &str) {
    name.rsplit_once('.').unwrap_or(("", name))
}

/// The name that a service signs by, from its host without region and suffix.
fn signing_name(host: &str) -> Option<&str> {
    let mut rest = host;
    for end in [".dualstack", "-fips", "-runtime", "-control"] {
        rest = rest.strip_suffix(end).unwrap_or(rest);
    }
    let own_name = |entry: &'static str| {
        let (end, name) = entry.split_once('=')?;
        let front = rest.strip_suffix(end)?;
        let joins = matches!(end.bytes().next(), Some(b'.' | b'-'));
        (joins || front.is_empty() || front.ends_with('.')).then_some(name)
    };
    let (_, label) = pop(rest);
    let name = match NAMES.split(' ').find_map(own_name) {
        Some(name) => name,
        None if label.starts_with("s3express-") => "s3express",
        None if label.starts_with("s3-") && !matches!(label, "s3-object-lambda" | "s3-outposts") => "s3",
        None => label,
    };
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::of_host;

    #[test]
    fn hosts_tell_service_and_region() {
        for (host, service, region) in [
            ("a1b2.execute-api.eu-west-1.amazonaws.com", "execute-api", "eu-west-1"),
            ("my.bucket.s3.eu-west-1.amazonaws.com", "s3", "eu-west-1"),
            ("s3.cn-north-1.amazonaws.com.cn", "s3", "cn-north-1"),
            ("dynamodb.us-gov-west-1.amazonaws.com:443", "dynamodb", "us-gov-west-1"),
            ("123456789012.ddb.us-east-1.amazonaws.com", "dynamodb", "us-east-1"),
            ("x.appsync-api.eu-west-1.amazonaws.com", "appsync", "eu-west-1"),
            ("x.appsync-realtime-api.eu-west-1.amazonaws.com", "appsync", "eu-west-1"),
            ("abc.lambda-url.eu-west-1.on.aws", "lambda", "eu-west-1"),
            ("data-svc-1.2abc.vpc-lattice-svcs.us-west-2.on.aws", "vpc-lattice-svcs", "us-west-2"),
            ("x-ats.iot.eu-west-1.amazonaws.com", "iotdata", "eu-west-1"),
            ("x.jobs.iot.eu-west-1.amazonaws.com", "iot-jobs-data", "eu-west-1"),
            ("transcribestreaming.us-east-1.amazonaws.com:8443", "transcribe", "us-east-1"),
            // The region before the service.
            ("search-x.eu-west-1.es.amazonaws.com", "es", "eu-west-1"),
            ("x.eu-west-1.aoss.amazonaws.com", "aoss", "eu-west-1"),
            ("x.aos.eu-west-1.on.aws", "es", "eu-west-1"),
            // Every form of S3's.
            ("bucket.s3-us-west-2.amazonaws.com", "s3", "us-west-2"),
            ("bucket.s3.dualstack.us-east-1.amazonaws.com", "s3", "us-east-1"),
            ("s3-fips.dualstack.us-gov-east-1.amazonaws.com", "s3", "us-gov-east-1"),
            ("mine-123456789012.s3-accesspoint.eu-west-1.amazonaws.com", "s3", "eu-west-1"),
            ("123456789012.s3-control.eu-west-1.amazonaws.com", "s3", "eu-west-1"),
            ("b--use1-az4--x-s3.s3express-use1-az4.us-east-1.amazonaws.com", "s3express", "us-east-1"),
            ("mine-123456789012.s3-object-lambda.eu-west-1.amazonaws.com", "s3-object-lambda", "eu-west-1"),
            ("ap-123456789012.op-01.s3-outposts.eu-west-1.amazonaws.com", "s3-outposts", "eu-west-1"),
            ("s3.us-iso-east-1.c2s.ic.gov", "s3", "us-iso-east-1"),
        ] {
            assert_eq!(of_host(host), (Some(service), Some(region)), "{host}");
        }
    }

    #[test]
    fn service_and_region_are_not_guessed_from_unknown_hosts() {
        for (host, service) in [
            ("bucket.s3.amazonaws.com", Some("s3")),
            ("bucket.s3-accelerate.amazonaws.com", Some("s3")),
            ("bucket.s3-accelerate.dualstack.amazonaws.com", Some("s3")),
            ("iam.amazonaws.com", Some("iam")),
            ("iam.global.api.aws", Some("iam")),
            ("route53.us-gov.amazonaws.com", Some("route53")),
            ("api.example.com", None),
            ("evil.execute-api.eu-west-1.amazonaws.com.example.org", None),
            ("execute-api.eu-west-1.evilamazonaws.com", None),
            ("amazonaws.com", None),
            ("", None),
        ] {
            assert_eq!(of_host(host), (service, None), "{host}");
        }
        // Amazon Location's second version signs by another name than its first, at the same hosts.
        assert_eq!(of_host("maps.geo.eu-west-1.amazonaws.com"), (None, Some("eu-west-1")));
    }
}
