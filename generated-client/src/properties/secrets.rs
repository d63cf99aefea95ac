//! Secrets stay hidden, however what repeats a request has encoded them.

use proptest::{prelude::*, sample};
use reqwest::{Url, header::HeaderValue};

use super::cases;
use crate::secrets::Secrets;

/// What encodes a whole text: some of its characters it has to write as escapes, others it may.
#[derive(Clone, Debug)]
enum Encoder {
    /// A client that puts it into an address.
    Percent { too: Vec<char> },
    /// A server that puts it into JSON.
    Json { too: Vec<char> },
    /// A proxy that puts it into its error page.
    Html { too: Vec<char> },
    /// Whoever leaves nothing as it was.
    All(Escape),
}

#[derive(Clone, Copy, Debug)]
enum Escape {
    Percent,
    PercentLowercase,
    Json,
    Hexadecimal,
    Html,
    HtmlHexadecimal,
}

impl Encoder {
    fn any() -> impl Strategy<Value = Self> {
        let some = |characters: &str| sample::subsequence(characters.chars().collect::<Vec<_>>(), 0..6);
        let all = [
            Escape::Percent,
            Escape::PercentLowercase,
            Escape::Json,
            Escape::Hexadecimal,
            Escape::Html,
            Escape::HtmlHexadecimal,
        ];
        prop_oneof![
            some("+/=&';#@").prop_map(|too| Self::Percent { too }),
            some("/<>&'=+é备😀").prop_map(|too| Self::Json { too }),
            some("\"'/=+#@").prop_map(|too| Self::Html { too }),
            sample::select(all.to_vec()).prop_map(Self::All),
        ]
    }

    fn write(&self, text: &str) -> String {
        text.chars().map(|character| self.write_one(character)).collect()
    }

    fn write_one(&self, character: char) -> String {
        match (self, character) {
            (Self::All(escape), _) => escape.write(character),
            (Self::Percent { too }, _)
                if "%\\\"<>".contains(character) || !character.is_ascii() || too.contains(&character) =>
            {
                Escape::Percent.write(character)
            }
            (Self::Json { .. }, '"' | '\\') => format!("\\{character}"),
            (Self::Json { too }, '/') if too.contains(&character) => "\\/".to_owned(),
            (Self::Json { too }, _) if too.contains(&character) => Escape::Json.write(character),
            (Self::Html { .. }, '&') => "&amp;".to_owned(),
            (Self::Html { .. }, '<') => "&lt;".to_owned(),
            (Self::Html { .. }, '>') => "&gt;".to_owned(),
            (Self::Html { too }, '"') if too.contains(&character) => "&quot;".to_owned(),
            (Self::Html { too }, _) if too.contains(&character) => Escape::Html.write(character),
            _ => character.to_string(),
        }
    }
}

impl Escape {
    fn write(self, character: char) -> String {
        let bytes = |write: fn(&u8) -> String| character.to_string().as_bytes().iter().map(write).collect();
        match self {
            Self::Percent => bytes(|byte| format!("%{byte:02X}")),
            Self::PercentLowercase => bytes(|byte| format!("%{byte:02x}")),
            Self::Json => character.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect(),
            Self::Hexadecimal => bytes(|byte| format!("\\x{byte:02x}")),
            Self::Html => format!("&#{};", u32::from(character)),
            Self::HtmlHexadecimal => format!("&#x{:X};", u32::from(character)),
        }
    }
}

/// A secret of these characters, with a digit in it, so that it is no part of `[hidden]`.
fn secret(characters: &'static str) -> impl Strategy<Value = String> {
    (characters, "[0-9]").prop_map(|(start, digit)| start + &digit)
}

/// A secret, and how a request carries it.
#[derive(Clone, Debug)]
enum Carried {
    Session(String),
    Token(String),
    Password(String),
}

impl Carried {
    fn any() -> impl Strategy<Value = Self> {
        prop_oneof![
            secret("[a-z0-9]{4,32}").prop_map(Self::Session),
            secret("[a-zA-Z0-9+/=%\"&<';#@]{4,32}").prop_map(Self::Token),
            secret("[a-zA-Z0-9+/=%\"&<';#@é备😀]{4,32}").prop_map(Self::Password),
        ]
    }

    /// The same, and secrets with backslashes, which are lost where escapes of JSON in JSON stand behind them.
    fn any_with_backslashes() -> impl Strategy<Value = Self> {
        let password = secret("[a-z+/%&\\\\;@é]{4,32}").prop_map(Self::Password);
        prop_oneof![3 => Self::any(), 1 => password]
    }

    fn secret(&self) -> &str {
        let (Self::Session(secret) | Self::Token(secret) | Self::Password(secret)) = self;
        secret
    }

    /// The secrets of the request.
    fn secrets(&self) -> Secrets {
        let mut url = Url::parse("http://zstack.example/image-store").unwrap();
        let header = match self {
            Self::Session(secret) => format!("OAuth {secret}"),
            Self::Token(secret) => secret.clone(),
            Self::Password(secret) => {
                url.query_pairs_mut().append_pair("url", &format!("ssh://root:{secret}@h:22/bs"));
                String::new()
            }
        };
        Secrets::of(&url, &[HeaderValue::from_str(&header).unwrap()])
    }
}

/// Text around a secret of which no part can be taken for one of the secret or of its encoding.
const AROUND: &str = "[ .,(){}!*$\n]{0,12}";

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn a_secret_is_hidden_in_any_mixture_of_encodings_and_nothing_else_is(
        carried in Carried::any(),
        encoders in prop::collection::vec(Encoder::any(), 0..4),
        before in AROUND,
        behind in AROUND,
    ) {
        let written = encoders.iter().fold(carried.secret().to_owned(), |text, encoder| encoder.write(&text));
        let shown = carried.secrets().hide(&format!("{before}{written}{behind}"));
        prop_assert_eq!(shown, format!("{before}[hidden]{behind}"));
    }

    #[test]
    fn a_secret_is_hidden_whatever_stands_around_it(
        carried in Carried::any_with_backslashes(),
        before in "\\PC{0,20}(%|%2|&#|&|\\\\|\\\\u00)?",
        behind in "(;|0|41|\\PC)?\\PC{0,20}",
    ) {
        let secret = carried.secret();
        let shown = carried.secrets().hide(&format!("{before}{secret}{behind}"));
        prop_assert!(!shown.contains(secret), "{}", shown);
    }
}
