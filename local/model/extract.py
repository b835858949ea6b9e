"""Writes the request and reply shapes and the errors of an AWS JSON service, here cognito-idp.json, cognito-identity.json or dynamodb.json.

    pip download botocore --no-deps && unzip botocore-*.whl 'botocore/data/cognito-id*/*' 'botocore/data/dynamodb/*'
    python3 extract.py botocore/data/cognito-idp/2016-04-18/service-2.json.gz > cognito-idp.json
    python3 extract.py botocore/data/cognito-identity/2014-06-30/service-2.json.gz > cognito-identity.json
    python3 extract.py botocore/data/dynamodb/2012-08-10/service-2.json.gz > dynamodb.json
"""

import gzip
import json
import sys

KEPT = ("type", "min", "max", "pattern", "enum", "required", "members", "member", "key", "value", "sensitive", "document")


def reference(member):
    return member["shape"]


def shape(full):
    kept = {name: full[name] for name in KEPT if name in full}
    if "members" in kept:
        kept["members"] = {name: reference(member) for name, member in kept["members"].items()}
    for name in ("member", "key", "value"):
        if name in kept:
            kept[name] = reference(kept[name])
    return kept


def operation(full):
    kept = {side: full[side]["shape"] for side in ("input", "output") if side in full}
    kept["signed"] = full.get("authtype") != "none"
    kept["errors"] = sorted(error["shape"] for error in full.get("errors", []))
    return kept


def line(name, value):
    return "    " + json.dumps(name) + ": " + json.dumps(value, separators=(",", ":"))


def table(entries):
    return "{\n" + ",\n".join(line(name, value) for name, value in sorted(entries.items())) + "\n  }"


with gzip.open(sys.argv[1]) as file:
    model = json.load(file)
operations = {name: operation(full) for name, full in model["operations"].items()}
shapes = {name: shape(full) for name, full in model["shapes"].items() if not full.get("exception")}
print('{\n  "operations": ' + table(operations) + ',\n  "shapes": ' + table(shapes) + "\n}")
