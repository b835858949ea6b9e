//! Roles.

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::context::Context;
use super::policy::Policy;
use super::statement::Effect;

/// How long a session of a role may last unless the role says otherwise, in seconds.
pub(crate) const DEFAULT_SESSION_S: u64 = 3600;

/// An IAM role.
pub(crate) struct Role {
    pub(crate) arn: String,
    /// 12 digits.
    pub(crate) account: String,
    /// The last part of the path.
    name: String,
    trust: Policy,
    pub(super) policy: Policy,
    /// `MaxSessionDuration`, in seconds.
    pub(crate) longest_session_s: u64,
}

impl Role {
    /// # Errors
    /// A text that says what is wrong.
    pub(crate) fn new(arn: &str, trust: &Value, policy: &Value, longest_session_s: u64) -> Result<Self, String> {
        let parts: Vec<&str> = arn.splitn(6, ':').collect();
        let [_, _, "iam", "", account, path] = parts[..] else { return Err(not_an_arn(arn)) };
        let name = path.strip_prefix("role/").and_then(|path| path.rsplit('/').next()).unwrap_or_default();
        let legal = |c: char| c.is_ascii_alphanumeric() || "+=,.@_-".contains(c);
        let digits = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
        if !arn.starts_with("arn:aws") || !digits || name.is_empty() || !name.chars().all(legal) {
            return Err(not_an_arn(arn));
        }
        if !(3600..=43_200).contains(&longest_session_s) {
            return Err("MaxSessionDuration must be 3600 to 43200".into());
        }
        Ok(Self {
            arn: arn.into(),
            account: account.into(),
            name: name.into(),
            trust: Policy::read_trust(trust).map_err(|text| format!("AssumeRolePolicyDocument: {text}"))?,
            policy: Policy::read(policy).map_err(|text| format!("Policy: {text}"))?,
            longest_session_s,
        })
    }

    /// `AROA` and 17 letters and digits, the same ones at every start.
    pub(crate) fn id(&self) -> String {
        let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        let digest = Sha256::digest(&self.arn);
        let letters = digest.iter().take(17).map(|byte| char::from(alphabet[usize::from(byte % 32)]));
        format!("AROA{}", letters.collect::<String>())
    }

    /// The principal that a session of this role is.
    pub(crate) fn session_arn(&self, session_name: &str) -> String {
        let partition = self.arn.split(':').nth(1).unwrap_or("aws");
        format!("arn:{partition}:sts::{}:assumed-role/{}/{session_name}", self.account, self.name)
    }

    /// Whether its trust policy lets an identity in.
    pub(crate) fn trusts(&self, identity: &Context) -> bool {
        self.trust.evaluate("sts:AssumeRoleWithWebIdentity", None, identity) == Some(Effect::Allow)
    }
}

fn not_an_arn(arn: &str) -> String {
    format!("{arn} is not the ARN of a role, such as arn:aws:iam::000000000000:role/name")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn roles_have_names_and_sessions() {
        let trust = json!({ "Version": "2012-10-17", "Statement": {
            "Effect": "Allow", "Principal": { "Federated": "cognito-identity.amazonaws.com" }, "Action": "sts:AssumeRoleWithWebIdentity",
            "Condition": { "StringEquals": { "cognito-identity.amazonaws.com:aud": "eu-west-1:1" } },
        } });
        let policy =
            json!({ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "*", "Resource": "*" } });
        let make = |arn: &str| Role::new(arn, &trust, &policy, 3600);
        let role = make("arn:aws:iam::000000000000:role/path/user").ok().unwrap();
        assert_eq!(role.session_arn("me"), "arn:aws:sts::000000000000:assumed-role/user/me");
        assert!(role.id().starts_with("AROA") && role.id().len() == 21);
        assert!(role.trusts(&Context::default().with("cognito-identity.amazonaws.com:aud", ["eu-west-1:1"])));
        assert!(!role.trusts(&Context::default().with("cognito-identity.amazonaws.com:aud", ["eu-west-1:2"])));
        for bad in [
            "",
            "user",
            "arn:aws:iam::1:role/user",
            "arn:aws:iam::000000000000:user/user",
            "arn:aws:iam::000000000000:role/",
        ] {
            assert!(make(bad).is_err(), "{bad}");
        }
        assert!(Role::new(&role.arn, &policy, &policy, 3600).is_err_and(|text| text.contains("Resource")));
        assert!(Role::new(&role.arn, &trust, &trust, 3600).is_err_and(|text| text.contains("Principal")));
        assert!(Role::new(&role.arn, &trust, &policy, 900).is_err());
    }
}
