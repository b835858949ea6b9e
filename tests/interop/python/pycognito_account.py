"""pycognito's `Cognito`: a call a line on standard input, its answer on standard output. `open` makes the object that the calls after it are for.

Its client finds the emulator by AWS_ENDPOINT_URL, as botocore does, so that the issuer that it expects is AWS's; the keys are in COGNITO_JWKS.
"""

import json
import os
import sys

from botocore.exceptions import ClientError
from pycognito import Cognito
from pycognito.aws_srp import AWSSRP
from pycognito.exceptions import WarrantException

KEYS = {"access_key": "AKIDEXAMPLE", "secret_key": "not-a-secret"}
user = None


def opened(asked):
    os.environ["AWS_ENDPOINT_URL"] = asked["endpoint"]
    os.environ["COGNITO_JWKS"] = json.dumps(asked["jwks"])
    return Cognito(asked["poolId"], asked["clientId"], user_pool_region=asked["region"], username=asked.get("username"), **KEYS)


def admin_srp(password):
    """AdminInitiateAuth with the flow USER_SRP_AUTH, whose answer AWSSRP calculates."""
    srp = AWSSRP(user.username, password, user.user_pool_id, user.client_id, client=user.client)
    named = {"UserPoolId": user.user_pool_id, "ClientId": user.client_id}
    given = srp.get_auth_params()
    asked = user.client.admin_initiate_auth(**named, AuthFlow="USER_SRP_AUTH", AuthParameters=given)
    answers = srp.process_challenge(asked["ChallengeParameters"], given)
    name = asked["ChallengeName"]
    session = {"Session": asked["Session"]} if "Session" in asked else {}
    return user.client.admin_respond_to_auth_challenge(**named, **session, ChallengeName=name, ChallengeResponses=answers)


def plain(value):
    """What JSON has no form for: pycognito's objects for users and groups."""
    if hasattr(value, "group_name"):
        return {"group": value.group_name, "precedence": value.precedence}
    if hasattr(value, "_data"):
        return {"username": value.username, **value._data}
    return str(value)


def answer(asked):
    global user
    try:
        if "open" in asked:
            user = opened(asked["open"])
            return {}
        if asked["method"] == "admin_srp":
            return {"result": admin_srp(*asked["given"])}
        result = getattr(user, asked["method"])(*asked.get("given", []), **asked.get("named", {}))
        return {"result": result, "accessToken": user.access_token, "refreshToken": user.refresh_token}
    except ClientError as failure:
        error = failure.response["Error"]
        return {"error": {"name": error["Code"], "message": error["Message"]}}
    except WarrantException as failure:
        return {"error": {"name": type(failure).__name__, "message": str(failure)}}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line)), default=plain), flush=True)
