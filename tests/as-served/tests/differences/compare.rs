//! What differs between two values, and between what two clients sent.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::listener::Sent;

/// What became of one place of a JSON value, by its pointer. `-` stands for an item behind the end of the other's list.
#[derive(Debug, PartialEq)]
pub enum Change {
    Gained(String, Value),
    Lost(String, Value),
    Changed(String, Value, Value),
}

/// What changed from one value to the other. Numbers are compared by value: `1.0` is 1.
pub fn changes(from: &Value, to: &Value) -> Vec<Change> {
    let mut found = Vec::new();
    compare(String::new(), from, to, &mut found);
    found
}

fn compare(at: String, from: &Value, to: &Value, found: &mut Vec<Change>) {
    match (from, to) {
        (Value::Object(from), Value::Object(to)) => {
            for (key, value) in from {
                let at = format!("{at}/{key}");
                match to.get(key) {
                    Some(other) => compare(at, value, other, found),
                    None => found.push(Change::Lost(at, value.clone())),
                }
            }
            let gained = to.iter().filter(|(key, _)| !from.contains_key(*key));
            found.extend(gained.map(|(key, value)| Change::Gained(format!("{at}/{key}"), value.clone())));
        }
        (Value::Array(from), Value::Array(to)) => {
            for (index, (value, other)) in from.iter().zip(to).enumerate() {
                compare(format!("{at}/{index}"), value, other, found);
            }
            let behind = |items: &[Value], others: usize| items.iter().skip(others).cloned().collect::<Vec<_>>();
            found.extend(behind(from, to.len()).into_iter().map(|value| Change::Lost(format!("{at}/-"), value)));
            found.extend(behind(to, from.len()).into_iter().map(|value| Change::Gained(format!("{at}/-"), value)));
        }
        (Value::Number(from), Value::Number(to)) if from.as_f64() == to.as_f64() => {}
        _ if from == to => {}
        _ => found.push(Change::Changed(at, from.clone(), to.clone())),
    }
}

/// The values in a value that hold no others, with their pointers.
fn leaves(at: &str, value: &Value, found: &mut Vec<(String, Value)>) {
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            fields.iter().for_each(|(key, value)| leaves(&format!("{at}/{key}"), value, found));
        }
        Value::Array(items) if !items.is_empty() => {
            items.iter().for_each(|value| leaves(&format!("{at}/-"), value, found));
        }
        leaf => found.push((at.to_owned(), leaf.clone())),
    }
}

/// The words for values that differ from call to call: a parameter's name in braces, for example.
pub type Words = BTreeMap<String, String>;

/// What the second client did otherwise than the first, one text for each difference.
pub fn differences(first: &[Sent], second: &[Sent], words: &Words) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (one, other) in first.iter().zip(second) {
        requests(one, other, words, &mut found);
    }
    for (sent, what) in [(first, "no longer sends"), (second, "sends")] {
        let behind = first.len().min(second.len());
        for index in behind..sent.len() {
            let after = index.checked_sub(1).map_or("nothing".to_owned(), |index| sent[index].answered.to_string());
            let job = sent[0].headers.get("x-job-uuid");
            found.insert(format!("after {after} {what} {}", whole(&sent[index], job, words)));
        }
    }
    found
}

fn requests(one: &Sent, other: &Sent, words: &Words, found: &mut BTreeSet<String>) {
    for (part, one, other) in [("method", &one.method, &other.method), ("path", &one.path, &other.path)] {
        if one != other {
            found.insert(format!("{part} changes from {one} to {other}"));
        }
    }
    for (what, one, other) in [("loses", one, other), ("gains", other, one)] {
        for pair @ (name, value) in &one.query {
            if !other.query.contains(pair) {
                found.insert(format!("query {what} {name} = {}", text(value, words)));
            }
        }
        for (name, value) in &one.headers {
            if other.headers.get(name) != Some(value) {
                found.insert(format!("header {what} {name} = {}", text(value, words)));
            }
        }
    }
    if one.query != other.query && one.query.len() != other.query.len() {
        found.insert(format!("query has {} pairs instead of {}", other.query.len(), one.query.len()));
    }
    for change in changes(&one.body, &other.body) {
        let (what, at, value) = match change {
            Change::Gained(at, value) => ("gains", at, value),
            Change::Lost(at, value) => ("loses", at, value),
            Change::Changed(at, from, to) => {
                found.insert(format!("body changes {at} from {from} to {to}"));
                continue;
            }
        };
        let mut values = Vec::new();
        leaves(&at, &value, &mut values);
        for (at, value) in values {
            let value = value.as_str().map_or_else(|| value.to_string(), |value| text(value, words));
            found.insert(format!("body {what} {at} = {value}"));
        }
    }
}

/// A request that only one of the clients sends, perhaps for the job that the first request has named.
fn whole(sent: &Sent, job: Option<&String>, words: &Words) -> String {
    let path = match (sent.path.rsplit_once('/'), job) {
        (Some((rest, last)), Some(job)) if last == job => format!("{rest}/{{x-job-uuid}}"),
        _ => sent.path.clone(),
    };
    let query: Vec<String> = sent.query.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
    let headers: Vec<String> =
        sent.headers.iter().map(|(name, value)| format!("{name} = {}", text(value, words))).collect();
    // In one order, whichever serde_json has: a feature that other packages of the workspace turn on decides it.
    let mut body = sent.body.clone();
    body.sort_all_objects();
    let body = if body.is_null() { String::new() } else { format!(", body = {body}") };
    format!("{} {path}{query} with {}{body}", sent.method, headers.join(", "))
}

/// A value in words, where there are words for it.
fn text(value: &str, words: &Words) -> String {
    words.get(value).cloned().unwrap_or_else(|| value.to_owned())
}

#[test]
fn every_part_of_a_request_is_compared() {
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let one = Sent {
        method: "PUT".to_owned(),
        path: "/a".to_owned(),
        query: vec![pair("q", "1"), pair("q", "1")],
        headers: BTreeMap::from([pair("h", "1")]),
        body: serde_json::json!({"same": 1, "old": {"a": {}}, "list": ["a"], "value": 1}),
        answered: 202,
    };
    let other = Sent {
        method: "POST".to_owned(),
        path: "/b".to_owned(),
        query: vec![pair("q", "1"), pair("r", "name")],
        headers: BTreeMap::from([pair("h", "2")]),
        body: serde_json::json!({"same": 1.0, "new": [[]], "list": ["a", "b"], "value": null}),
        answered: 202,
    };
    let words = Words::from([pair("name", "{name}")]);
    let found = differences(std::slice::from_ref(&one), &[other.clone(), other], &words);
    let expected = [
        "after 202 sends POST /b?q=1&r=name with h = 2, body = \
         {\"list\":[\"a\",\"b\"],\"new\":[[]],\"same\":1.0,\"value\":null}",
        "body changes /value from 1 to null",
        "body gains /list/- = b",
        "body gains /new/- = []",
        "body loses /old/a = {}",
        "header gains h = 2",
        "header loses h = 1",
        "method changes from PUT to POST",
        "path changes from /a to /b",
        "query gains r = {name}",
    ];
    assert_eq!(found.iter().map(String::as_str).collect::<Vec<_>>(), expected);

    let less = Sent { query: vec![pair("q", "1")], ..one.clone() };
    assert_eq!(differences(&[one], &[less], &words), BTreeSet::from(["query has 1 pairs instead of 2".to_owned()]));
}
