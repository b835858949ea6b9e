//! The whole house, for those who look into all rooms: the control API and the page.

use super::service::{Desk, Service, Shared};

/// All services, and what they share.
pub(crate) struct House<'a> {
    pub(crate) desk: Desk<'a>,
    pub(crate) services: &'a mut [Box<dyn Service>],
    /// The shared state of the configuration, made anew.
    pub(crate) reset: &'a mut dyn FnMut(u64) -> Shared,
    pub(crate) was_reset: bool,
}

impl House<'_> {
    /// Back to the state that the configuration describes. Keys are kept.
    pub(crate) fn reset(&mut self) {
        self.desk.world.clock.reset();
        let now_ms = self.desk.world.clock.now_ms();
        *self.desk.shared = (self.reset)(now_ms);
        self.was_reset = true;
        (*self.desk.faults, *self.desk.journal) = Default::default();
        self.services.iter_mut().for_each(|service| service.reset(now_ms));
    }
}
