//! What could not be taken over.

/// Sentences for people, each once, in the order in which they came up.
#[derive(Default)]
pub(super) struct Notes(Vec<String>);

impl Notes {
    pub(super) fn add(&mut self, text: impl Into<String>) {
        let text = text.into();
        if !self.0.contains(&text) {
            self.0.push(text);
        }
    }

    pub(super) fn into_list(self) -> Vec<String> {
        self.0
    }
}
