"""boto3's clients: a call a line on standard input, its answer on standard output, refusals as `error`."""

import datetime
import json
import sys

import boto3
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError
from botocore.response import StreamingBody


def plain(value):
    """What JSON has no form for."""
    if isinstance(value, StreamingBody):
        return value.read().decode()
    if isinstance(value, datetime.datetime):
        return value.isoformat()
    return value.decode() if isinstance(value, bytes) else str(value)


def connected(asked):
    """The client of a service, with the caller's credentials or unsigned."""
    keys = asked.get("credentials") or {}
    config = Config(
        # boto3 itself prefers the signature of 2006 for S3's presigned URLs.
        signature_version=("s3v4" if asked["service"] == "s3" else "v4") if keys else UNSIGNED,
        s3={"addressing_style": "path"},
        retries={"total_max_attempts": 1},
    )
    return boto3.client(
        asked["service"],
        endpoint_url=asked["endpoint"],
        region_name=asked["region"],
        aws_access_key_id=keys.get("accessKeyId"),
        aws_secret_access_key=keys.get("secretAccessKey"),
        aws_session_token=keys.get("sessionToken"),
        config=config,
    )


def call(asked):
    client, operation, given = connected(asked), asked["operation"], asked["input"]
    if "presigned" in asked:
        return {"url": client.generate_presigned_url(operation, Params=given, ExpiresIn=asked["presigned"])}
    if "pageSize" in asked:
        sizes = {"PageSize": asked["pageSize"]}
        return {"pages": list(client.get_paginator(operation).paginate(**given, PaginationConfig=sizes))}
    return getattr(client, operation)(**given)


def answer(asked):
    try:
        return call(asked)
    except ClientError as failure:
        response = failure.response
        error = {"name": response["Error"]["Code"], "message": response["Error"].get("Message")}
        return {"error": {**error, "kind": type(failure).__name__, "status": response["ResponseMetadata"]["HTTPStatusCode"]}}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line)), default=plain), flush=True)
