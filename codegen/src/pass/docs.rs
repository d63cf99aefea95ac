//! Documentation of several lines as several lines: progenitor writes one attribute, which is printed as `/** … */`.

use syn::{Attribute, File, parse_quote, visit_mut::VisitMut};

use super::tree;

/// Splits every documentation attribute by line.
pub(super) fn by_line(file: &mut File) {
    ByLine.visit_file_mut(file);
}

struct ByLine;

impl VisitMut for ByLine {
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
        let old = std::mem::take(attributes);
        for attribute in old {
            match tree::doc_text(&attribute) {
                None => attributes.push(attribute),
                Some(text) => attributes.extend(lines(&text).into_iter().map(|line| {
                    let split: Attribute = parse_quote!(#[doc = #line]);
                    Attribute { style: attribute.style, ..split }
                })),
            }
        }
    }
}

/// The lines of a text, each with the space that follows `///`, none with white space at its end.
fn lines(text: &str) -> Vec<String> {
    let line = |line: &str| if line.trim().is_empty() { String::new() } else { format!(" {}", line.trim_end()) };
    match text.trim() {
        "" => vec![String::new()],
        text => text.lines().map(line).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_line_stays() {
        let mut file: File = parse_quote!(
            #[doc = "One."]
            #[doc = ""]
            #[doc = " Two."]
            struct It;
        );
        by_line(&mut file);
        assert_eq!(
            file,
            parse_quote!(
                #[doc = " One."]
                #[doc = ""]
                #[doc = " Two."]
                struct It;
            )
        );
    }

    #[test]
    fn a_text_of_three_lines_is_three_attributes() {
        let mut file: File = parse_quote!(
            #[doc = "One.\n\n  - three  \n"]
            struct It;
        );
        by_line(&mut file);
        assert_eq!(
            file,
            parse_quote!(
                #[doc = " One."]
                #[doc = ""]
                #[doc = "   - three"]
                struct It;
            )
        );
    }
}
