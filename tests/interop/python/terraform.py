"""The calls that terraform-provider-aws makes for its Cognito resources: create, read, change, destroy, with the values that its
acceptance tests see at AWS. Prints a line of JSON for each step: what was done, and what was wrong with it.

    terraform.py <endpoint> <region>
"""

import json
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

ENDPOINT, REGION = sys.argv[1:3]
ROLE = "arn:aws:iam::000000000000:role/r"
FUNCTION = f"arn:aws:lambda:{REGION}:000000000000:function:f"
SMS = {"ExternalId": "x", "SnsCallerArn": ROLE}


def client(service):
    return boto3.client(
        service,
        region_name=REGION,
        endpoint_url=ENDPOINT,
        aws_access_key_id="AKIDEXAMPLE",
        aws_secret_access_key="secret",
        config=Config(retries={"total_max_attempts": 1}),
    )


pools, identities = client("cognito-idp"), client("cognito-identity")


def report(step, problem=None):
    print(json.dumps({"step": step, "problem": problem}), flush=True)


def call(resource, operation, service=pools, **given):
    """A call that AWS takes: its answer."""
    step = f"{resource}: {operation}"
    try:
        answer = getattr(service, operation)(**given)
    except ClientError as refusal:
        report(step, str(refusal))
        return {}
    report(step)
    return answer


def refused(resource, why, code, text, operation, service=pools, **given):
    """A call that AWS refuses."""
    step = f"{resource}: {why}"
    try:
        getattr(service, operation)(**given)
    except ClientError as refusal:
        error = refusal.response["Error"]
        fits = error["Code"] == code and text in error["Message"]
        return report(step, None if fits else str(refusal))
    return report(step, "it was taken")


def sees(resource, shown, path, expected):
    """A value of a description; `...` stands for any."""
    for name in path.split("."):
        shown = (shown or {}).get(name)
    fits = shown == expected or (expected is ... and bool(shown))
    report(f"{resource}: {path}", None if fits else f"{shown} in place of {expected}")


def user_pool():
    resource = "aws_cognito_user_pool"
    made = call(resource, "create_user_pool", PoolName="tf-basic", UserPoolTags={"a": "b"})["UserPool"]
    pool, arn = made["Id"], made["Arn"]
    shown = call(resource, "describe_user_pool", UserPoolId=pool).get("UserPool")
    mfa = call(resource, "get_user_pool_mfa_config", UserPoolId=pool)
    for path, expected in {
        "EmailConfiguration.EmailSendingAccount": "COGNITO_DEFAULT",
        "VerificationMessageTemplate.DefaultEmailOption": "CONFIRM_WITH_CODE",
        "AdminCreateUserConfig.AllowAdminCreateUserOnly": False,
        "AccountRecoverySetting": ...,
        "Policies.SignInPolicy.AllowedFirstAuthFactors": ["PASSWORD"],
        "Policies.PasswordPolicy.MinimumLength": 8,
        "Policies.PasswordPolicy.RequireSymbols": True,
        "Policies.PasswordPolicy.TemporaryPasswordValidityDays": 7,
        "DeletionProtection": "INACTIVE",
        "UserPoolTier": "ESSENTIALS",
        "UserPoolTags": {"a": "b"},
    }.items():
        sees(resource, shown, path, expected)
    sees(resource, mfa, "MfaConfiguration", "OFF")
    policies = {"PasswordPolicy": {"MinimumLength": 9}}
    call(resource, "update_user_pool", UserPoolId=pool, Policies=policies, AutoVerifiedAttributes=["email"])
    attribute = {"Name": "mine", "AttributeDataType": "String", "Mutable": True}
    call(resource, "add_custom_attributes", UserPoolId=pool, CustomAttributes=[attribute])
    factors = {"SoftwareTokenMfaConfiguration": {"Enabled": True}}
    call(resource, "set_user_pool_mfa_config", UserPoolId=pool, MfaConfiguration="OPTIONAL", **factors)
    call(resource, "tag_resource", ResourceArn=arn, Tags={"c": "d"})
    call(resource, "list_tags_for_resource", ResourceArn=arn)
    call(resource, "untag_resource", ResourceArn=arn, TagKeys=["c"])
    return pool


def user_pool_arguments():
    invitation = "Your username is {username} and temporary password is {####}. "
    length = {"MinLength": "7", "MaxLength": "15"}
    for name, settings in {
        "deletion_protection": {"DeletionProtection": "ACTIVE"},
        "account_recovery_setting": {
            "AccountRecoverySetting": {"RecoveryMechanisms": [{"Name": "verified_email", "Priority": 1}]}
        },
        "admin_create_user_config": {
            "AdminCreateUserConfig": {
                "AllowAdminCreateUserOnly": True,
                "InviteMessageTemplate": {"EmailMessage": invitation, "EmailSubject": "Foo", "SMSMessage": invitation},
            }
        },
        "user_pool_add_ons": {"UserPoolAddOns": {"AdvancedSecurityMode": "OFF"}},
        "device_configuration": {"DeviceConfiguration": {"ChallengeRequiredOnNewDevice": True}},
        "email_verification_message": {
            "EmailVerificationSubject": "subject",
            "EmailVerificationMessage": "message {####} end",
        },
        "email_configuration": {
            "EmailConfiguration": {
                "EmailSendingAccount": "COGNITO_DEFAULT",
                "ReplyToEmailAddress": "a@example.com",
            }
        },
        "sms_configuration": {
            "SmsConfiguration": SMS,
            "SmsAuthenticationMessage": "code {####}",
            "SmsVerificationMessage": "code {####}",
        },
        "mfa_configuration": {"MfaConfiguration": "ON", "SmsConfiguration": SMS},
        "lambda_config": {"LambdaConfig": {"PreSignUp": FUNCTION, "PreTokenGeneration": FUNCTION}},
        "schema": {
            "Schema": [
                {
                    "Name": "email",
                    "AttributeDataType": "String",
                    "Required": True,
                    "Mutable": False,
                    "StringAttributeConstraints": length,
                },
                {"Name": "mybool", "AttributeDataType": "Boolean", "Mutable": True, "DeveloperOnlyAttribute": True},
                {
                    "Name": "mynumber",
                    "AttributeDataType": "Number",
                    "Mutable": True,
                    "NumberAttributeConstraints": {"MinValue": "2", "MaxValue": "6"},
                },
            ]
        },
        "username_attributes": {
            "UsernameAttributes": ["email"],
            "UsernameConfiguration": {"CaseSensitive": False},
        },
        "user_attribute_update_settings": {
            "AutoVerifiedAttributes": ["email"],
            "UserAttributeUpdateSettings": {"AttributesRequireVerificationBeforeUpdate": ["email"]},
        },
        "verification_message_template": {
            "VerificationMessageTemplate": {
                "DefaultEmailOption": "CONFIRM_WITH_LINK",
                "EmailMessageByLink": "{##Click##}",
                "EmailSubjectByLink": "s",
            }
        },
        "sign_in_policy": {"Policies": {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}}},
        "user_pool_tier": {"UserPoolTier": "LITE"},
    }.items():
        call(f"aws_cognito_user_pool {name}", "create_user_pool", PoolName=f"tf-{name}", **settings)


def user_pool_client(pool):
    resource = "aws_cognito_user_pool_client"
    made = call(resource, "create_user_pool_client", UserPoolId=pool, ClientName="c")["UserPoolClient"]
    named = {"UserPoolId": pool, "ClientId": made["ClientId"]}
    shown = call(resource, "describe_user_pool_client", **named).get("UserPoolClient")
    for path, expected in {
        "EnableTokenRevocation": True,
        "AuthSessionValidity": 3,
        "RefreshTokenValidity": 30,
        "EnablePropagateAdditionalUserContextData": False,
        "AllowedOAuthFlowsUserPoolClient": False,
    }.items():
        sees(resource, shown, path, expected)
    for settings in (
        {"ExplicitAuthFlows": ["ADMIN_NO_SRP_AUTH"]},
        {"AnalyticsConfiguration": {"ApplicationArn": f"arn:aws:mobiletargeting:{REGION}:000000000000:apps/abc"}},
        {"GenerateSecret": True, "EnablePropagateAdditionalUserContextData": True},
    ):
        call(resource, "create_user_pool_client", UserPoolId=pool, ClientName="c2", **settings)
    call(resource, "update_user_pool_client", ClientName="renamed", **named)
    call(resource, "list_user_pool_clients", UserPoolId=pool, MaxResults=60)
    for member in ("ReadAttributes", "WriteAttributes"):
        given = {"UserPoolId": pool, "ClientName": "c", member: ["custom:nope"]}
        why = f"{member} of unknown attributes"
        refused(resource, why, "InvalidParameterException", "", "create_user_pool_client", **given)
    return named


def user_pool_domain(pool):
    resource = "aws_cognito_user_pool_domain"
    named = {"UserPoolId": pool, "Domain": "tf-acc-domain-1"}
    call(resource, "create_user_pool_domain", **named)
    shown = call(resource, "describe_user_pool_domain", Domain=named["Domain"]).get("DomainDescription")
    for path in ("AWSAccountId", "CloudFrontDistribution", "S3Bucket", "Version"):
        sees(resource, shown, path, ...)
    sees(resource, shown, "Status", "ACTIVE")
    described = call(resource, "describe_user_pool", UserPoolId=pool)
    sees(resource, described, "UserPool.Domain", named["Domain"])
    text = "User pool cannot be deleted. It has a domain configured that should be deleted first."
    why = "delete_user_pool with a domain"
    refused(resource, why, "InvalidParameterException", text, "delete_user_pool", UserPoolId=pool)
    call(resource, "update_user_pool_domain", ManagedLoginVersion=2, **named)
    call(resource, "delete_user_pool_domain", **named)
    gone = call(resource, "describe_user_pool_domain", Domain=named["Domain"])
    sees(resource, gone, "DomainDescription", {})
    certificate = "arn:aws:acm:us-east-1:000000000000:certificate/00000000-0000-4000-8000-000000000000"
    custom = {"UserPoolId": pool, "Domain": "auth.example.com"}
    config = {"CertificateArn": certificate}
    call(resource, "create_user_pool_domain", CustomDomainConfig=config, **custom)
    return custom


def identity_provider(pool):
    resource = "aws_cognito_identity_provider"
    details = {"authorize_scopes": "email", "client_id": "test-url.apps.googleusercontent.com", "client_secret": "s"}
    named = {"UserPoolId": pool, "ProviderName": "Google"}
    mapping = {"email": "email"}
    google = {"ProviderType": "Google", "ProviderDetails": details, "AttributeMapping": mapping}
    call(resource, "create_identity_provider", **named, **google)
    shown = call(resource, "describe_identity_provider", **named).get("IdentityProvider")
    for name, expected in {
        "attributes_url": "https://people.googleapis.com/v1/people/me?personFields=",
        "attributes_url_add_attributes": "true",
        "authorize_url": "https://accounts.google.com/o/oauth2/v2/auth",
        "oidc_issuer": "https://accounts.google.com",
        "token_request_method": "POST",
        "token_url": "https://www.googleapis.com/oauth2/v4/token",
    }.items():
        sees(resource, shown, f"ProviderDetails.{name}", expected)
    call(resource, "update_identity_provider", ProviderDetails=details, **named)
    call(resource, "delete_identity_provider", **named)


def resource_server(pool):
    resource, named = "aws_cognito_resource_server", {"UserPoolId": pool, "Identifier": "id"}
    call(resource, "create_resource_server", Name="n", **named)
    call(resource, "describe_resource_server", **named)
    scope = {"ScopeName": "a", "ScopeDescription": "b"}
    call(resource, "update_resource_server", Name="n2", Scopes=[scope], **named)
    call(resource, "delete_resource_server", **named)


def users_and_groups(pool):
    group, user = {"UserPoolId": pool, "GroupName": "g"}, {"UserPoolId": pool, "Username": "u"}
    call("aws_cognito_user_group", "create_group", Precedence=1, RoleArn=ROLE, **group)
    call("aws_cognito_user_group", "get_group", **group)
    call("aws_cognito_user_group", "update_group", Description="d", **group)
    resource = "aws_cognito_user"
    mail = {"Name": "email", "Value": "u@example.com"}
    call(resource, "admin_create_user", UserAttributes=[mail], **user)
    call(resource, "admin_set_user_password", Password="Abcd1234!", Permanent=True, **user)
    call(resource, "admin_get_user", **user)
    call(resource, "admin_update_user_attributes", UserAttributes=[{"Name": "nickname", "Value": "n"}], **user)
    call(resource, "admin_delete_user_attributes", UserAttributeNames=["nickname"], **user)
    call(resource, "admin_disable_user", **user)
    call(resource, "admin_enable_user", **user)
    resource, member = "aws_cognito_user_in_group", {**group, **user}
    call(resource, "admin_add_user_to_group", **member)
    call(resource, "admin_list_groups_for_user", **user)
    call(resource, "admin_remove_user_from_group", **member)
    call("aws_cognito_user_group", "delete_group", **group)
    call("aws_cognito_user", "admin_delete_user", **user)


def settings_beside_the_pool(pool, app):
    resource = "aws_cognito_risk_configuration"
    exceptions = {"BlockedIPRangeList": ["10.10.10.10/32"]}
    call(resource, "set_risk_configuration", UserPoolId=pool, RiskExceptionConfiguration=exceptions)
    call(resource, "describe_risk_configuration", UserPoolId=pool)
    resource = "aws_cognito_user_pool_ui_customization"
    call(resource, "set_ui_customization", UserPoolId=pool, CSS=".label-customizable {font-weight: 400;}")
    shown = call(resource, "get_ui_customization", UserPoolId=pool)
    sees(resource, shown, "UICustomization.ClientId", "ALL")
    resource = "aws_cognito_managed_login_branding"
    style = call(resource, "create_managed_login_branding", UseCognitoProvidedValues=True, **app)
    named = {"UserPoolId": pool, "ManagedLoginBrandingId": style["ManagedLoginBranding"]["ManagedLoginBrandingId"]}
    call(resource, "describe_managed_login_branding", **named)
    call(resource, "update_managed_login_branding", Settings={"components": {}}, **named)
    call(resource, "delete_managed_login_branding", **named)
    call("aws_cognito_log_delivery_configuration", "get_log_delivery_configuration", UserPoolId=pool)
    call("data aws_cognito_user_pools", "list_user_pools", MaxResults=60)
    call("data aws_cognito_user_pool_signing_certificate", "get_signing_certificate", UserPoolId=pool)
    call("data aws_cognito_user_groups", "list_groups", UserPoolId=pool)


def identity_pool():
    resource = "aws_cognito_identity_pool"

    def identity(operation, **given):
        return call(resource, operation, identities, **given)

    def new(name, **given):
        return identity("create_identity_pool", IdentityPoolName=name, AllowUnauthenticatedIdentities=False, **given)

    pool = new("tf pool", AllowClassicFlow=False, IdentityPoolTags={"a": "b"})["IdentityPoolId"]
    sees(resource, identity("describe_identity_pool", IdentityPoolId=pool), "IdentityPoolTags", {"a": "b"})
    change = {"IdentityPoolName": "tf pool 2", "AllowUnauthenticatedIdentities": True}
    identity("update_identity_pool", IdentityPoolId=pool, **change)
    arn = f"arn:aws:cognito-identity:{REGION}:000000000000:identitypool/{pool}"
    identity("tag_resource", ResourceArn=arn, Tags={"c": "d"})
    identity("list_tags_for_resource", ResourceArn=arn)
    identity("untag_resource", ResourceArn=arn, TagKeys=["c"])
    social = {"graph.facebook.com": "7346241598935555", "accounts.google.com": "123.apps.googleusercontent.com"}
    new("tf p2", SupportedLoginProviders=social)
    new("tf p3", SupportedLoginProviders={"api.twitter.com": "abc;def"})
    new("tf p4", SamlProviderARNs=["arn:aws:iam::000000000000:saml-provider/x"])
    new("tf p5", OpenIdConnectProviderARNs=["arn:aws:iam::000000000000:oidc-provider/server.example.com"])
    name = f"cognito-idp.{REGION}.amazonaws.com/{REGION}_Zr231apJu"
    unknown = {"ProviderName": name, "ClientId": "6lhlkkfbfb4q5kpp90urffae", "ServerSideTokenCheck": False}
    new("tf p6", CognitoIdentityProviders=[unknown])
    resource = "aws_cognito_identity_pool_roles_attachment"
    call(resource, "set_identity_pool_roles", identities, IdentityPoolId=pool, Roles={"authenticated": ROLE})
    call(resource, "get_identity_pool_roles", identities, IdentityPoolId=pool)
    resource = "aws_cognito_identity_pool_provider_principal_tag"
    named = {"IdentityPoolId": pool, "IdentityProviderName": "x"}
    tags = {"UseDefaults": False, "PrincipalTags": {"a": "b"}}
    call(resource, "set_principal_tag_attribute_map", identities, **named, **tags)
    call(resource, "get_principal_tag_attribute_map", identities, **named)
    call("aws_cognito_identity_pool", "delete_identity_pool", identities, IdentityPoolId=pool)


def main():
    pool = user_pool()
    user_pool_arguments()
    app = user_pool_client(pool)
    domain = user_pool_domain(pool)
    identity_provider(pool)
    resource_server(pool)
    users_and_groups(pool)
    settings_beside_the_pool(pool, app)
    identity_pool()
    call("aws_cognito_user_pool_client", "delete_user_pool_client", **app)
    call("aws_cognito_user_pool_domain", "delete_user_pool_domain", **domain)
    call("aws_cognito_user_pool", "delete_user_pool", UserPoolId=pool)


main()
