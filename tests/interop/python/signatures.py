"""Signs as botocore does: a request a line on standard input, what is to be sent on standard output."""

import base64
import datetime
import json
import sys

from botocore import auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials


def signer(asked, credentials):
    """botocore's class for the service and the place of the signature."""
    is_s3 = asked["service"] in ("s3", "s3express", "s3-object-lambda", "s3-outposts")
    where = (credentials, asked["service"], asked["region"])
    if "expiresIn" in asked:
        kind = auth.S3SigV4QueryAuth if is_s3 else auth.SigV4QueryAuth
        return kind(*where, expires=asked["expiresIn"])
    return (auth.S3SigV4Auth if is_s3 else auth.SigV4Auth)(*where)


def sign(asked):
    """Signs at the time that is asked for, and says what botocore would send beside the request's own headers."""
    time = datetime.datetime.strptime(asked["time"], "%Y%m%dT%H%M%SZ")
    auth.get_current_datetime = lambda *_: time
    request = AWSRequest(
        method=asked["method"],
        url=asked["url"],
        headers=asked.get("headers") or {},
        data=base64.b64decode(asked["body"]) if asked.get("body") else None,
        params=[tuple(pair) for pair in asked.get("params") or []],
    )
    if asked.get("unsigned"):
        request.context["client_config"] = Config(s3={"payload_signing_enabled": False})
    signer(asked, Credentials(**asked["credentials"])).add_auth(request)
    added = ("authorization", "x-amz-date", "x-amz-security-token", "x-amz-content-sha256")
    return {"url": request.url, "headers": {name: request.headers[name] for name in added if name in request.headers}}


for line in sys.stdin:
    print(json.dumps(sign(json.loads(line))), flush=True)
