//! An operation, with everything that the page says about it.

use super::correction::Correction;
use super::failure::Failure;
use super::group::{Builder, Group, Message, described};
use super::knowledge::{About, Abouts};
use super::ledger::Ledger;
use super::recorded::Recorded;
use super::schema::Schema;
use crate::yaml::{self, Node};
use crate::{Error, Snippet, Sources};

/// What operations are made from.
pub(crate) struct Parts<'a> {
    pub(crate) sources: &'a Sources,
    pub(crate) served: Node<'a>,
    pub(crate) ledgers: &'a [Ledger],
    pub(crate) corrections: &'a [Correction],
    pub(crate) failures: &'a [Failure],
}

/// An operation.
pub(crate) struct Operation {
    pub(crate) id: String,
    pub(crate) service: String,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) description: String,
    /// What the client sends its requests to by default.
    pub(crate) server: String,
    pub(crate) since: Option<String>,
    pub(crate) is_job: bool,
    /// It is there for the sake of others.
    pub(crate) is_plumbing: bool,
    /// Whether an answer has a field that says that it is a failure.
    pub(crate) may_fail_in_200: bool,
    pub(crate) page: Option<Page>,
    pub(crate) about: About,
    pub(crate) snippet: Snippet,
    pub(crate) recorded: Option<Recorded>,
    pub(crate) inputs: Vec<Group>,
    pub(crate) outputs: Vec<Answer>,
    pub(crate) failures: Vec<Failure>,
    /// Indexes of the corrections that concern it.
    pub(crate) corrections: Vec<usize>,
}

/// What the page of an operation prints about it as a whole.
pub(crate) struct Page {
    pub(crate) page: String,
    pub(crate) title: String,
    pub(crate) address: String,
    pub(crate) execution: String,
}

/// An answer, with the tables of its body.
pub(crate) struct Answer {
    pub(crate) statuses: Vec<String>,
    pub(crate) is_failure: bool,
    pub(crate) description: String,
    pub(crate) groups: Vec<Group>,
    /// Where the fields are told already.
    pub(crate) elsewhere: Option<String>,
    /// What it may be, if that differs by the request.
    pub(crate) any_of: Vec<String>,
}

impl Operation {
    /// All groups of fields, those of answers included.
    pub(crate) fn groups(&self) -> impl Iterator<Item = &Group> {
        self.inputs.iter().chain(self.outputs.iter().flat_map(|answer| &answer.groups))
    }
}

pub(crate) fn read(parts: &Parts<'_>) -> Result<Vec<Operation>, Error> {
    let abouts: Abouts = yaml::read(&parts.sources.operations)?;
    let mut operations = Vec::new();
    for (path, methods) in parts.served.need("paths")?.entries() {
        for (method, node) in methods.entries() {
            operations.push(one(parts, &abouts, path, method, &node)?);
        }
    }
    // Those with a page first, service by service; what is there for others comes behind them.
    operations.sort_by_key(|operation| (operation.is_plumbing, operation.service != "zstack"));
    Ok(operations)
}

fn one<'a>(
    parts: &Parts<'a>,
    abouts: &Abouts,
    path: &'a str,
    method: &str,
    node: &Node<'a>,
) -> Result<Operation, Error> {
    let sources = parts.sources;
    let id = node.need("operationId")?.text()?;
    let missing = |file: &str| Error::new(file, id, "the operation is not in it");
    let about = abouts.get(id).ok_or_else(|| missing(&sources.operations.file))?;
    let snippet = sources.snippets.get(id).ok_or_else(|| missing("reference/snippets"))?;
    let ledger = parts.ledgers.iter().find(|ledger| ledger.operation == id);
    let recorded = sources.examples.get(id).map(Recorded::read).transpose()?;
    let mut builder = Builder {
        operation: id,
        template: path,
        root: parts.served.clone(),
        ledger,
        recorded: recorded.as_ref(),
        corrections: parts.corrections,
        tables: Vec::new(),
        reached: vec![node.pointer.clone()],
        told: Vec::new(),
    };

    let mut inputs = vec![builder.parameters(node)?];
    if let Some(body) = node.get("requestBody") {
        inputs.extend(
            builder.body(&json_schema(&body)?.ok_or_else(|| body.error("it has no schema"))?, &Message::Request)?,
        );
    }
    let outputs = answers(&mut builder, node)?;
    let failures: Vec<Failure> =
        parts.failures.iter().filter(|failure| failure.operations.iter().any(|name| name == id)).cloned().collect();
    for (status, response) in node.need("responses")?.entries() {
        let told = failures.iter().any(|failure| failure.status.to_string() == status);
        if !status.starts_with('2') && !told {
            return Err(response.error(format!("{} says nothing of this status", sources.errors.file)));
        }
    }

    let reached = builder.reached;
    let concerns = |correction: &Correction| reached.iter().any(|place| correction.touches(place));
    let numbered = parts.corrections.iter().enumerate();
    let corrections = numbered.filter(|(_, correction)| concerns(correction)).map(|(index, _)| index).collect();
    let method = method.to_uppercase();
    Ok(Operation {
        id: id.to_owned(),
        service: node.need("tags")?.need("0")?.text()?.to_owned(),
        path: path.to_owned(),
        description: described(node, node)?,
        server: node.need("servers")?.need("0")?.need("url")?.text()?.to_owned(),
        since: node.text_of("x-since")?.map(str::to_owned),
        is_job: node.is_true("x-job"),
        is_plumbing: node.get("x-plumbing").is_some(),
        may_fail_in_200: reached
            .iter()
            .any(|place| parts.served.at(place).is_some_and(|place| place.get("x-error-property").is_some())),
        page: ledger.map(|ledger| Page {
            page: ledger.page.clone(),
            title: ledger.title.clone(),
            address: ["request example, base address", "example request, base address"]
                .iter()
                .map(|fact| ledger.says(fact))
                .find(|says| !says.is_empty())
                .unwrap_or_default()
                .to_owned(),
            execution: ledger.says("execution").to_owned(),
        }),
        about: about.clone(),
        snippet: snippet.clone(),
        inputs,
        outputs,
        failures,
        corrections,
        method,
        recorded,
    })
}

/// The answers with a body of JSON: those that succeed first. Failures with the same body are one.
fn answers<'a>(builder: &mut Builder<'a>, node: &Node<'a>) -> Result<Vec<Answer>, Error> {
    let mut answers: Vec<(String, Answer)> = Vec::new();
    for (status, response) in node.need("responses")?.entries() {
        let response = match response.text_of("$ref")? {
            Some(reference) => builder.root.at(reference).ok_or_else(|| response.error("this is nowhere"))?,
            None => response,
        };
        builder.reached.push(response.pointer.clone());
        let is_failure = !status.starts_with('2');
        let Some(schema) = json_schema(&response)? else { continue };
        let schema = Schema::of(&schema, &builder.root)?;
        if let Some((_, same)) = answers.iter_mut().find(|(place, _)| *place == schema.node.pointer) {
            same.statuses.push(status.to_owned());
            continue;
        }
        let place = schema.node.pointer.clone();
        let message = if is_failure { Message::Failure } else { Message::Answer(status.to_owned()) };
        let any = schema.node.get("anyOf").map(|any| any.items()).unwrap_or_default();
        let mut any_of = Vec::new();
        for one in any {
            any_of.extend(Schema::of(&one, &builder.root)?.name);
        }
        let first_field = schema.fields().into_iter().next();
        let only_error = schema.fields().len() == 1 && first_field.is_some_and(|(name, _)| name == "error");
        let known = builder.tables.iter().find(|(name, _)| name == "ErrorCode").map(|(_, anchor)| anchor.clone());
        let elsewhere = known.filter(|_| only_error);
        let groups = if any_of.is_empty() && elsewhere.is_none() && !schema.fields().is_empty() {
            builder.body(&schema.node, &message)?
        } else {
            Vec::new()
        };
        let description = described(&response, &schema.node)?;
        let statuses = vec![status.to_owned()];
        answers.push((place, Answer { statuses, is_failure, description, groups, elsewhere, any_of }));
    }
    Ok(answers.into_iter().map(|(_, answer)| answer).collect())
}

fn json_schema<'a>(message: &Node<'a>) -> Result<Option<Node<'a>>, Error> {
    let media = message.get("content").map(|content| content.entries()).unwrap_or_default();
    let json = media.into_iter().find(|(name, _)| name.starts_with("application/json"));
    json.map(|(_, media)| media.need("schema")).transpose()
}
