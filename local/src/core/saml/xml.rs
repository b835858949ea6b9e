//! Reading XML of others: no document types, no entities, bounded depth.

use uppsala::{Document, NodeId, NodeKind, Parser};

const DEEPEST: u32 = 100;

/// A document.
pub(crate) struct Xml<'a> {
    pub(super) document: Document<'a>,
    pub(crate) root: NodeId,
}

impl<'a> Xml<'a> {
    /// # Errors
    /// A text, if the document is not well-formed or has a document type.
    pub(crate) fn parse(text: &'a str) -> Result<Self, &'static str> {
        let parser = Parser::new().with_forbid_dtd(true).with_forbid_entities(true).with_max_depth(DEEPEST);
        let document = parser.parse(text).map_err(|_| "the XML is malformed or has a document type")?;
        let root = document.document_element().ok_or("the XML has no element")?;
        Ok(Self { document, root })
    }

    pub(crate) fn is(&self, node: NodeId, namespace: &str, name: &str) -> bool {
        self.document.element(node).is_some_and(|element| element.name.matches(Some(namespace), name))
    }

    /// The child elements of that name.
    pub(crate) fn children(&self, node: NodeId, namespace: &str, name: &str) -> Vec<NodeId> {
        self.document.children_iter(node).filter(|child| self.is(*child, namespace, name)).collect()
    }

    /// The only child element of that name; `None` when there are several.
    pub(crate) fn only(&self, node: NodeId, namespace: &str, name: &str) -> Option<NodeId> {
        let mut children = self.children(node, namespace, name).into_iter();
        children.next().filter(|_| children.next().is_none())
    }

    /// An attribute without namespace.
    pub(crate) fn attribute(&self, node: NodeId, name: &str) -> Option<&str> {
        let element = self.document.element(node)?;
        let own = element.attributes.iter().find(|own| own.name.matches(None, name));
        own.map(|attribute| attribute.value.as_ref())
    }

    /// All text below a node, trimmed. Comments don't cut it: what was signed is what is read.
    pub(crate) fn text(&self, node: NodeId) -> String {
        self.document.text_content_deep(node).trim().to_owned()
    }

    /// All elements at and below a node.
    pub(super) fn elements(&self, node: NodeId) -> Vec<NodeId> {
        let is_element = |node: &NodeId| matches!(self.document.node_kind(*node), Some(NodeKind::Element(_)));
        std::iter::once(node).chain(self.document.descendants(node)).filter(is_element).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn document_types_and_entities_are_refused() {
        for bad in ["", "<a>", "<!DOCTYPE a><a/>", "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "<a>&x;</a>"] {
            assert!(Xml::parse(bad).is_err(), "{bad}");
        }
        let deep = format!("{}{}", "<a>".repeat(1000), "</a>".repeat(1000));
        assert!(Xml::parse(&deep).is_err());
    }

    #[test]
    fn comments_do_not_cut_text() {
        let xml = Xml::parse("<a>admin@example.com<!-- -->.evil.example</a>").unwrap();
        assert_eq!(xml.text(xml.root), "admin@example.com.evil.example");
    }
}
