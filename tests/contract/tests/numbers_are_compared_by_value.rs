//! Numbers such as `1.073741824E9` are compared by value everywhere, which takes serde_json as it is by default.

use contract::document::document;
use contract::schema::{Unknown, Validator};
use serde_json::{Number, Value, json};

/// With `arbitrary_precision`, a crate's feature that would spread to the whole workspace, a number keeps its text.
#[test]
fn serde_json_keeps_no_text_of_numbers() {
    let number: Number = serde_json::from_str("1.50").expect("a number");
    assert_eq!(number.to_string(), "1.5");
}

#[test]
fn the_validator_takes_integers_in_every_notation() {
    let validator = Validator::new(&document(), &json!({ "type": "integer", "format": "int64" }), Unknown::Refused);
    for text in ["1.073741824E9", "0.0", "7995392.0", "-1e2", "9223372036854775807"] {
        let value: Value = serde_json::from_str(text).expect("a number");
        assert!(validator.problems(&value).is_empty(), "{text}");
    }
    for text in ["1.5", "1e300", "9223372036854775808", "\"12\"", "null"] {
        let value: Value = serde_json::from_str(text).expect("a value");
        assert!(!validator.problems(&value).is_empty(), "{text}");
    }
}
