//! Names of channels (AppSync Developer Guide, "Understanding channels").

/// A channel, or all below one.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Channel {
    segments: Vec<String>,
    all_below: bool,
}

/// Whether a text can be a part of a channel's name: up to 50 letters, digits and dashes.
pub(super) fn is_segment(text: &str) -> bool {
    (1..=50).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

impl Channel {
    /// Reads `/namespace/a/b`; the first slash may be missing. `/*` may end what is subscribed to.
    pub(super) fn parse(text: &str, may_have_wildcard: bool) -> Option<Self> {
        let text = text.strip_prefix('/').unwrap_or(text);
        let (text, all_below) = match text.strip_suffix("/*") {
            Some(before) if may_have_wildcard => (before, true),
            _ => (text, false),
        };
        let segments: Vec<String> = text.split('/').map(str::to_owned).collect();
        let fits = segments.len() + usize::from(all_below) <= 5 && segments.iter().all(|segment| is_segment(segment));
        fits.then_some(Self { segments, all_below })
    }

    pub(super) fn namespace(&self) -> &str {
        &self.segments[0]
    }

    /// Whether what is published on another channel comes here.
    pub(super) fn hears(&self, other: &Self) -> bool {
        if self.all_below {
            other.segments.len() > self.segments.len() && other.segments.starts_with(&self.segments)
        } else {
            self.segments == other.segments
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_one_to_five_segments_and_a_wildcard_only_at_the_end() {
        let long = format!("/{}", "a".repeat(50));
        for fine in ["/default", "default/a", "/a/b/c/d/e", "/a-1/B", "/a/*", "/a/b/c/d/*", long.as_str()] {
            assert!(Channel::parse(fine, true).is_some(), "{fine}");
        }
        for wrong in
            ["", "/", "/*", "*", "/a//b", "/a/", "/a/b/c/d/e/f", "/a/b/c/d/e/*", "/a/*/b", "/a_b", &(long + "a")]
        {
            assert!(Channel::parse(wrong, true).is_none(), "{wrong}");
        }
        assert!(Channel::parse("/a/*", false).is_none());
    }

    #[test]
    fn a_wildcard_hears_what_is_below_and_nothing_else() {
        let read = |text| Channel::parse(text, true).unwrap();
        let all = read("/a/b/*");
        for (published, heard) in
            [("/a/b/c", true), ("/a/b/c/d", true), ("/a/b", false), ("/a/bc", false), ("/b/b/c", false)]
        {
            assert_eq!(all.hears(&read(published)), heard, "{published}");
        }
        assert!(read("/a/b").hears(&read("a/b")) && !read("/a/b").hears(&read("/a/b/c")));
    }
}
