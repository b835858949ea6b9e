//! What an app client may do at the hosted UI and the token endpoint.

use super::{AppClient, ClientSettings, UserPool};
use crate::core::wire::error::{ServiceError, invalid};

/// The scopes that every pool has.
pub(crate) const STANDARD_SCOPES: [&str; 5] = ["openid", "email", "phone", "profile", "aws.cognito.signin.user.admin"];

/// The name of the pool's own users among the identity providers.
pub(crate) const LOCAL_PROVIDER: &str = "COGNITO";

impl ClientSettings {
    /// Refuses addresses that the hosted UI must not send people to, and flows that contradict each other.
    ///
    /// # Errors
    /// `InvalidParameterException`.
    pub(super) fn check_oauth(&self, has_secret: bool) -> Result<(), ServiceError> {
        if let Some(url) = self.callback_urls.iter().chain(&self.logout_urls).find(|url| !is_app_address(url)) {
            return Err(invalid(format!(
                "{url} is not a valid URL: it must be absolute and without a fragment, and https, \
                 http for localhost, 127.0.0.1 and [::1], or an app's own scheme"
            )));
        }
        if self.default_redirect_uri.as_ref().is_some_and(|url| !self.callback_urls.contains(url)) {
            return Err(invalid("DefaultRedirectURI must be one of the CallbackURLs"));
        }
        let takes = |flow: &str| self.allowed_oauth_flows.iter().any(|allowed| allowed == flow);
        if takes("client_credentials") && (takes("code") || takes("implicit")) {
            return Err(invalid("client_credentials flow can not be selected along with code flow or implicit flow."));
        }
        if takes("client_credentials") && !has_secret {
            return Err(invalid(
                "client_credentials flow can not be selected if client does not have a client secret.",
            ));
        }
        let incomplete = self.allowed_oauth_flows.is_empty() || self.allowed_oauth_scopes.is_empty();
        if self.oauth_enabled == Some(true) && incomplete {
            return Err(invalid(
                "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.",
            ));
        }
        Ok(())
    }

    /// Registers another address of an app, to come back to after signing in and out.
    pub(crate) fn add_app_url(&mut self, url: &str) {
        for urls in [&mut self.callback_urls, &mut self.logout_urls] {
            if !urls.iter().any(|known| known == url) {
                urls.push(url.to_owned());
            }
        }
    }
}

impl UserPool {
    /// Refuses scopes, attributes and identity providers of a client that the pool does not have.
    ///
    /// # Errors
    /// `ScopeDoesNotExistException`, or `InvalidParameterException` for the others.
    pub(crate) fn check_client(&self, settings: &ClientSettings) -> Result<(), ServiceError> {
        self.check_client_attributes(settings)?;
        let unknown = |scope: &&String| !STANDARD_SCOPES.contains(&scope.as_str()) && !self.has_custom_scope(scope);
        if let Some(scope) = settings.allowed_oauth_scopes.iter().find(unknown) {
            return Err(ServiceError::new("ScopeDoesNotExistException", format!("Invalid scope requested: {scope}")));
        }
        let unknown = |name: &&String| *name != LOCAL_PROVIDER && self.provider(name).is_none();
        match settings.supported_identity_providers.iter().find(unknown) {
            Some(name) => Err(invalid(format!("The provider {name} does not exist for User Pool {}.", self.id))),
            None => Ok(()),
        }
    }
}

impl AppClient {
    /// Whether the hosted UI and the token endpoint work for this client at all.
    pub(crate) fn oauth_enabled(&self) -> bool {
        self.settings.oauth_enabled == Some(true)
    }

    /// Whether `AllowedOAuthFlows` has `code`, `implicit` or `client_credentials`.
    pub(crate) fn allows_oauth_flow(&self, flow: &str) -> bool {
        self.oauth_enabled() && self.settings.allowed_oauth_flows.iter().any(|allowed| allowed == flow)
    }

    pub(crate) fn is_public(&self) -> bool {
        self.secrets.is_empty()
    }

    /// Whether people may sign in with that provider. A client that names none takes the pool's own users.
    pub(crate) fn supports_provider(&self, name: &str) -> bool {
        match self.settings.supported_identity_providers.as_slice() {
            [] => name == LOCAL_PROVIDER,
            names => names.iter().any(|supported| supported == name),
        }
    }

    /// The providers to show beside the form for the pool's own users.
    pub(crate) fn other_providers(&self) -> impl Iterator<Item = &str> {
        let names = self.settings.supported_identity_providers.iter().map(String::as_str);
        names.filter(|name| *name != LOCAL_PROVIDER)
    }
}

/// Whether an address may be one of an app (Developer Guide, "App client terms": callback URLs; also `resource` of RFC 8707).
pub(crate) fn is_app_address(url: &str) -> bool {
    let Some((scheme, rest)) = url.split_once(':') else { return false };
    let mut letters = scheme.bytes();
    let named = letters.next().is_some_and(|first| first.is_ascii_alphabetic())
        && letters.all(|letter| letter.is_ascii_alphanumeric() || b"+-.".contains(&letter));
    let printable = !url.chars().any(|letter| letter.is_control() || letter.is_whitespace() || letter == '\\');
    if !named || !printable || url.contains('#') || rest.is_empty() {
        return false;
    }
    let host = || {
        let authority = rest.strip_prefix("//")?.split(['/', '?']).next()?;
        let host = match authority.rsplit_once(':') {
            Some((host, port)) if port.bytes().all(|digit| digit.is_ascii_digit()) => host,
            _ => authority,
        };
        (!host.is_empty() && !authority.contains('@')).then_some(host)
    };
    match scheme.to_ascii_lowercase().as_str() {
        "https" => host().is_some(),
        "http" => host().is_some_and(|host| ["localhost", "127.0.0.1", "[::1]"].contains(&host)),
        "about" | "blob" | "data" | "file" | "javascript" | "vbscript" => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::is_app_address;

    #[test]
    fn only_addresses_of_apps_are_taken() {
        for good in [
            "https://example.com",
            "https://example.com:8443/a?b=c",
            "http://localhost:3000/",
            "http://localhost",
            "http://127.0.0.1/x",
            "http://[::1]:9/",
            "myapp://callback",
            "com.example.app:/callback",
        ] {
            assert!(is_app_address(good), "{good}");
        }
        for bad in [
            "",
            "/",
            "example.com",
            "//example.com",
            "https:",
            "https://",
            "https:///x",
            "https://a b",
            "https://a/#x",
            "http://example.com/",
            "http://localhost.example.com/",
            "http://localhost@evil.example/",
            "https://user@evil.example/",
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "data:text/html,x",
            "1app://x",
            "my app://x",
            "https:\\\\evil",
            "x:",
        ] {
            assert!(!is_app_address(bad), "{bad}");
        }
    }
}
