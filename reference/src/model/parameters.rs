//! The fields beside the body: credentials, headers, path, query.

use super::field::{Field, PageWords, Server};
use super::group::{Builder, Draft, Group, Message, described};
use super::recorded::Shown;
use crate::Error;
use crate::yaml::Node;

impl<'a> Builder<'a> {
    /// One table with everything beside the body: credentials, headers, path, query.
    pub(crate) fn parameters(&mut self, operation: &Node<'a>) -> Result<Group, Error> {
        let mut fields = Vec::new();
        let alternatives = operation.need("security")?.items();
        // `{}` is the alternative without credentials.
        let required = !alternatives.iter().any(|one| one.entries().is_empty());
        for scheme in alternatives.iter().flat_map(|one| one.entries()) {
            let place = format!("/components/securitySchemes/{}", scheme.0);
            let node = self.root.at(&place).ok_or_else(|| scheme.1.error("there is no such scheme"))?;
            fields.push(self.credentials(&node, required)?);
        }
        for parameter in operation.get("parameters").map(|list| list.items()).unwrap_or_default() {
            let place = match parameter.need("in")?.text()? {
                "path" => "path",
                "query" => "query",
                "header" => "header",
                other => return Err(parameter.error(format!("a parameter in `{other}` has no row here"))),
            };
            fields.push(self.field(
                Draft {
                    path: parameter.need("name")?.text()?.to_owned(),
                    place: Some(place),
                    schema: parameter.need("schema")?,
                    required: Some(parameter.is_true("required")),
                    node: parameter,
                },
                &Message::Request,
            )?);
        }
        let order = |field: &Field| ["path", "query", "header"].iter().position(|place| Some(*place) == field.place);
        fields.sort_by_key(order);
        let anchor = format!("{}.parameters", self.operation);
        Ok(Group {
            anchor,
            path: String::new(),
            schema: None,
            description: String::new(),
            corrections: Vec::new(),
            fields,
        })
    }

    fn credentials(&mut self, scheme: &Node<'a>, required: bool) -> Result<Field, Error> {
        self.reached.push(scheme.pointer.clone());
        let name = scheme.need("name")?.text()?;
        let page = self.page_words(&scheme.pointer).or_else(|| self.page_on_credentials(name));
        let shown = self.recorded.map_or(Shown::NoExample, |it| it.parameter("header", name, self.template));
        Ok(Field {
            anchor: format!("{}.request.{name}", self.operation),
            path: name.to_owned(),
            place: Some("header"),
            type_: "string".to_owned(),
            type_anchor: None,
            unit: None,
            nullable: false,
            page,
            shown,
            server: Server::Has {
                required: Some(required),
                limits: Vec::new(),
                description: described(scheme, scheme)?,
            },
            corrections: self.touching(&scheme.pointer),
        })
    }

    /// What a page says about credentials that have no row in its tables: its badge, and the header in its request.
    fn page_on_credentials(&self, name: &str) -> Option<PageWords> {
        let ledger = self.ledger?;
        let row = ledger.operation_facts.iter().find(|row| row.fact == "request example, credentials, header")?;
        Some(PageWords {
            path: name.to_owned(),
            type_: "badge".to_owned(),
            required: ledger.says("authentication").to_owned(),
            says: row.says.clone(),
            deviations: row.deviations.clone(),
        })
    }
}
