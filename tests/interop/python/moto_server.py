"""moto's server with a bucket, a table, and an identity pool whose guests may play a role: tells where, and stays until input ends.

Everything is allowed to everybody until POST /moto-api/reset-auth says from which request on signatures and rights count.
"""

import json
import logging
import sys

import boto3
from moto.server import ThreadedMotoServer

REGION = "eu-west-1"
BUCKET = "notes-of-moto"
TABLE = "Notes"
#: No s3:DeleteObject, no dynamodb:Scan.
POLICY = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Action": ["s3:PutObject", "s3:GetObject"], "Resource": f"arn:aws:s3:::{BUCKET}/*"},
        {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": f"arn:aws:s3:::{BUCKET}"},
        {"Effect": "Allow", "Action": ["dynamodb:PutItem", "dynamodb:GetItem", "dynamodb:Query"], "Resource": "*"},
    ],
}

logging.getLogger("werkzeug").setLevel(logging.ERROR)
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
endpoint = f"http://localhost:{server.get_host_and_port()[1]}"


def client(service):
    return boto3.client(
        service, endpoint_url=endpoint, region_name=REGION, aws_access_key_id="setup", aws_secret_access_key="setup"
    )


client("s3").create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
client("dynamodb").create_table(
    TableName=TABLE,
    KeySchema=[{"AttributeName": "owner", "KeyType": "HASH"}, {"AttributeName": "id", "KeyType": "RANGE"}],
    AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in ("owner", "id")],
    BillingMode="PAY_PER_REQUEST",
)
iam = client("iam")
role = iam.create_role(RoleName="guest", AssumeRolePolicyDocument="{}")["Role"]
iam.put_role_policy(RoleName="guest", PolicyName="rights", PolicyDocument=json.dumps(POLICY))
pool = client("cognito-identity").create_identity_pool(IdentityPoolName="moto", AllowUnauthenticatedIdentities=True)

for _ in sys.stdin:
    told = {"endpoint": endpoint, "region": REGION, "bucket": BUCKET, "table": TABLE}
    print(json.dumps({**told, "roleArn": role["Arn"], "identityPoolId": pool["IdentityPoolId"]}), flush=True)
server.stop()
