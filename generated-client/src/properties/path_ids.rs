//! Ids in paths: whatever they hold, the request goes where it was meant to go.

use percent_encoding::percent_decode_str;
use proptest::prelude::*;
use reqwest::Url;

use super::cases;
use crate::{PathId, path_id::encode_path};

/// Texts of what means something in a path, and others.
fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        1 => prop::sample::select(vec!["", ".", "..", "%2e%2e", ".%2E", "a/b", "\\", "\t."]).prop_map(str::to_owned),
        1 => "[./\\\\%2eEfF5cC?#;:@&=+ é\u{ff0f}\u{2024}\t\n\0]{0,8}",
        3 => "[ -.0-\\[\\]-~]{1,12}",
        3 => any::<String>(),
    ]
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn an_id_is_refused_or_stays_one_segment_that_decodes_to_itself(
        first in texts(),
        second in texts(),
        base in prop::sample::select(vec!["https://host", "http://host:8080/prefix/deep", "http://[::1]"]),
    ) {
        let (encoded_first, encoded_second) = match (PathId::try_from(&first), PathId::try_from(&second)) {
            (Ok(first), Ok(second)) => (encode_path(&first).to_string(), encode_path(&second).to_string()),
            (Err(refused), _) | (_, Err(refused)) => {
                prop_assert!(!refused.to_string().contains(char::is_control), "{}", refused);
                return Ok(());
            }
        };
        // As the generated code puts it together.
        let url = Url::parse(&format!("{base}/v3/{encoded_first}/backups/{encoded_second}/restore")).unwrap();
        prop_assert_eq!((url.query(), url.fragment(), url.username()), (None, None, ""));
        prop_assert_eq!(url.origin(), Url::parse(base).unwrap().origin());
        let decoded = |segment| percent_decode_str(segment).decode_utf8().unwrap().into_owned();
        let segments: Vec<String> = url.path_segments().unwrap().map(decoded).collect();
        let mut expected: Vec<&str> = base.split('/').skip(3).collect();
        expected.extend(["v3", &first, "backups", &second, "restore"]);
        prop_assert_eq!(segments, expected);
    }
}
