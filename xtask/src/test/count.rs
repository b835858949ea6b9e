//! How many tests passed and failed, read from what each test runner prints.

use std::iter::Sum;
use std::ops::Add;

/// A number of tests. What did not run to its end has not passed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) passed: u32,
    pub(super) failed: u32,
    pub(super) skipped: u32,
}

impl Tally {
    /// One failed test.
    pub(super) const FAILURE: Self = Self { passed: 0, failed: 1, skipped: 0 };

    /// A check that has only a verdict.
    pub(super) fn verdict(passed: bool) -> Self {
        if passed { Self { passed: 1, ..Self::default() } } else { Self::FAILURE }
    }

    /// What a runner's exit code adds to its own count: a failure it did not count, or that it
    /// counted nothing at all, is one failed test.
    pub(super) fn with_exit(self, success: bool) -> Self {
        let unseen = self.failed == 0 && (!success || self.passed == 0);
        Self { failed: self.failed + u32::from(unseen), ..self }
    }
}

impl Add for Tally {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            skipped: self.skipped + other.skipped,
        }
    }
}

impl Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(tallies: I) -> Self {
        tallies.fold(Self::default(), Self::add)
    }
}

/// Rust's libtest and wasm-bindgen's runner: `test result: ok. 5 passed; 0 failed; 1 ignored; …`,
/// one line a test program.
pub(super) fn cargo(text: &str) -> Tally {
    let results = text.lines().filter_map(|line| line.trim().strip_prefix("test result: "));
    results.fold(Tally::default(), |total, result| {
        let number = |label: &str| {
            let clauses = result.split([';', '.']).map(str::trim);
            clauses.filter_map(|clause| clause.strip_suffix(label)).find_map(|number| number.trim().parse().ok())
        };
        let count = |label| number(label).unwrap_or(0);
        total + Tally { passed: count("passed"), failed: count("failed"), skipped: count("ignored") }
    })
}

/// Node's runner with its `spec` reporter: `ℹ pass 3`, `ℹ fail 0`, … at the end.
pub(super) fn node(text: &str) -> Tally {
    let count = |label: &str| {
        let lines = text.lines().rev().filter_map(|line| line.trim().strip_prefix("ℹ "));
        lines.filter_map(|line| line.strip_prefix(label)).find_map(|number| number.trim().parse().ok()).unwrap_or(0)
    };
    Tally {
        passed: count("pass "),
        failed: count("fail ") + count("cancelled "),
        skipped: count("skipped ") + count("todo "),
    }
}

/// Playwright with its `list` reporter: `  3 passed (5.2s)`, `  1 failed`, … at the end. A flaky
/// test failed at least once, so it failed.
pub(super) fn playwright(text: &str) -> Tally {
    let count = |label: &str| {
        let of_line = |line: &str| {
            let (number, rest) = line.trim().split_once(' ')?;
            let rest = rest.split(" (").next()?;
            (rest == label).then(|| number.parse::<u32>().ok()).flatten()
        };
        text.lines().rev().find_map(of_line).unwrap_or(0)
    };
    let failed = ["failed", "flaky", "interrupted", "did not run"].map(count).iter().sum();
    Tally { passed: count("passed"), failed, skipped: count("skipped") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(passed: u32, failed: u32, skipped: u32) -> Tally {
        Tally { passed, failed, skipped }
    }

    #[test]
    fn adds_up_cargos_programs() {
        let text = "running 5 tests\ntest a ... ok\n\n\
            test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
            test result: FAILED. 2 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.20s\n\
            test result: ok. 0 passed; 0 failed; 0 ignored; 0 measured; 9 filtered out; finished in 0.00s\n";
        assert_eq!(cargo(text), tally(7, 3, 1));
        assert_eq!(cargo("error: could not compile `x`"), Tally::default());
    }

    #[test]
    fn reads_wasm_bindgens_runner() {
        let text = "running 2 tests\ntest web::a ... ok\n\ntest result: ok. 2 passed; 0 failed; 0 ignored; 0 filtered out; finished in 0.01s\n";
        assert_eq!(cargo(text), tally(2, 0, 0));
    }

    #[test]
    fn reads_nodes_summary() {
        let text = "✔ one (1ms)\nℹ tests 9\nℹ suites 0\nℹ pass 4\nℹ fail 1\nℹ cancelled 2\nℹ skipped 1\nℹ todo 1\nℹ duration_ms 52\n";
        assert_eq!(node(text), tally(4, 3, 2));
        assert_eq!(node("Error: cannot find module"), Tally::default());
    }

    #[test]
    fn reads_playwrights_summary_and_trusts_no_flaky_test() {
        let text = "  ✓ 1 a.spec.mjs:3:1 › 12 passed notes (1s)\n\n  1 failed\n    a.spec.mjs\n  1 flaky\n    b\n  2 skipped\n  3 did not run\n  14 passed (1.2m)\n";
        assert_eq!(playwright(text), tally(14, 5, 2));
        assert_eq!(playwright("Error: No tests found"), Tally::default());
    }

    #[test]
    fn exit_codes_and_empty_runs_count() {
        assert_eq!(tally(3, 0, 0).with_exit(true), tally(3, 0, 0));
        assert_eq!(tally(3, 0, 0).with_exit(false), tally(3, 1, 0));
        assert_eq!(tally(3, 2, 0).with_exit(false), tally(3, 2, 0));
        assert_eq!(tally(0, 0, 0).with_exit(true), Tally::FAILURE);
        assert_eq!(tally(0, 0, 4).with_exit(true), tally(0, 1, 4));
    }
}
