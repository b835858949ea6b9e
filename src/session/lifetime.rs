//! How long tokens and credentials are valid, counted from their arrival by the local clock.

/// A clock that has gone back further than this since the arrival has been set, so it is useless.
const CLOCK_SLACK_MS: i64 = 5_000;

/// The validity of tokens or credentials. A clock that is wrong does no harm while it runs steadily.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lifetime {
    /// The arrival, in milliseconds since 1970 by the local clock.
    pub(super) received_at_ms: i64,
    /// The time from the arrival to the expiry.
    pub(super) duration_ms: i64,
}

impl Lifetime {
    /// Whether more than `margin_ms` is left. `false` if the clock has been set back since the arrival.
    pub(super) const fn has_left(self, now_ms: i64, margin_ms: i64) -> bool {
        let (from_ms, until_ms) = self.span_ms(margin_ms);
        from_ms <= now_ms && now_ms < until_ms
    }

    /// From when until when more than `margin_ms` is left, in milliseconds since 1970 by the local clock.
    pub(super) const fn span_ms(self, margin_ms: i64) -> (i64, i64) {
        let until_ms = self.expires_at_ms().saturating_sub(margin_ms);
        (self.received_at_ms.saturating_sub(CLOCK_SLACK_MS), until_ms)
    }

    /// The expiry, in milliseconds since 1970 by the local clock.
    pub(super) const fn expires_at_ms(self) -> i64 {
        self.received_at_ms.saturating_add(self.duration_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_ends_with_its_duration_or_when_the_clock_is_set_back() {
        let lifetime = Lifetime { received_at_ms: 1_000_000, duration_ms: 60_000 };
        assert_eq!(lifetime.expires_at_ms(), 1_060_000);
        assert!(lifetime.has_left(1_059_999, 0) && !lifetime.has_left(1_060_000, 0));
        assert!(lifetime.has_left(1_049_999, 10_000) && !lifetime.has_left(1_050_000, 10_000));
        assert!(lifetime.has_left(995_000, 0) && !lifetime.has_left(994_999, 0));
        for extreme in [i64::MIN, i64::MAX] {
            assert!(!lifetime.has_left(extreme, 0), "{extreme}");
            assert!(!Lifetime { received_at_ms: extreme, duration_ms: 60_000 }.has_left(0, 0), "{extreme}");
        }
    }
}
