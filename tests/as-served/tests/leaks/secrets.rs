//! What must not be printed, in every form in which it could be.

use std::{collections::BTreeSet, sync::LazyLock};

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD},
};

use crate::{encodings::ENCODINGS, prints::Print};

/// A session with every character that an encoding changes.
pub const SESSION: &str = r#"s3ss:io/n+w="th<every>thing&'%41\x"#;

/// A token, likewise.
pub const TOKEN: &str = r#"t0k:en/MII+w="th<every>thing&'%41\x"#;

/// The secret of an access key, likewise.
pub const KEY_SECRET: &str = r#"k3y:se/cret+w="th<every>thing&'%41\x"#;

/// The password in ZStack's `url` parameter: likewise, and outside of ASCII, and not encoded where it should be.
pub const PASSWORD: &str = r#"p@ss/wörd+w="th<every>thing&'%41\x"#;

/// The name of the job that a caller chose.
pub const JOB: &str = "c3d1f0a28e7b4965a1b2c3d4e5f60718";

/// The name of the job that the server made of it.
pub const OTHER_JOB: &str = "9f8e7d6c5b4a39281706f5e4d3c2b1a0";

/// A secret in one of its forms.
#[derive(Clone)]
struct Needle {
    secret: String,
    form: String,
    text: String,
}

/// The secrets of a test, in all forms.
#[derive(Clone)]
pub struct Secrets(Vec<Needle>);

impl Secrets {
    /// The secrets that all tests share.
    pub fn known() -> Self {
        static KNOWN: LazyLock<Secrets> = LazyLock::new(|| {
            let mut secrets = Secrets(Vec::new());
            for (name, text) in [
                ("session", SESSION),
                ("token", TOKEN),
                ("access key's secret", KEY_SECRET),
                ("password", PASSWORD),
                ("job", JOB),
                ("server's job", OTHER_JOB),
            ] {
                secrets.add(name, text);
            }
            secrets
        });
        KNOWN.clone()
    }

    /// One more, such as the signature of a request.
    pub fn add(&mut self, secret: &str, text: &str) {
        let mut add = |form: String, text: String| {
            if !self.0.iter().any(|needle| needle.text == text) {
                self.0.push(Needle { secret: secret.to_owned(), form, text });
            }
        };
        let middle = text.char_indices().nth(text.chars().count() / 2).map_or(0, |(at, _)| at);
        for (part, text) in [("whole", text), ("first half", &text[..middle]), ("second half", &text[middle..])] {
            for (name, encode) in ENCODINGS.iter().filter(|(name, _)| !name.starts_with("base64")) {
                add(format!("{part}, {name}"), encode(text));
            }
            for offset in 0..3 {
                // What the text alone decides, whatever stands around it.
                let whole = [&vec![0; offset], text.as_bytes()].concat();
                let decided = (offset * 8).div_ceil(6)..whole.len() * 8 / 6;
                add(format!("{part}, base64"), STANDARD_NO_PAD.encode(&whole)[decided.clone()].to_owned());
                add(format!("{part}, base64 of addresses"), URL_SAFE_NO_PAD.encode(&whole)[decided].to_owned());
            }
        }
    }

    /// No more those of one secret.
    pub fn without(&mut self, secret: &str) {
        self.0.retain(|needle| needle.secret != secret);
    }

    /// Which secrets stand where in these: empty, if none does anywhere.
    pub fn found_in(&self, prints: &[Print]) -> Vec<String> {
        // Many prints are alike, and most have nothing in them: a look at all of them at once is enough.
        let different: BTreeSet<&str> = prints.iter().map(|print| print.text.as_str()).collect();
        let all: String = different.into_iter().flat_map(|text| [text, "\n"]).collect();
        let mut found = Vec::new();
        for Needle { secret, form, text } in self.0.iter().filter(|needle| all.contains(&needle.text)) {
            let prints = prints.iter().filter(|print| print.text.contains(text));
            found.extend(prints.map(|print| format!("{}: {secret} ({form}) in: {}", print.channel, print.text)));
        }
        found
    }

    /// All forms: what has to be found.
    pub fn forms(&self) -> impl Iterator<Item = (String, &str)> {
        self.0.iter().map(|needle| (format!("{}, {}", needle.secret, needle.form), needle.text.as_str()))
    }
}
