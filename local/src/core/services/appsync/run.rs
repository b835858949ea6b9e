//! What resolvers are given, and what they leave.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::change::{Change, Watch};
use super::context::Context;
use super::identity::Identity;
use super::notes::Notes;
use super::rights::Rights;
use crate::core::wire::date::xml_date;
use crate::core::world::random::stable_uuid;

/// What resolvers are given, and what they leave.
pub(super) struct Run {
    pub(super) rights: Rights,
    pub(super) notes: Arc<Mutex<Notes>>,
    /// What a subscription is told of.
    pub(super) told: Option<Change>,
    /// What mutations changed.
    pub(super) changes: Mutex<Vec<Change>>,
    /// What subscriptions asked for.
    pub(super) watches: Mutex<Vec<Watch>>,
    pub(super) seed: String,
    pub(super) made: AtomicU64,
    pub(super) now: String,
}

impl Run {
    pub(super) fn new(context: &mut Context<'_>, identity: Identity, told: Option<Change>) -> Self {
        Self {
            rights: rights(context, identity),
            notes: context.notes.clone(),
            told,
            changes: Mutex::default(),
            watches: Mutex::default(),
            seed: context.random.uuid(),
            made: AtomicU64::new(0),
            now: xml_date(context.now_ms),
        }
    }

    pub(super) fn notes(&self) -> MutexGuard<'_, Notes> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// An id for a note, and the time.
    pub(super) fn stamp(&self) -> (String, String) {
        let number = self.made.fetch_add(1, Ordering::Relaxed);
        (stable_uuid(&[&self.seed, &number.to_string()]), self.now.clone())
    }
}

pub(super) fn rights(context: &Context<'_>, identity: Identity) -> Rights {
    let arn = context.settings.arn(context.region);
    Rights { identity, arn, editors_group: context.settings.editors_group.clone() }
}
