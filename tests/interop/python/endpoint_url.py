"""A script that knows nothing of the emulator: all it has is the environment variable AWS_ENDPOINT_URL."""

import json
import sys

import boto3
from botocore import UNSIGNED
from botocore.config import Config

json.loads(sys.stdin.readline())
# Guests ask for credentials unsigned, as at AWS; the scripts of an administrator have some of their own.
users = boto3.client("cognito-idp")
pool = users.list_user_pools(MaxResults=1)["UserPools"][0]["Id"]
unsigned = Config(signature_version=UNSIGNED)
identities = boto3.client("cognito-identity", config=unsigned)
identity_pool = boto3.client("cognito-identity").list_identity_pools(MaxResults=1)["IdentityPools"][0]["IdentityPoolId"]
identity = identities.get_id(IdentityPoolId=identity_pool)["IdentityId"]
keys = identities.get_credentials_for_identity(IdentityId=identity)["Credentials"]
guest = boto3.Session(
    aws_access_key_id=keys["AccessKeyId"],
    aws_secret_access_key=keys["SecretKey"],
    aws_session_token=keys["SessionToken"],
)
# Buckets have no names of their own before `localhost` on every machine.
s3 = guest.client("s3", config=Config(s3={"addressing_style": "path"}))
answer = {
    "pool": pool,
    "arn": guest.client("sts").get_caller_identity()["Arn"],
    "object": s3.get_object(Bucket="poolpass-notes", Key="shared/welcome.txt")["Body"].read().decode(),
    "item": guest.client("dynamodb").get_item(
        TableName="Notes", Key={"owner": {"S": "shared"}, "id": {"S": "welcome"}}
    )["Item"]["id"]["S"],
}
print(json.dumps(answer), flush=True)
