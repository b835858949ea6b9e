//! Groups and the role that they give.

use imbl::OrdMap;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::ops::Bound;

use crate::core::wire::date::epoch_seconds;
use crate::core::world::rows::{Changes, Row};

/// A group, as `CreateGroup` describes it.
#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct GroupSettings {
    pub(crate) group_name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) description: Option<String>,
    /// The lowest number wins the preferred role.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) precedence: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) role_arn: Option<String>,
}

/// A group of a pool.
#[derive(Clone, Deserialize, Serialize)]
pub(crate) struct Group {
    pub(crate) settings: GroupSettings,
    pub(crate) created_ms: u64,
    pub(crate) modified_ms: u64,
}

impl Group {
    pub(crate) fn new(settings: GroupSettings, now_ms: u64) -> Self {
        Self { settings, created_ms: now_ms, modified_ms: now_ms }
    }

    pub(crate) fn name(&self) -> &str {
        &self.settings.group_name
    }

    /// `GroupType`.
    pub(crate) fn shown(&self, pool_id: &str) -> Value {
        let mut shown = json!(self.settings);
        shown["UserPoolId"] = json!(pool_id);
        shown["CreationDate"] = json!(epoch_seconds(self.created_ms));
        shown["LastModifiedDate"] = json!(epoch_seconds(self.modified_ms));
        shown
    }
}

/// All groups of one pool, in the order of their names.
#[derive(Clone, Default)]
pub(crate) struct Groups(OrdMap<String, Row<Group>>);

impl Groups {
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Group> {
        self.0.values().map(|row| &**row)
    }

    /// The groups whose names come after this one.
    pub(crate) fn after(&self, name: Option<&str>) -> impl Iterator<Item = &Group> {
        let start = name.map_or(Bound::Unbounded, |name| Bound::Excluded(name.to_owned()));
        self.0.range::<_, String>((start, Bound::Unbounded)).map(|(_, group)| &**group)
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Group> {
        self.0.get(name).map(|row| &**row)
    }

    pub(crate) fn get_mut(&mut self, name: &str) -> Option<&mut Group> {
        self.0.get_mut(name).map(Row::edit)
    }

    /// Adds a group, or puts one in place of another.
    pub(crate) fn put(&mut self, group: Group) {
        self.0.insert(group.name().to_owned(), Row::new(group));
    }

    pub(crate) fn remove(&mut self, name: &str) -> Option<Row<Group>> {
        self.0.remove(name)
    }

    /// What has changed.
    pub(super) fn changes(before: Option<&Self>, now: Option<&Self>, path: &[&str], changes: &mut Changes) {
        changes.table(path, before.map(|groups| &groups.0), now.map(|groups| &groups.0));
    }
}

/// The role of the group with the lowest precedence; none on a tie of different roles.
pub(super) fn preferred_role<'a>(groups: impl Iterator<Item = &'a Group>) -> Option<&'a str> {
    let mut best: Option<(u32, &str)> = None;
    let mut tie = false;
    for group in groups {
        let (Some(precedence), Some(role)) = (group.settings.precedence, group.settings.role_arn.as_deref()) else {
            continue;
        };
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
        let group = |precedence, role: &str| {
            let role_arn = Some(role.into());
            Group::new(GroupSettings { group_name: "g".into(), description: None, precedence, role_arn }, 0)
        };
        let preferred = |groups: &[Group]| preferred_role(groups.iter()).map(str::to_owned);
        assert_eq!(preferred(&[]), None);
        assert_eq!(preferred(&[group(None, "a")]), None);
        assert_eq!(preferred(&[group(Some(2), "a"), group(Some(1), "b")]).as_deref(), Some("b"));
        assert_eq!(preferred(&[group(Some(1), "a"), group(Some(1), "b")]), None);
        assert_eq!(preferred(&[group(Some(1), "a"), group(Some(1), "a")]).as_deref(), Some("a"));
        assert_eq!(preferred(&[group(Some(1), "a"), group(Some(1), "b"), group(Some(0), "c")]).as_deref(), Some("c"));
    }
}
