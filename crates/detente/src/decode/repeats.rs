use super::{Code, Fault, Faults, Node, Segment, Source, Value};

/// Says of every key given twice in which line it stands first. O(n) in the tree for each.
pub(super) fn name_lines(root: &Node, text: &str, faults: &mut Faults) {
    if faults.iter().all(|fault| fault.code != Code::Duplicate) {
        return;
    }
    let lines = Source::new("", text);
    for fault in faults.iter_mut() {
        if fault.code == Code::Duplicate && fault.label.is_none() {
            let first = first(root, text, fault).map(|offset| lines.line_number(offset));
            fault.label = Some(match first.or_else(|| header(&lines, fault)) {
                Some(line) => format!("first given in line {line}; keep one"),
                None => "keep one".to_owned(),
            });
        }
    }
}

/// Where the key that the fault blames stands first.
fn first(root: &Node, text: &str, fault: &Fault) -> Option<usize> {
    let span = fault.span.clone()?;
    let key = text.get(span.clone())?.trim_matches(['"', '\'']);
    let (table, own_key) = root.find(&fault.path)?;
    let named = match fault.path.segments().last() {
        Some(Segment::Key(last)) if last == key => own_key.map(|key| key.start),
        _ => None,
    };
    let parent = fault.path.parent().unwrap_or_default();
    earlier(table, key, span.start)
        .or(named.filter(|start| *start < span.start))
        .or_else(|| earlier(root.find(&parent)?.0, key, span.start))
}

/// The line of the same header before: the parser remembers the later one only.
fn header(lines: &Source, fault: &Fault) -> Option<usize> {
    let last = lines.line_number(fault.span.as_ref()?.start);
    let name = |line: usize| lines.line(line).split(']').next().map(str::trim_start);
    let header = name(last).filter(|name| name.starts_with('['));
    (1..last).find(|line| header.is_some() && name(*line) == header)
}

/// Where the key stands before the byte `at`, in this table or in the inline table around that byte.
fn earlier(node: &Node, key: &str, at: usize) -> Option<usize> {
    let around = |node: &&Node| node.span.as_ref().is_some_and(|span| span.contains(&at));
    match &node.value {
        Value::Table(entries) => {
            let inner = entries.iter().map(|entry| &entry.node).find(around);
            let own = entries.iter().find(|entry| entry.key == key);
            let own = own.and_then(|entry| Some(entry.key_span.as_ref()?.start));
            inner
                .and_then(|inner| earlier(inner, key, at))
                .or(own.filter(|start| *start < at))
        }
        Value::Array(items) => earlier(items.iter().find(around)?, key, at),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, labels: &[&str]) {
        let mut faults = Faults::new();
        let _ = Node::from_toml(text, &mut faults);
        let found: Vec<String> = faults.iter().filter_map(|it| it.label.clone()).collect();
        assert_eq!(found, labels, "{text}");
    }

    #[test]
    fn the_line_of_the_first_is_named() {
        let first = "first given in line 2; keep one";
        check("\na = 1\na = 2", &[first]);
        check("\n[p.a]\nx = 1\n[p.a]\ny = 2", &[first]);
        check("[p]\nx = { a = 1, a = 2 }", &[first]);
        check("[p]\nx = [{ a = 1 }, { a = 2, a = 3 }]", &[first]);
        check("\na = 1\n[a.b]\nc = 1", &[first]);
        check("[t]\n'k' = 1\nother = 2\n\"k\" = 3", &[first]);
    }
}
