//! The fields of a message, in groups of one table each.

use super::correction::Correction;
use super::field::{Field, PageWords, Server};
use super::ledger::{FieldFact, Ledger};
use super::recorded::{Recorded, Shown};
use super::schema::{Schema, unit};
use super::shared;
use crate::Error;
use crate::yaml::{Node, below};

/// The fields of one object, or the parameters.
#[derive(Debug)]
pub(crate) struct Group {
    pub(crate) anchor: String,
    /// Where the object stands in its message; empty for the whole message.
    pub(crate) path: String,
    /// The name of its schema.
    pub(crate) schema: Option<String>,
    pub(crate) description: String,
    /// Indexes of the corrections of that description.
    pub(crate) corrections: Vec<usize>,
    pub(crate) fields: Vec<Field>,
}

/// Which message a body belongs to.
#[derive(Debug, Clone)]
pub(crate) enum Message {
    Request,
    /// An answer that succeeds, as opposed to a failure; its name in anchors.
    Answer(String),
    Failure,
}

impl Message {
    fn name(&self) -> &str {
        match self {
            Self::Request => "request",
            Self::Answer(name) => name,
            Self::Failure => "failure",
        }
    }
}

/// Builds the groups of one operation.
pub(crate) struct Builder<'a> {
    pub(crate) operation: &'a str,
    /// The template of the operation's path.
    pub(crate) template: &'a str,
    pub(crate) root: Node<'a>,
    pub(crate) ledger: Option<&'a Ledger>,
    pub(crate) recorded: Option<&'a Recorded>,
    pub(crate) corrections: &'a [Correction],
    /// The schemas that have a table already, with its anchor.
    pub(crate) tables: Vec<(String, String)>,
    /// Places of the served document that the operation reaches.
    pub(crate) reached: Vec<String>,
    /// Rows of the ledger that have their field.
    pub(crate) told: Vec<&'a str>,
}

/// What is known of a field before its page is asked.
pub(super) struct Draft<'a> {
    pub(super) path: String,
    pub(super) place: Option<&'static str>,
    pub(super) node: Node<'a>,
    pub(super) schema: Node<'a>,
    pub(super) required: Option<bool>,
}

impl<'a> Builder<'a> {
    /// The tables of a body: that of the object itself, then those of the objects in it, in the order of the fields.
    pub(crate) fn body(&mut self, schema: &Node<'a>, message: &Message) -> Result<Vec<Group>, Error> {
        let mut groups = Vec::new();
        self.object(&Schema::of(schema, &self.root)?, String::new(), message, &mut groups)?;
        if matches!(message, Message::Request)
            && let Some(first) = groups.first_mut()
        {
            // What must be sent comes first, what is not known at all last.
            first.fields.sort_by_key(|field| !matches!(field.server, Server::Has { required: Some(true), .. }));
            first.fields.extend(self.rows_that_the_server_lacks());
        }
        Ok(groups)
    }

    fn object(
        &mut self,
        schema: &Schema<'a>,
        path: String,
        message: &Message,
        groups: &mut Vec<Group>,
    ) -> Result<(), Error> {
        self.reached.push(schema.node.pointer.clone());
        let anchor = match path.as_str() {
            "" => format!("{}.{}", self.operation, message.name()),
            path => format!("{}.{}.{}-fields", self.operation, message.name(), plain(path)),
        };
        if let Some(name) = &schema.name {
            self.tables.push((name.clone(), anchor.clone()));
        }
        let here = groups.len();
        let description = described(&schema.node, &schema.node)?;
        let corrections = self.touching(&below(&schema.node.pointer, "description"));
        groups.push(Group {
            anchor,
            path: path.clone(),
            schema: schema.name.clone(),
            description,
            corrections,
            fields: Vec::new(),
        });
        for (name, node) in schema.fields() {
            let path = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
            let required = matches!(message, Message::Request).then(|| schema.requires(name));
            let value = Schema::of(&node, &self.root)?;
            let (value, path_of_value) = match value.items(&self.root)? {
                Some(items) => (items, format!("{path}[]")),
                None => (value, path.clone()),
            };
            let known = |builder: &Self| value.name.as_ref().is_some_and(|name| builder.table(name).is_some());
            if !value.fields().is_empty() && !known(self) {
                self.object(&value, path_of_value, message, groups)?;
            }
            let field = self.field(Draft { path, place: None, schema: node.clone(), node, required }, message)?;
            if let Some(group) = groups.get_mut(here) {
                group.fields.push(field);
            }
        }
        Ok(())
    }

    pub(super) fn field(&mut self, draft: Draft<'a>, message: &Message) -> Result<Field, Error> {
        let Draft { path, place, node, schema, required } = draft;
        let schema = Schema::of(&schema, &self.root)?;
        let description = described(&node, &schema.node)?;
        let page = self.page_words(&node.pointer);
        // The example is the page's, so it is asked by the page's own name.
        let path_on_page = page.as_ref().map_or(&path, |page| &page.path);
        let shown = self.recorded.map_or(Shown::NoExample, |recorded| match (place, message) {
            (Some(place), _) => recorded.parameter(place, &path, self.template),
            (None, Message::Request) => recorded.in_request(path_on_page),
            (None, Message::Answer(status)) if status == "200" => recorded.in_response(path_on_page),
            (None, _) => Shown::NoExample,
        });
        let items = schema.items(&self.root)?;
        let value = items.as_ref().unwrap_or(&schema);
        let type_ = schema.type_in_words(&self.root)?;
        let mut corrections = self.touching(&node.pointer);
        if value.name.is_some() && value.fields().is_empty() {
            corrections.extend(self.touching(&value.node.pointer));
            corrections.sort_unstable();
            corrections.dedup();
            self.reached.push(value.node.pointer.clone());
        }
        let shared = value.name.as_ref().filter(|_| shared::is_shared(value)).map(|name| shared::anchor(name));
        Ok(Field {
            anchor: format!("{}.{}.{}", self.operation, message.name(), plain(&path)),
            type_anchor: shared.or_else(|| value.name.as_ref().and_then(|name| self.table(name))),
            unit: unit(&type_, &description),
            nullable: schema.node.is_true("nullable") || node.is_true("nullable"),
            server: Server::Has { required, limits: schema.limits(), description },
            path,
            place,
            type_,
            page,
            shown,
            corrections,
        })
    }

    /// Rows of the page that no field of the served document belongs to.
    fn rows_that_the_server_lacks(&mut self) -> Vec<Field> {
        let rows = self.ledger.map(|ledger| ledger.fields.iter()).into_iter().flatten();
        let rows = rows.filter(|row| row.place_in_message == "body" && !self.told.contains(&row.place.as_str()));
        let field = |row: &'a FieldFact| Field {
            anchor: format!("{}.request.{}", self.operation, plain(&row.path)),
            path: row.path.clone(),
            place: None,
            type_: row.type_.clone(),
            type_anchor: None,
            unit: None,
            nullable: false,
            page: Some(words(row)),
            shown: self.recorded.map_or(Shown::NoExample, |recorded| recorded.in_request(&row.path)),
            server: Server::Not,
            corrections: self.touching(pointer(&row.place)),
        };
        rows.map(field).collect()
    }

    fn table(&self, schema: &str) -> Option<String> {
        self.tables.iter().find(|(name, _)| name == schema).map(|(_, anchor)| anchor.clone())
    }

    pub(super) fn page_words(&mut self, pointer_of_field: &str) -> Option<PageWords> {
        let row = self.ledger?.fields.iter().find(|row| pointer(&row.place) == pointer_of_field)?;
        self.told.push(&row.place);
        Some(words(row))
    }

    pub(super) fn touching(&self, pointer: &str) -> Vec<usize> {
        let numbered = self.corrections.iter().enumerate();
        numbered.filter(|(_, correction)| correction.touches(pointer)).map(|(index, _)| index).collect()
    }
}

fn words(row: &FieldFact) -> PageWords {
    PageWords {
        path: row.path.clone(),
        type_: row.type_.clone(),
        required: row.required.clone(),
        says: row.says.clone(),
        deviations: row.deviations.clone(),
    }
}

/// What is said of a place, or else of its schema. The words that name a correction go: it is marked beside them.
pub(crate) fn described(node: &Node<'_>, schema: &Node<'_>) -> Result<String, Error> {
    let found = node.text_of("description")?.or(schema.text_of("description")?);
    let text = found.ok_or_else(|| node.error("there is no description"))?;
    // Without the space: a line may end at the colon.
    let text = text.split("Correction:").next().unwrap_or_default().trim();
    if text.is_empty() {
        return Err(node.error("the description says nothing"));
    }
    // Where the file breaks its lines means nothing.
    let paragraphs = text.split("\n\n").map(|paragraph| paragraph.split_whitespace().collect::<Vec<_>>().join(" "));
    Ok(paragraphs.collect::<Vec<_>>().join("\n\n"))
}

fn pointer(place: &str) -> &str {
    place.strip_prefix('#').unwrap_or(place)
}

/// A path as it stands in an anchor.
fn plain(path: &str) -> String {
    path.replace("[]", "")
}

#[cfg(test)]
mod tests {
    use serde_yaml::Value;

    use super::*;

    #[test]
    fn the_name_of_a_correction_goes_from_a_description_wherever_its_line_ends() {
        for text in ["What it is. Correction: Port 8080.", "What it is. Correction:\nPort 8080.\n"] {
            let value = Value::Mapping([("description".into(), text.into())].into_iter().collect());
            let node = Node::root("", &value);
            assert_eq!(described(&node, &node).unwrap(), "What it is.", "{text:?}");
        }
    }
}
