"""Makes vectors.json: passkeys and sign-ins with them, by python-fido2 (Yubico), cryptography and soft-webauthn.

    pip install fido2==1.2.0 soft-webauthn==0.1.4 cryptography==44.0.3
    python vectors.py > vectors.json

Each good one is accepted by python-fido2's own server before it is written. Keys are new every time.
"""

import hashlib
import json
import sys
from base64 import urlsafe_b64encode

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from fido2.cose import ES256, ES384, RS256, EdDSA
from fido2.features import webauthn_json_mapping
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
    PublicKeyCredentialRpEntity,
    UserVerificationRequirement,
)
from soft_webauthn import SoftWebauthnDevice

webauthn_json_mapping.enabled = True

HANDLE = b"eaad0219-2117-439f-8d46-4db20e4aaaaa"


def b64(data):
    return urlsafe_b64encode(bytes(data)).rstrip(b"=").decode()


def challenge(name):
    return hashlib.sha256(name.encode()).digest()


def flags(text):
    numbers = {"UP": 1, "UV": 4, "BE": 8, "BS": 16, "AT": 64, "ED": 128}
    return AuthenticatorData.FLAG(sum(numbers[flag] for flag in text.split()))


class Key:
    def __init__(self, algorithm):
        self.algorithm = algorithm
        if algorithm == "ES256":
            self.private, cose = ec.generate_private_key(ec.SECP256R1()), ES256
        elif algorithm == "ES384":
            self.private, cose = ec.generate_private_key(ec.SECP384R1()), ES384
        elif algorithm == "RS256":
            self.private, cose = rsa.generate_private_key(65537, 2048), RS256
        else:
            self.private, cose = ed25519.Ed25519PrivateKey.generate(), EdDSA
        self.public = cose.from_cryptography_key(self.private.public_key())

    def sign(self, message):
        if self.algorithm == "ES256":
            return self.private.sign(message, ec.ECDSA(hashes.SHA256()))
        if self.algorithm == "ES384":
            return self.private.sign(message, ec.ECDSA(hashes.SHA384()))
        if self.algorithm == "RS256":
            return self.private.sign(message, padding.PKCS1v15(), hashes.SHA256())
        return self.private.sign(message)


def registration_json(credential_id, client_data, attestation_object, transports, attachment):
    return {
        "id": b64(credential_id),
        "rawId": b64(credential_id),
        "type": "public-key",
        "clientExtensionResults": {},
        "authenticatorAttachment": attachment,
        "response": {
            "clientDataJSON": b64(client_data),
            "attestationObject": b64(attestation_object),
            "transports": transports,
        },
    }


def assertion_json(credential_id, client_data, data, signature, handle):
    return {
        "id": b64(credential_id),
        "rawId": b64(credential_id),
        "type": "public-key",
        "clientExtensionResults": {},
        "authenticatorAttachment": "platform",
        "response": {
            "clientDataJSON": b64(client_data),
            "authenticatorData": b64(data),
            "signature": b64(signature),
            "userHandle": b64(handle),
        },
    }


def check(vector):
    """python-fido2's server accepts it."""
    rp_id, origin = vector["rpId"], vector["origin"]
    server = Fido2Server(PublicKeyCredentialRpEntity(id=rp_id, name=rp_id), verify_origin=lambda it: it == origin)
    required = UserVerificationRequirement("required" if vector["userVerified"] else "preferred")
    state = lambda name: {"challenge": b64(challenge(name)), "user_verification": required}
    data = server.register_complete(state("create"), vector["registration"])
    server.authenticate_complete(state("get"), [data.credential_data], vector["assertion"])


def vector(name, rp_id, origin, algorithm, created, used, counts, fmt="none", certified=False, extensions=None):
    key, credential_id = Key(algorithm), challenge(name)
    attested = AttestedCredentialData.create(b"\x00" * 16, credential_id, key.public)
    rp_hash = hashlib.sha256(rp_id.encode()).digest()
    data = AuthenticatorData.create(rp_hash, flags(created), counts[0], attested, extensions)
    client_data = CollectedClientData.create("webauthn.create", challenge("create"), origin)
    statement = {}
    if fmt == "packed":
        statement = {"alg": key.public[3], "sig": key.sign(data + client_data.hash)}
    if fmt == "fido-u2f":
        statement = {"sig": b"\x00" * 70}
    if certified:
        statement["x5c"] = [b"\x30" * 300]
    attestation = AttestationObject.create(fmt, data, statement)
    registration = registration_json(credential_id, client_data, attestation, ["internal", "hybrid"], "platform")
    data = AuthenticatorData.create(rp_hash, flags(used), counts[1])
    client_data = CollectedClientData.create("webauthn.get", challenge("get"), origin)
    signature = key.sign(data + client_data.hash)
    return {
        "name": name,
        "rpId": rp_id,
        "origin": origin,
        "userHandle": b64(HANDLE),
        "userVerified": "UV" in created,
        "counts": counts,
        "createChallenge": b64(challenge("create")),
        "getChallenge": b64(challenge("get")),
        "registration": registration,
        "assertion": assertion_json(credential_id, client_data, data, signature, HANDLE),
    }


def by_soft_webauthn():
    rp_id, origin, device = "localhost", "http://localhost:9401", SoftWebauthnDevice()
    made = device.create(
        {
            "publicKey": {
                "rp": {"id": rp_id, "name": rp_id},
                "user": {"id": HANDLE, "name": "alice", "displayName": "alice"},
                "challenge": challenge("create"),
                "pubKeyCredParams": [{"type": "public-key", "alg": -7}],
                "attestation": "none",
            }
        },
        origin,
    )
    used = device.get({"publicKey": {"rpId": rp_id, "challenge": challenge("get")}}, origin)
    registration = registration_json(
        made["rawId"], made["response"]["clientDataJSON"], made["response"]["attestationObject"], ["usb"], "cross-platform"
    )
    response = used["response"]
    assertion = assertion_json(
        used["rawId"], response["clientDataJSON"], response["authenticatorData"], response["signature"], HANDLE
    )
    return {
        "name": "soft-webauthn",
        "rpId": rp_id,
        "origin": origin,
        "userHandle": b64(HANDLE),
        "userVerified": False,
        "counts": [0, 1],
        "createChallenge": b64(challenge("create")),
        "getChallenge": b64(challenge("get")),
        "registration": registration,
        "assertion": assertion,
    }


def main():
    far = ("example.com", "https://login.example.com")
    near = ("localhost", "http://localhost:9401")
    good = [
        vector("synced", *far, "ES256", "UP UV BE BS AT", "UP UV BE BS", [0, 0]),
        vector("security key", *near, "ES256", "UP AT", "UP", [5, 9], "packed"),
        vector("RSA with extensions", *near, "RS256", "UP UV AT ED", "UP UV", [1, 2], extensions={"credProtect": 2}),
        by_soft_webauthn(),
    ]
    for each in good:
        check(each)
    unsupported = [
        vector("EdDSA", *near, "EdDSA", "UP AT", "UP", [0, 1]),
        vector("ES384", *near, "ES384", "UP AT", "UP", [0, 1]),
        vector("fido-u2f", *near, "ES256", "UP AT", "UP", [0, 1], "fido-u2f", True),
        vector("packed with a certificate", *near, "ES256", "UP AT", "UP", [0, 1], "packed", True),
    ]
    json.dump({"good": good, "unsupported": unsupported}, sys.stdout, indent=1)
    print()


main()
