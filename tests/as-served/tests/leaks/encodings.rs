//! The ways in which a text is written down by those that repeat it.

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE},
};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// An encoding: its name, and what it makes of a text.
pub type Encoding = (&'static str, fn(&str) -> String);

/// As it is, and in every encoding that error pages and logs use.
pub const ENCODINGS: [Encoding; 14] = [
    ("plain", str::to_owned),
    ("percent-decoded", percent_decoded),
    ("percent-encoded", percent),
    ("every byte percent-encoded", every_byte),
    ("percent-encoded twice", |text| percent(&percent(text))),
    ("base64", |text| STANDARD.encode(text)),
    ("base64 of addresses", |text| URL_SAFE.encode(text)),
    ("JSON", json),
    ("JSON with slashes escaped", |text| json(text).replace('/', "\\/")),
    ("JSON in ASCII", json_in_ascii),
    ("HTML", html),
    ("HTML in numbers", |text| text.chars().map(|c| format!("&#{};", u32::from(c))).collect()),
    ("Debug", debug),
    ("Debug of Debug", |text| debug(&debug(text))),
];

fn percent_decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

fn percent(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

fn every_byte(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02x}")).collect()
}

/// The text as it stands between the quotes of a JSON string.
pub fn json(text: &str) -> String {
    let quoted = serde_json::to_string(text).unwrap();
    quoted[1..quoted.len() - 1].to_owned()
}

fn json_in_ascii(text: &str) -> String {
    text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect()
}

fn html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

/// The text as it stands between the quotes of its `Debug`.
fn debug(text: &str) -> String {
    let quoted = format!("{text:?}");
    quoted[1..quoted.len() - 1].to_owned()
}
