//! The problems that an error of many causes may have: of a setting, a value, a response, an SRP exchange. The npm wasm knows
//! them by their numbers, and the texts are in `errors.js`.

/// Declares an enum whose variants stand for texts. `TEXTS` has them in this order, with what is before and after them in a
/// message.
macro_rules! problems {
    ($(#[$about:meta])* $name:ident, $before:literal, $after:literal, { $($variant:ident = $text:literal,)* }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum $name {
            $(#[doc = concat!("`", $text, "`")] $variant,)*
        }

        impl $name {
            pub(super) const TEXTS: &[&str] = &[$(concat!($before, $text, $after),)*];
        }
    };
}

problems! {
    /// The problem of a setting, as the rest of a sentence that starts with its path.
    SettingProblem, "Configuration: {} ", ".", {
        CannotExchange = "is a function, and the hosted UI wants the secret itself for its code: use a client without a secret for it",
        CannotRevoke = "is a function, and only the secret itself can revoke a refresh token: sign out with global, or revoke it at your server",
        NoAppClientId = "is not an app client id",
        NoAwsRegion = "is not an AWS region",
        NoIdentityPoolId = "is not of the form <region>:<uuid>",
        NoUserPoolId = "is not of the form <region>_<name>",
        NotAccepted = "has an origin that the browser does not accept",
        NotAuth = "must be 'id', 'access', 'iam' or 'none'",
        NotAuthMode = "must be 'apiKey', 'userPool', 'iam', 'oidc', 'lambda' or 'none'",
        NotBool = "must be true or false",
        NotClientSecret = "must be a string that is not empty, or a function",
        NotDomain = "must be a host name without https:// and path",
        NotDuration = "must be 900 to 43200",
        NotEventsEndpoint = "must be https://<API id>.appsync-api.<region>.amazonaws.com/event",
        NotFilled = "must be a string that is not empty",
        NotGraphQlEndpoint = "must be https://<API id>.appsync-api.<region>.amazonaws.com/graphql",
        NotInteger = "must be a whole number",
        NotJson = "is not valid JSON",
        NotObject = "must be an object",
        NotObjects = "must be a list of objects",
        NotOrigin = "must be https://host or, on this machine, http://localhost:port",
        NotPlain = "is not plain data",
        NotSafeUrl = "must be https://… or, on this machine, http://localhost…",
        NotStorage = "must be 'local', 'session', 'memory' or an object",
        NotStorageObject = "must have the methods getItem, setItem and removeItem",
        NotStrings = "must be a list of strings",
        NotUrls = "must be absolute URLs without #",
        Required = "is required",
        RequiredForApiKey = "is required for defaultAuthMode 'apiKey'",
        RequiredHere = "is required for this",
        RequiredWithoutIdentityPool = "is required, unless there is an identity pool",
        SharedCallback = "is also a callback URL of another server, and this provider's answers do not name their issuer (RFC 9207): register one of its own",
        StorageNotGiven = "must be given to the builder if it is the app's own",
        StorageUnsupported = "does not support 'cookie' and 'worker' yet",
        Unknown = "is not a known setting",
        UnknownProvider = "has no provider of this name",
        WithoutAws = "has a rule with auth 'iam', which needs the entry point poolpass",
        WithoutOpenId = "must have openid: there is no ID token for the identity pool",
    }
}

problems! {
    /// The problem of an input's value, as the rest of a sentence that starts with its path.
    ValueProblem, "{} ", ".", {
        DotSegment = "has a dot segment in its path, which browsers resolve and S3 does not",
        Missing = "is missing: say it in the call or in a rule of origins",
        NoCors = "'no-cors' makes the browser leave the credential out: use 'cors'",
        NotAbsoluteUrl = "must be an absolute URL",
        NotAscii = "has a character outside printable ASCII: encode it",
        NotCarried = "cannot be carried by a request of this mode",
        NotCopied = "cannot be copied",
        NotHash = "must be a SHA-256 in hexadecimal, or UNSIGNED-PAYLOAD for S3 by https",
        NotHeader = "is not a valid header",
        NotLifetime = "must be a whole number of seconds, 1 to 604800",
        NotPage = "needs a page, and this is a worker or a closed window",
        NotRead = "cannot be read",
        NotSentForm = "is not in the form in which browsers send it",
        NotSupported = "are not supported here",
        NotValidUrl = "must be a valid URL without a password",
        Refused = "has a method, header or body that the browser refuses",
        Required = "is required",
        Signed = "is signed already",
        Used = "has a body that has been used",
    }
}

problems! {
    /// Where a response is malformed.
    ResponseProblem, "The service sent an invalid answer: ", ".", {
        AccessToken = "AccessToken is missing",
        AttributeName = "a user attribute has no name",
        AuthenticationResult = "AuthenticationResult is missing",
        ChallengeParameter = "a challenge parameter is missing",
        CodeDeliveryDetails = "CodeDeliveryDetails is missing",
        CreationOptions = "CredentialCreationOptions is missing",
        Credentials = "the credentials are incomplete",
        Devices = "a device is missing or has no key",
        Endpoint = "an endpoint is missing or not https",
        IdToken = "id_token is missing",
        IdentityId = "IdentityId is missing",
        Keys = "the keys are missing",
        NotJson = "the body is not a JSON object",
        NotJwt = "a token is not a JWT with times",
        OAuthAccessToken = "access_token is missing",
        OtherClient = "the tokens are not of this user pool and app client",
        OtherUser = "the refreshed tokens are another user's",
        RefreshToken = "RefreshToken is missing",
        Salt = "SALT is not a hexadecimal integer",
        SecretBlock = "SECRET_BLOCK is not base64",
        SecretCode = "SecretCode is missing",
        SrpB = "SRP_B is not a hexadecimal integer",
        Token = "Token is missing",
        TokenType = "token_type is not Bearer",
        UnnamedError = "the status is an error but the body names none",
        UserAttributes = "UserAttributes is missing",
        UserSub = "UserSub is missing",
    }
}

problems! {
    /// The value that would break SRP.
    SrpProblem, "The SRP exchange failed: ", ".", {
        ClientPublicZero = "the client's public value is zero",
        ExponentShort = "the client's secret exponent is too short",
        ScramblingZero = "the scrambling parameter is zero",
        ServerPublicZero = "the server's public value is zero modulo N",
    }
}
