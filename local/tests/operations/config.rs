//! Configuration files.

use poolpass_local::core::{Config, Emulator, ManualClock, SEED};

use serde_json::json;

use crate::world::{PASSWORD, WEB, World, claims};

fn error(text: &str) -> String {
    Config::from_toml(text).err().map(|error| error.to_string()).expect("an error")
}

#[test]
fn the_example_is_the_seed_and_its_summary_names_everything() {
    let summary = Config::from_toml(SEED).unwrap().summary();
    for word in [
        "eu-west-1_PoolPass1",
        WEB,
        "poolpasslocalrotation00001",
        "alice",
        PASSWORD,
        "bob",
        "carol",
        "dave",
        "erin",
        "frank",
    ] {
        assert!(summary.contains(word), "{word}");
    }
}

#[test]
fn mistakes_are_named_with_their_place() {
    for (from, to, expected) in [
        ("Region =", "Regional =", "needs Region"),
        ("Region = \"eu-west-1\"", "Region = \"local\"", "Region: local does not have the form of a region"),
        ("ApiId = ", "ApId = ", "AppSync: unknown field `ApId`"),
        ("\"AWS_IAM\", \"AWS_LAMBDA\"]\nApiKeys", "\"AWS_IAM\"]\nApiKeys", "AppSync: LambdaToken and its word"),
        (
            "UserPoolId = \"eu-west-1_PoolPass1\"\nOpen",
            "UserPoolId = \"eu-west-1_X\"\nOpen",
            "AppSync: there is no user pool eu-west-1_X",
        ),
        (
            "OpenIdIssuer = \"poolpass:oidc\"",
            "OpenIdIssuer = \"x\"",
            "AppSync: there is no [[OpenIdProvider]] with the Url x",
        ),
        ("EditorsGroup = ", "KeepAliveSeconds = 0\nEditorsGroup = ", "AppSync: KeepAliveSeconds"),
        ("000000000\" }]", "000000000\", Expires = \"soon\" }]", "expires at no date"),
        ("Name = \"default\"", "Name = \"de/fault\"", "AppSync: de/fault can't be a channel namespace"),
        ("PoolName = \"poolpass-local\"", "PoolNam = \"x\"", "'poolNam'"),
        ("Id = \"eu-west-1_PoolPass1\"", "Id = \"us-east-1_PoolPass1\"", "must be eu-west-1_"),
        ("MinimumLength = 8", "MinimumLength = 5", "greater than or equal to 6"),
        ("\"ALLOW_USER_AUTH\"", "\"ALLOW_MAGIC\"", "enum value set"),
        ("ClientName = \"web\"", "ClientName = \"web\"\nCallbackURLs = []", "CallbackURLs"),
        ("LogoutURLs = [", "LogoutURLs = [\"http://example.com/\", ", "http://example.com/ is not a valid URL"),
        ("\"notes/read\"", "\"notes/rad\"", "client poolpasslocalwebclient0001: Invalid scope requested: notes/rad"),
        ("Identifier = \"notes\"", "Identifer = \"notes\"", "'identifer'"),
        ("Domain = \"poolpass-local\"", "Domain = \"Pool Pass\"", "'domain'"),
        ("Username = \"bob\"", "Username = \"alice\"", "user alice: User already exists"),
        ("Password = \"Temporary-1!\"", "Password = \"weak\"", "user dave: Password did not conform"),
        ("Groups = [\"editors\"]", "Groups = [\"writers\"]", "no group writers"),
        ("email = \"bob@example.com\"", "email = \"Alice@example.com\"", "alice has the same email"),
        ("email = \"bob@example.com\"", "email = \"bob\"", "Invalid email address"),
        ("Enabled = false", "Enable = false", "unknown field `Enable`"),
        ("ClientId = \"poolpasslocalrotation00001\"", "ClientId = \"poolpasslocalwebclient0001\"", "there twice"),
        ("Username = \"bob\"", "Username = \"bob\"\nSub = \"1\"", "Sub must be a UUID"),
        ("\n[[UserPool.Group]] ", "\n[UserPool.Group] ", "[[…Group]]"),
        ("\n[[UserPool]]\n", "\nOther = 1\n[[UserPool]]\n", "Other is not known here"),
        ("TotpSecret = \"", "TotpSecret = \"1", "user frank: TotpSecret must be base32"),
        ("MfaConfiguration = \"OPTIONAL\"", "MfaConfiguration = \"MAYBE\"", "enum value set"),
        ("MfaConfiguration = \"OPTIONAL\"", "MfaConfiguration = \"OFF\"", "can't turn off MFA and configure an MFA"),
        ("SoftwareTokenMfaConfiguration = { Enabled = true }", "", "must be enabled"),
        (
            "MfaConfiguration = \"OPTIONAL\"             # OFF, OPTIONAL (who has set up an authenticator app is asked for a code) or ON\nSoftwareTokenMfaConfiguration = { Enabled = true }",
            "",
            "user frank: TotpSecret needs a pool with MfaConfiguration",
        ),
        (
            "UserMFASettingList = [\"EMAIL_OTP\"]",
            "UserMFASettingList = [\"EMAIL\"]",
            "user grace: EMAIL is not a second factor",
        ),
        (
            "PreferredMfaSetting = \"SMS_MFA\"",
            "PreferredMfaSetting = \"EMAIL_OTP\"",
            "user heidi: the preferred second factor",
        ),
        (
            "Username = \"bob\"",
            "Username = \"bob\"\nUserMFASettingList = [\"SMS_MFA\"]",
            "user bob: SMS_MFA is not a second factor",
        ),
        ("UserSessionTracking = \"ENABLED\"", "UserSessionTracking = true", "UserSessionTracking must be ENABLED"),
        ("Region", "Region Region", "TOML parse error"),
    ] {
        assert!(SEED.contains(from), "{from}");
        let text = error(&SEED.replacen(from, to, 1));
        assert!(text.contains(expected), "{from}: {text}");
    }
    let twice = format!("{SEED}\n[[UserPool]]\nId = \"eu-west-1_PoolPass1\"\nPoolName = \"again\"\n");
    assert!(error(&twice).contains("there twice"));
}

#[test]
fn users_have_the_second_factors_of_their_configuration() {
    let world = World::new();
    let asked = |client: &str, username: &str| {
        let parameters = json!({ "USERNAME": username, "PASSWORD": PASSWORD });
        let body = json!({ "ClientId": client, "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": parameters });
        world.ok("InitiateAuth", body)["ChallengeName"].take()
    };
    for (username, challenge) in [("grace", "EMAIL_OTP"), ("heidi", "SMS_MFA"), ("ivan", "SELECT_MFA_TYPE")] {
        assert_eq!(asked("poolpasslocalfactorsapp001", username), challenge, "{username}");
    }
    for (username, challenge) in [("nina", "MFA_SETUP"), ("oscar", "SOFTWARE_TOKEN_MFA")] {
        assert_eq!(asked("poolpasslocalstrictapp0001", username), challenge, "{username}");
    }
}

#[test]
fn subs_are_the_same_after_every_start_and_can_be_chosen() {
    let sub = |config: Config, seed| {
        let world = World { emulator: Emulator::new(config, ManualClock::new(0), seed), clock: ManualClock::new(0) };
        claims(&world.sign_in(WEB, "bob", "Battery-Staple8?")["IdToken"])["sub"].as_str().unwrap().to_owned()
    };
    assert_eq!(sub(Config::default(), Some(1)), sub(Config::default(), Some(2)));
    let chosen = "4b0f1b9e-3c55-4a1e-9f0e-5a0a6f1c7d21";
    let text = SEED.replacen("Username = \"bob\"", &format!("Username = \"bob\"\nSub = \"{chosen}\""), 1);
    assert_eq!(sub(Config::from_toml(&text).unwrap(), Some(1)), chosen);
}

#[test]
fn a_seed_decides_codes_and_tokens() {
    let token = |seed| {
        let emulator = Emulator::new(Config::default(), ManualClock::new(0), Some(seed));
        let world = World { emulator, clock: ManualClock::new(0) };
        world.sign_in(WEB, "alice", PASSWORD)["IdToken"].as_str().unwrap().to_owned()
    };
    assert_eq!(token(1), token(1));
    assert_ne!(token(1), token(2));
}
