//! Groups and the role that they give.

use serde::Deserialize;

/// A group, as `CreateGroup` describes it.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct GroupSettings {
    pub(crate) group_name: String,
    /// Stored for `GetGroup`; the lowest number wins the preferred role.
    pub(crate) precedence: Option<u32>,
    pub(crate) role_arn: Option<String>,
}

/// The role of the group with the lowest precedence; none on a tie of different roles.
pub(super) fn preferred_role<'a>(groups: impl Iterator<Item = &'a GroupSettings>) -> Option<&'a str> {
    let mut best: Option<(u32, &str)> = None;
    let mut tie = false;
    for group in groups {
        let (Some(precedence), Some(role)) = (group.precedence, group.role_arn.as_deref()) else { continue };
        match best {
            Some((lowest, _)) if lowest < precedence => {}
            Some((lowest, first)) if lowest == precedence => tie |= first != role,
            _ => (best, tie) = (Some((precedence, role)), false),
        }
    }
    best.filter(|_| !tie).map(|(_, role)| role)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lowest_precedence_wins_unless_roles_tie() {
        let group =
            |precedence, role: &str| GroupSettings { group_name: "g".into(), precedence, role_arn: Some(role.into()) };
        let preferred = |groups: &[GroupSettings]| preferred_role(groups.iter()).map(str::to_owned);
        assert_eq!(preferred(&[]), None);
        assert_eq!(preferred(&[group(None, "a")]), None);
        assert_eq!(preferred(&[group(Some(2), "a"), group(Some(1), "b")]).as_deref(), Some("b"));
        assert_eq!(preferred(&[group(Some(1), "a"), group(Some(1), "b")]), None);
        assert_eq!(preferred(&[group(Some(1), "a"), group(Some(1), "a")]).as_deref(), Some("a"));
        assert_eq!(preferred(&[group(Some(1), "a"), group(Some(1), "b"), group(Some(0), "c")]).as_deref(), Some("c"));
    }
}
