//! The table at the end, and the line that ends it.

use super::count::Tally;

/// One part's result.
pub(super) struct Row {
    pub(super) part: &'static str,
    pub(super) tally: Tally,
    pub(super) seconds: f64,
}

/// A line a part, then `N passed, N failed` on a line of its own.
pub(super) fn table(rows: &[Row]) -> String {
    let mut text = format!("{:<10}{:>8}{:>8}{:>9}\n", "part", "passed", "failed", "seconds");
    for Row { part, tally, seconds } in rows {
        let skipped = if tally.skipped > 0 { format!("  ({} skipped)", tally.skipped) } else { String::new() };
        text += &format!("{part:<10}{:>8}{:>8}{seconds:>9.1}{skipped}\n", tally.passed, tally.failed);
    }
    let total = rows.iter().fold(Tally::default(), |total, row| total + row.tally);
    text + &format!("\n{} passed, {} failed\n", total.passed, total.failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_in_the_sum_alone_on_its_line() {
        let row = |part, passed, failed, skipped| Row { part, tally: Tally { passed, failed, skipped }, seconds: 1.25 };
        let text = table(&[row("native", 120, 0, 2), row("e2e", 3, 1, 0)]);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[1], "native         120       0      1.2  (2 skipped)");
        assert_eq!(lines[2], "e2e              3       1      1.2");
        assert_eq!(*lines.last().unwrap(), "123 passed, 1 failed");
    }
}
