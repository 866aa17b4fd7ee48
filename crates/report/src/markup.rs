//! Elements of HTML and SVG: whatever is put in as text or as the value of an attribute is escaped,
//! and every element is closed, so that what is written is well-formed by construction.

use std::fmt::Write as _;

/// Elements that hold nothing and are closed where they open.
const EMPTY: [&str; 12] = [
    "br", "circle", "col", "ellipse", "hr", "line", "meta", "path", "polygon", "polyline", "rect",
    "wbr",
];

/// An element with its attributes and what it holds.
#[derive(Debug, Clone)]
pub(crate) struct Element {
    tag: &'static str,
    attributes: Vec<(&'static str, String)>,
    content: Vec<Node>,
}

#[derive(Debug, Clone)]
enum Node {
    Element(Element),
    Text(String),
    /// Our own style and script, which are not escaped.
    Code(String),
}

/// An element without attributes that holds nothing yet.
pub(crate) const fn element(tag: &'static str) -> Element {
    Element {
        tag,
        attributes: Vec::new(),
        content: Vec::new(),
    }
}

impl Element {
    pub(crate) fn set(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    pub(crate) fn class(self, value: &str) -> Self {
        match value {
            "" => self,
            some => self.set("class", some),
        }
    }

    pub(crate) fn text(mut self, text: impl Into<String>) -> Self {
        self.content.push(Node::Text(text.into()));
        self
    }

    /// Style or script of ours: never anything that a case says.
    pub(crate) fn code(mut self, code: impl Into<String>) -> Self {
        self.content.push(Node::Code(code.into()));
        self
    }

    pub(crate) fn child(mut self, child: Self) -> Self {
        self.content.push(Node::Element(child));
        self
    }

    pub(crate) fn children(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        self.content.extend(children.into_iter().map(Node::Element));
        self
    }

    /// The text of the element. O(length).
    pub(crate) fn render(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) {
        // A String never refuses to be written to.
        let _ = write!(out, "<{}", self.tag);
        for (name, value) in &self.attributes {
            let _ = write!(out, " {name}=\"");
            escape(value, out);
            out.push('"');
        }
        if self.content.is_empty() && EMPTY.contains(&self.tag) {
            out.push_str("/>");
            return;
        }
        out.push('>');
        for node in &self.content {
            match node {
                Node::Element(element) => element.write(out),
                Node::Text(text) => escape(text, out),
                Node::Code(code) => out.push_str(code),
            }
        }
        let _ = write!(out, "</{}>", self.tag);
        if matches!(
            self.tag,
            "p" | "tr" | "section" | "figure" | "details" | "svg" | "li"
        ) {
            out.push('\n');
        }
    }
}

/// Text in which nothing is markup.
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_put_in_is_markup() {
        let hostile = "\"><script>alert('x')&";
        let text = element("b").set("title", hostile).text(hostile).render();
        let escaped = "&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&amp;";
        assert_eq!(text, format!("<b title=\"{escaped}\">{escaped}</b>"));
    }

    #[test]
    fn every_element_is_closed() {
        let text = element("g").child(element("path").set("d", "M0 0"));
        assert_eq!(text.render(), "<g><path d=\"M0 0\"/></g>");
        assert_eq!(element("div").render(), "<div></div>");
    }
}
