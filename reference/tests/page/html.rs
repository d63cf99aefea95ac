//! Looking at HTML that maud has written: every element closed, every attribute in double quotes.

/// The elements of this name, with their attributes and what is in them. None may stand within another of its name.
pub(crate) fn elements<'a>(page: &'a str, name: &str) -> Vec<(&'a str, &'a str)> {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let starts = page.match_indices(&open).map(|(at, _)| &page[at + open.len()..]);
    let is_this = |rest: &&str| rest.starts_with(['>', ' ']);
    let split = |rest: &'a str| {
        let (attributes, rest) = rest.split_once('>').unwrap();
        (attributes, rest.split_once(close.as_str()).unwrap().0)
    };
    starts.filter(is_this).map(split).collect()
}

/// The values of an attribute, wherever it stands.
pub(crate) fn attributes<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
    let start = format!(" {name}=\"");
    page.match_indices(&start).map(|(at, _)| page[at + start.len()..].split('"').next().unwrap()).collect()
}

/// What is to be read in a piece of HTML.
pub(crate) fn text(html: &str) -> String {
    let mut text = String::new();
    for part in html.split('<') {
        text.push_str(part.split_once('>').map_or(part, |(_, after)| after));
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// The row with this anchor.
pub(crate) fn row<'a>(page: &'a str, anchor: &str) -> &'a str {
    let is_it = |(attributes, _): &(&str, &str)| attributes.contains(&format!(" id=\"{anchor}\""));
    let found = elements(page, "tr").into_iter().find(is_it);
    found.unwrap_or_else(|| panic!("there is no row {anchor}")).1
}
