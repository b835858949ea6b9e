"""Writes tests/vectors/aws_hosts.json: the hosts of all of botocore's clients, by the name that each one's requests are signed by.

Every operation's endpoint is resolved by botocore's rule sets, in every public partition, with and without dual stack and FIPS. Takes some
minutes. Hosts are written with `*` for the region that they are
signed for; without one it is not in the host.
"""

import collections
import json
import pathlib
import re
import sys

import botocore
import botocore.session
from botocore.config import Config
from botocore.exceptions import BotoCoreError
from jmespath.exceptions import JMESPathError

OUTPUT = pathlib.Path(__file__).parents[2] / "vectors" / "aws_hosts.json"

PLAIN, DUAL, FIPS = {}, {"use_dualstack_endpoint": True}, {"use_fips_endpoint": True}
VARIANTS = [("us-east-1", PLAIN), ("us-east-1", DUAL), ("us-east-1", FIPS), ("us-east-1", DUAL | FIPS)]
VARIANTS += [(region, PLAIN) for region in ("us-west-2", "cn-north-1", "us-gov-west-1", "eusc-de-east-1")]
VARIANTS += [("cn-north-1", DUAL), ("eusc-de-east-1", DUAL)]

# What some rule sets want to know of a request.
PARAMETERS = {"Bucket": "bucket", "AccountId": "123456789012", "StreamARN": "arn:aws:kinesis:us-east-1:123456789012:stream/x"}


def endpoint(client, name):
    """Host, signing name and region of an operation; None where there is no endpoint, or no signature of version 4."""
    operation = client.meta.service_model.operation_model(name)
    members = operation.input_shape.members if operation.input_shape else {}
    given = {member: value for member, value in PARAMETERS.items() if member in members}
    context = {"client_region": client.meta.region_name, "client_config": client.meta.config, "has_streaming_input": False, "auth_type": operation.auth_type}
    try:
        url, _, _ = client._resolve_endpoint_ruleset(operation, given, context)
    except (BotoCoreError, JMESPathError):
        return None
    if context["auth_type"] in ("none", "bearer") or client.meta.service_model.signature_version == "v2":
        return None
    signing, signer = context.get("signing") or {}, client._request_signer
    prefix = re.sub(r"\{[^}]*\}", "x", (operation.endpoint or {}).get("hostPrefix", ""))
    host = prefix + re.sub(r"^https?://", "", url).split("/")[0]
    return host, signing.get("signing_name") or signer._signing_name, signing.get("region") or signer._region_name


def main():
    session = botocore.session.Session()
    session.set_credentials("AKIDEXAMPLE", "secret")
    services = session.get_available_services()
    found = collections.defaultdict(set)
    for service in services:
        print(service, file=sys.stderr)
        for region, settings in VARIANTS:
            client = session.create_client(service, region_name=region, config=Config(**settings))
            for name in client.meta.service_model.operation_names:
                resolved = endpoint(client, name)
                if not resolved:
                    continue
                host, signing_name, signing_region = resolved
                found[signing_name].add(host.replace(signing_region, "*"))
    document = {
        "source": f"botocore {botocore.__version__} (Apache-2.0), by tests/interop/python/aws_hosts.py",
        "clients": len(services),
        "hosts": {name: sorted(hosts) for name, hosts in sorted(found.items())},
    }
    OUTPUT.write_text(json.dumps(document, indent=1) + "\n")


main()
