//! Texts with wildcards and variables (IAM User Guide, "IAM policy elements: Variables and tags").

use super::context;
use super::context::Context;

enum Part {
    /// `*`: any number of characters.
    Any,
    /// `?`: one character.
    One,
    Text(String),
    /// `${…}`, the name of a context key.
    Variable(String),
}

/// A text of a policy that others are compared with.
pub(super) struct Pattern(Vec<Part>);

/// One step of a comparison.
#[derive(Clone, Copy, PartialEq)]
enum Step {
    Any,
    One,
    Letter(char),
}

impl Pattern {
    /// # Errors
    /// A text that names the variable which is not known, or does not end.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            if let Some(inner) = rest.strip_prefix("${") {
                let (name, after) = inner.split_once('}').ok_or_else(|| format!("{text}: a variable does not end"))?;
                parts.push(match name {
                    "*" | "?" | "$" => Part::Text(name.into()),
                    _ if context::key(name).is_some_and(|key| !key.is_list) => Part::Variable(name.into()),
                    _ => return Err(format!("{text}: the variable ${{{name}}} is not supported")),
                });
                rest = after;
                continue;
            }
            match (first, parts.last_mut()) {
                ('*', _) => parts.push(Part::Any),
                ('?', _) => parts.push(Part::One),
                (_, Some(Part::Text(text))) => text.push(first),
                _ => parts.push(Part::Text(first.into())),
            }
            rest = &rest[first.len_utf8()..];
        }
        Ok(Self(parts))
    }

    /// Whether a text fits; wildcards are honoured. A variable that has no value fits nothing.
    pub(super) fn fits(&self, text: &str, context: &Context) -> bool {
        self.steps(context, true).is_some_and(|steps| compare(&steps, &text.chars().collect::<Vec<_>>()))
    }

    /// As [`Self::fits`], whatever the case.
    pub(super) fn fits_in_any_case(&self, text: &str, context: &Context) -> bool {
        let lower =
            |step| if let Step::Letter(letter) = step { Step::Letter(letter.to_ascii_lowercase()) } else { step };
        let steps = self.steps(context, true).map(|steps| steps.into_iter().map(lower).collect::<Vec<_>>());
        steps.is_some_and(|steps| compare(&steps, &text.to_ascii_lowercase().chars().collect::<Vec<_>>()))
    }

    /// Whether a text is the same, wildcards standing for themselves.
    pub(super) fn equals(&self, text: &str, context: &Context) -> bool {
        self.steps(context, false).is_some_and(|steps| compare(&steps, &text.chars().collect::<Vec<_>>()))
    }

    fn steps(&self, context: &Context, wildcards: bool) -> Option<Vec<Step>> {
        let mut steps = Vec::new();
        for part in &self.0 {
            match part {
                Part::Any => steps.push(if wildcards { Step::Any } else { Step::Letter('*') }),
                Part::One => steps.push(if wildcards { Step::One } else { Step::Letter('?') }),
                Part::Text(text) => steps.extend(text.chars().map(Step::Letter)),
                // The value is taken as it is: a `*` in it is no wildcard.
                Part::Variable(name) => match context.get(name) {
                    [value] => steps.extend(value.chars().map(Step::Letter)),
                    _ => return None,
                },
            }
        }
        Some(steps)
    }
}

/// Glob matching that goes back only to the last `*`, so that no pattern takes more than quadratic time.
fn compare(steps: &[Step], text: &[char]) -> bool {
    let (mut step, mut letter) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while letter < text.len() {
        match steps.get(step) {
            Some(Step::Any) => {
                retry = Some((step, letter));
                step += 1;
            }
            Some(fitting) if *fitting == Step::One || *fitting == Step::Letter(text[letter]) => {
                step += 1;
                letter += 1;
            }
            _ => {
                let Some((star, from)) = retry else { return false };
                retry = Some((star, from + 1));
                (step, letter) = (star + 1, from + 1);
            }
        }
    }
    steps[step..].iter().all(|step| *step == Step::Any)
}

#[cfg(test)]
mod tests {
    use super::context::SUBJECT;
    use super::*;
    use proptest::prelude::*;

    fn fits(pattern: &str, text: &str) -> bool {
        Pattern::parse(pattern).unwrap().fits(text, &Context::default())
    }

    #[test]
    fn wildcards_stand_for_any_letters() {
        for (pattern, text) in
            [("*", ""), ("a*", "a"), ("a*c", "abbc"), ("*b*", "abc"), ("a?c", "aéc"), ("a**", "ab"), ("", "")]
        {
            assert!(fits(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [("a*c", "abcd"), ("a?", "a"), ("", "a"), ("A", "a"), ("*a", "ab")] {
            assert!(!fits(pattern, text), "{pattern} {text}");
        }
        assert!(Pattern::parse("Get*").unwrap().fits_in_any_case("getItem", &Context::default()));
        assert!(Pattern::parse("a*").unwrap().equals("a*", &Context::default()));
        assert!(!Pattern::parse("a*").unwrap().equals("ab", &Context::default()));
    }

    #[test]
    fn variables_are_taken_as_they_are_and_must_have_a_value() {
        let pattern = Pattern::parse("b/${cognito-identity.amazonaws.com:sub}/*").unwrap();
        let context = |value: &str| Context::default().with(SUBJECT, [value]);
        assert!(pattern.fits("b/eu:1/x", &context("eu:1")));
        assert!(!pattern.fits("b/eu:2/x", &context("eu:1")));
        assert!(!pattern.fits("b/eu:2/x", &context("*")), "a wildcard in a value is none");
        assert!(!pattern.fits("b//x", &Context::default()));
        assert!(Pattern::parse("${*}").unwrap().fits("*", &Context::default()));
        assert!(!Pattern::parse("${*}").unwrap().fits("x", &Context::default()));
        for bad in ["${aws:username}", "${cognito-identity.amazonaws.com:amr}", "${", "a${b"] {
            assert!(Pattern::parse(bad).is_err(), "{bad}");
        }
    }

    proptest! {
        /// The matcher agrees with one that tries everything.
        #[test]
        fn matching_agrees_with_trying_everything(pattern in "[ab*?]{0,8}", text in "[ab]{0,8}") {
            fn slow(pattern: &[u8], text: &[u8]) -> bool {
                match (pattern.split_first(), text.split_first()) {
                    (None, _) => text.is_empty(),
                    (Some((b'*', rest)), _) => (0..=text.len()).any(|taken| slow(rest, &text[taken..])),
                    (Some((b'?', rest)), Some((_, after))) => slow(rest, after),
                    (Some((letter, rest)), Some((first, after))) => letter == first && slow(rest, after),
                    (Some(_), None) => false,
                }
            }
            prop_assert_eq!(fits(&pattern, &text), slow(pattern.as_bytes(), text.as_bytes()));
        }
    }
}
