"""pycognito's sign-in by SRP, with or without a device: a call a line on standard input, its answer on standard output."""

import json
import sys

import boto3
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError
from pycognito.aws_srp import AWSSRP, generate_hash_device


def signed_in(client, asked):
    """The tokens of a sign-in with the device of an earlier one, if there is one."""
    device = asked.get("device") or {}
    srp = AWSSRP(
        asked["username"],
        asked["password"],
        asked["poolId"],
        asked["clientId"],
        client=client,
        device_key=device.get("key"),
        device_group_key=device.get("groupKey"),
        device_password=device.get("password"),
    )
    return srp.authenticate_user()["AuthenticationResult"]


def registered(client, tokens):
    """The new device of a sign-in. pycognito makes its secret, and can confirm it at AWS's own address only."""
    key, group_key = (tokens["NewDeviceMetadata"][name] for name in ("DeviceKey", "DeviceGroupKey"))
    password, verifier = generate_hash_device(group_key, key)
    client.confirm_device(
        AccessToken=tokens["AccessToken"], DeviceKey=key, DeviceName="python", DeviceSecretVerifierConfig=verifier
    )
    return {"key": key, "groupKey": group_key, "password": password}


def answer(asked):
    client = boto3.client(
        "cognito-idp",
        endpoint_url=asked["endpoint"],
        region_name=asked["region"],
        config=Config(signature_version=UNSIGNED, retries={"total_max_attempts": 1}),
    )
    try:
        tokens = signed_in(client, asked)
        return {"tokens": tokens, "device": registered(client, tokens) if asked.get("register") else None}
    except ClientError as failure:
        error = failure.response["Error"]
        return {"error": {"name": error["Code"], "message": error["Message"]}}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
