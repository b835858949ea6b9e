//! A schedule, determined by a seed.

use crate::cognito::Rules;
use crate::random::Random;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Faults {
    None,
    /// Single operations of the storage fail.
    Passing,
    /// All operations of a kind fail for some time.
    Lasting,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Action {
    /// Requests tokens, refreshed if necessary.
    Fetch,
    ForceRefresh,
    CurrentUser,
    Credentials,
    SignIn {
        user: usize,
    },
    SignOut,
    SignOutEverywhere,
    /// The tab crashes, and a new one replaces it.
    Crash,
    Freeze,
    Thaw,
    /// Somebody clears the site's storage.
    ClearStorage,
    /// The tokens expire.
    Expire,
    /// This tab's clock is set.
    SetClock {
        error_ms: i64,
    },
    /// Cognito ends all sessions of a user, as after a global sign-out on another device.
    RevokeElsewhere {
        user: usize,
    },
}

#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub(crate) pause_ms: u32,
    pub(crate) tab: usize,
    pub(crate) action: Action,
}

#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) seed: u64,
    pub(crate) tabs: usize,
    pub(crate) lag_ms: u32,
    /// How long an operation of the storage takes; 0 if it is synchronous.
    pub(crate) operation_ms: u32,
    pub(crate) faults: Faults,
    pub(crate) has_locks: bool,
    pub(crate) rules: Rules,
    /// The longest time of a refresh request or its response.
    pub(crate) latency_ms: u64,
    /// The percentage of requests that are lost, and of responses.
    pub(crate) loss: u64,
    pub(crate) steps: Vec<Step>,
}

pub(crate) const USERS: [&str; 3] = ["ada", "bob", "cyd"];

impl Plan {
    pub(crate) fn of(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let has_locks = !random.chance(15);
        let (lag_ms, operation_ms) =
            if random.chance(25) { (0, random.pick(&[1, 3, 10])) } else { (random.pick(&[0, 5, 10, 25, 50, 100]), 0) };
        let faults = match random.below(100) {
            // Without locks, a failing storage can't hold a lease either.
            _ if !has_locks => Faults::None,
            0..15 => Faults::Passing,
            15..25 => Faults::Lasting,
            _ => Faults::None,
        };
        let rules = Rules { rotates: random.chance(70), grace_ms: random.pick(&[0, 0, 60_000]) };
        let mut plan = Self {
            seed,
            tabs: 2 + random.below(7) as usize,
            lag_ms,
            operation_ms,
            faults,
            has_locks,
            rules,
            latency_ms: random.pick(&[2, 30, 300, 7_000]),
            loss: random.pick(&[0, 0, 5]),
            steps: Vec::new(),
        };
        let steps = 10 + random.below(40);
        for _ in 0..steps {
            let step = plan.step(&mut random);
            let (tab, is_refresh) = (step.tab, matches!(step.action, Action::ForceRefresh));
            plan.steps.push(step);
            // A tab that dies just after its refresh, and another one that refreshes at once.
            if is_refresh && random.chance(15) {
                let dies_ms = random.below(2 * plan.latency_ms.min(300) + 20) as u32;
                let next = (tab + 1) % plan.tabs;
                plan.steps.push(Step { pause_ms: dies_ms, tab, action: Action::Crash });
                plan.steps.push(Step { pause_ms: random.below(20) as u32, tab: next, action: Action::ForceRefresh });
            }
        }
        plan
    }

    fn step(&self, random: &mut Random) -> Step {
        let user = random.below(USERS.len() as u64) as usize;
        let action = match random.below(100) {
            0..22 => Action::Fetch,
            22..40 => Action::ForceRefresh,
            40..48 => Action::CurrentUser,
            48..56 => Action::Credentials,
            56..68 => Action::SignIn { user },
            68..77 => Action::SignOut,
            77..80 => Action::SignOutEverywhere,
            80..84 => Action::Crash,
            84..86 if self.has_locks => Action::Freeze,
            86..90 if self.has_locks => Action::Thaw,
            90..91 => Action::ClearStorage,
            91..96 => Action::Expire,
            // If the storage fails, the clocks decide which sign-in is later.
            96..98 if self.has_locks && self.faults == Faults::None => {
                Action::SetClock { error_ms: random.pick(&[0, 0, 3_000, -3_000, 7_200_000, -7_200_000]) }
            }
            98..99 => Action::RevokeElsewhere { user },
            _ => Action::Fetch,
        };
        let pause_ms = match random.below(10) {
            0..4 => random.below(8),
            4..7 => random.below(60),
            7..9 => random.below(400),
            _ => random.below(20_000),
        };
        Step { pause_ms: pause_ms as u32, tab: random.below(self.tabs as u64) as usize, action }
    }
}
