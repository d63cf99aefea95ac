//! Puts the text of a service's module together from the syntax trees of its chunks.
//!
//! Each tree has the whole shape of a module. What is the same in all of them (the client, the documentation) is taken
//! from one; methods, builders and jobs follow each other in the order of the chunks; and types are put in the order of
//! their names, which is progenitor's. A type that several chunks have is kept once, where all of them agree on it.
//! Where they do not, nobody knows what progenitor makes of the whole: then the whole is made at once.

use std::collections::BTreeMap;

use quote::ToTokens;
use syn::{File, ImplItem, Item, ItemImpl, ItemMod, parse_quote};

use crate::pass::{ANSWERS, CLIENT_METHODS, tree};

/// The module that each piece is printed in, so that it stands as far to the right as in the end.
const AROUND: &str = "around";

/// What stands in the module where pieces go.
const MARKS: [&str; 4] = ["mark_methods", "mark_jobs", "mark_types", "mark_builders"];

/// The pieces of one chunk, printed.
pub(crate) struct Pieces {
    /// The module, with a mark in the place of the pieces.
    frame: String,
    /// Whether the frame has a place for jobs.
    has_jobs: bool,
    /// The client's methods.
    methods: String,
    /// The types of the operations that are jobs.
    jobs: String,
    /// The types, by name.
    types: BTreeMap<String, TypeText>,
    /// The errors of the types, where there are any.
    errors: Option<String>,
    /// What all builders share.
    uses: String,
    /// The builders.
    builders: String,
    /// How each answer is read, by its type, in the order of the operations.
    answers: Vec<(String, String)>,
}

/// A type.
#[derive(PartialEq, Eq)]
struct TypeText {
    /// The type itself.
    definition: String,
    /// Its `new`. A chunk makes one where one of its operations takes the type.
    constructor: Option<String>,
    /// Everything else that is implemented for it.
    others: String,
}

/// Takes a chunk's tree to pieces, and prints them; nothing if there is something in it that nobody knows the place of.
pub(crate) fn print(mut file: File) -> Option<Pieces> {
    let mut pieces = Pieces {
        frame: String::new(),
        has_jobs: false,
        methods: String::new(),
        jobs: String::new(),
        types: BTreeMap::new(),
        errors: None,
        uses: String::new(),
        builders: String::new(),
        answers: Vec::new(),
    };
    let [methods, jobs, types, builders] = MARKS.map(|mark| quote::format_ident!("{mark}"));
    let mut kept = Vec::new();
    for mut item in file.items {
        match &mut item {
            Item::Impl(client) if tree::docs(&client.attrs) == CLIENT_METHODS => {
                pieces.methods = printed_methods(std::mem::take(&mut client.items));
                client.items = vec![ImplItem::Macro(parse_quote!(#methods!();))];
            }
            Item::Impl(answer) if is_answer(answer) => {
                let key = answer.self_ty.to_token_stream().to_string();
                pieces.answers.push((key, unparse(vec![item])));
                continue;
            }
            Item::Mod(ItemMod { ident, content: Some((_, items)), .. }) => {
                let inner = std::mem::take(items);
                if ident == "operation" {
                    pieces.has_jobs = true;
                    pieces.jobs = printed(inner);
                    items.push(parse_quote!(#jobs!();));
                } else if ident == "types" {
                    pieces.add_types(inner)?;
                    items.push(parse_quote!(#types!();));
                } else if ident == "builder" {
                    let (uses, inner): (Vec<Item>, Vec<Item>) =
                        inner.into_iter().partition(|item| matches!(item, Item::Use(_)));
                    pieces.uses = printed(uses);
                    pieces.builders = printed(inner);
                    items.push(parse_quote!(#builders!();));
                } else {
                    return None;
                }
            }
            _ => {}
        }
        kept.push(item);
    }
    file.items = kept;
    pieces.frame = prettyplease::unparse(&file);
    Some(pieces)
}

fn is_answer(item: &ItemImpl) -> bool {
    let path = item.trait_.as_ref().map(|(path, _)| path);
    path.is_some_and(|path| path.to_token_stream().to_string().replace(' ', "") == ANSWERS)
}

impl Pieces {
    /// The types, each with what follows until the next.
    fn add_types(&mut self, items: Vec<Item>) -> Option<()> {
        let mut groups: Vec<(String, Vec<Item>)> = Vec::new();
        for item in items {
            let name = match &item {
                Item::Struct(item) => item.ident.to_string(),
                Item::Enum(item) => item.ident.to_string(),
                Item::Type(item) => item.ident.to_string(),
                Item::Mod(item) if item.ident == "error" => {
                    self.errors = Some(printed(vec![Item::Mod(item.clone())]));
                    continue;
                }
                Item::Impl(_) => {
                    groups.last_mut()?.1.push(item);
                    continue;
                }
                _ => return None,
            };
            // In any other order than that of the names, the place of a type would not be known.
            if groups.last().is_some_and(|(last, _)| *last >= name) || self.errors.is_some() {
                return None;
            }
            groups.push((name, vec![item]));
        }
        for (name, mut items) in groups {
            let others = items.split_off(1);
            let (constructors, others): (Vec<Item>, Vec<Item>) = others.into_iter().partition(is_constructor);
            let constructor = (!constructors.is_empty()).then(|| printed(constructors));
            let text = TypeText { definition: printed(items), constructor, others: printed(others) };
            self.types.insert(name, text);
        }
        Some(())
    }
}

/// Whether an item is the `impl` with a type's `new`, and nothing else.
fn is_constructor(item: &Item) -> bool {
    let Item::Impl(ItemImpl { trait_: None, items, .. }) = item else { return false };
    matches!(items.as_slice(), [ImplItem::Fn(function)] if function.sig.ident == "new")
}

/// Items as they are printed in a module.
fn printed(items: Vec<Item>) -> String {
    if items.is_empty() {
        return String::new();
    }
    let name = quote::format_ident!("{AROUND}");
    let mut module: ItemMod = parse_quote!(mod #name {});
    module.content = Some((syn::token::Brace::default(), items));
    inside(&unparse(vec![Item::Mod(module)]))
}

/// Methods as they are printed in an `impl`.
fn printed_methods(items: Vec<ImplItem>) -> String {
    if items.is_empty() {
        return String::new();
    }
    let mut all: ItemImpl = parse_quote!(impl Client {});
    all.items = items;
    inside(&unparse(vec![Item::Impl(all)]))
}

fn unparse(items: Vec<Item>) -> String {
    prettyplease::unparse(&File { items, ..parse_quote!() })
}

/// What stands between the first line of a text and its last.
fn inside(text: &str) -> String {
    let start = text.find('\n').map_or(0, |end| end + 1);
    let end = text.trim_end().rfind('\n').map_or(start, |end| end + 1);
    text.get(start..end).unwrap_or_default().to_owned()
}

/// The text of the module, from the pieces of its chunks; nothing if they contradict each other.
pub(crate) fn join(chunks: Vec<Pieces>) -> Option<String> {
    let with_jobs = chunks.iter().position(|pieces| pieces.has_jobs).unwrap_or_default();
    let mut frame = String::new();
    let (mut methods, mut jobs, mut builders) = (String::new(), String::new(), String::new());
    let mut types: BTreeMap<String, TypeText> = BTreeMap::new();
    let mut errors: Option<String> = None;
    let mut answers: Vec<(String, String)> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for (number, pieces) in chunks.into_iter().enumerate() {
        if number == with_jobs {
            frame = pieces.frame;
        }
        methods.push_str(&pieces.methods);
        jobs.push_str(&pieces.jobs);
        if number == 0 {
            builders = pieces.uses;
        }
        builders.push_str(&pieces.builders);
        errors = errors.or(pieces.errors);
        for (name, text) in pieces.types {
            match types.get_mut(&name) {
                None => {
                    types.insert(name, text);
                }
                Some(known) => known.agree(text)?,
            }
        }
        for (name, text) in pieces.answers {
            match places.get(&name).and_then(|place| answers.get_mut(*place)) {
                None => {
                    places.insert(name.clone(), answers.len());
                    answers.push((name, text));
                }
                Some((_, known)) => *known = agreed(std::mem::take(known), text)?,
            }
        }
    }
    let types =
        types.into_values().flat_map(|text| [text.definition, text.constructor.unwrap_or_default(), text.others]);
    let types: String = types.chain(errors).collect();
    let mut text = fill(frame, [methods, jobs, types, builders])?;
    answers.iter().for_each(|(_, answer)| text.push_str(answer));
    Some(text)
}

impl TypeText {
    /// Takes what another chunk made of the same type.
    fn agree(&mut self, other: Self) -> Option<()> {
        let constructors_agree = match (&self.constructor, &other.constructor) {
            (Some(one), Some(other)) => one == other,
            _ => true,
        };
        if self.definition != other.definition || self.others != other.others || !constructors_agree {
            return None;
        }
        self.constructor = self.constructor.take().or(other.constructor);
        Some(())
    }
}

/// What two chunks say of the same answer: it may be nothing where both say so.
fn agreed(one: String, other: String) -> Option<String> {
    let strict = |text: &str| text.replace("crate::answer::json_or_nothing(", "crate::answer::json(");
    if one == other {
        Some(one)
    } else if strict(&one) == strict(&other) {
        Some(strict(&one))
    } else {
        None
    }
}

/// Puts the pieces in the places of their marks, which come in the same order.
fn fill(frame: String, pieces: [String; 4]) -> Option<String> {
    let mut text = String::with_capacity(frame.len() + pieces.iter().map(String::len).sum::<usize>());
    let mut rest = frame.as_str();
    for (mark, piece) in MARKS.iter().zip(pieces) {
        let line = format!("    {mark}!();\n");
        let Some((before, after)) = rest.split_once(&line) else {
            // The operations that are jobs have a place where there are any.
            if piece.is_empty() { continue } else { return None }
        };
        // An empty module is printed on one line.
        if piece.is_empty() {
            text.push_str(before.strip_suffix('\n')?);
        } else {
            text.push_str(before);
            text.push_str(&piece);
        }
        rest = after;
    }
    text.push_str(rest);
    Some(text)
}
