//! Which CSS the hosted UI takes (Developer Guide, "Hosted UI (classic) branding").

use crate::core::wire::error::{ServiceError, invalid};

/// The classes of AWS's template.
const CLASSES: [&str; 17] = [
    "background-customizable",
    "banner-customizable",
    "errorMessage-customizable",
    "idpButton-customizable",
    "idpDescription-customizable",
    "inputField-customizable",
    "label-customizable",
    "legalText-customizable",
    "logo-customizable",
    "passwordCheck-notValid-customizable",
    "passwordCheck-valid-customizable",
    "redirect-customizable",
    "socialButton-customizable",
    "submitButton-customizable",
    "textDescription-customizable",
    "errorMessage-customizable-info",
    "submitButton-customizable-secondary",
];

/// Refuses selectors other than those of the template, and rules that are not whole.
///
/// # Errors
/// `InvalidParameterException`.
pub(super) fn check(css: &str) -> Result<(), ServiceError> {
    let mut rest = css.trim();
    while !rest.is_empty() {
        let rule = rest.split_once('{').and_then(|(selector, after)| {
            let (block, after) = after.split_once('}')?;
            (!block.contains('{')).then_some((selector.trim(), after.trim_start()))
        });
        let Some((selector, after)) = rule else { return Err(invalid("The CSS has a rule that is not whole.")) };
        if !selector.split(',').map(str::trim).all(is_known) {
            return Err(invalid(format!("The CSS has a selector that can't be customized: {selector}")));
        }
        rest = after;
    }
    Ok(())
}

/// A class of the template, also with a pseudo-class.
fn is_known(selector: &str) -> bool {
    let (class, state) = selector.split_once(':').unwrap_or((selector, "hover"));
    class.strip_prefix('.').is_some_and(|class| CLASSES.contains(&class)) && ["hover", "focus"].contains(&state)
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn only_rules_for_the_classes_of_the_template_are_taken() {
        for good in [
            "",
            ".label-customizable {font-weight: 400;}",
            ".submitButton-customizable:hover {\n color: #fff;\n}\n.logo-customizable, .banner-customizable { max-width: 60% }",
        ] {
            assert!(check(good).is_ok(), "{good}");
        }
        for bad in [
            "body { color: red }",
            ".label-customizable { color: red",
            ".label-customizable { .a { } }",
            ".label-customizable:before { content: 'x' }",
            "@import url(https://example.com/x.css);",
            "<style>",
        ] {
            assert!(check(bad).is_err(), "{bad}");
        }
    }
}
