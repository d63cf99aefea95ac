//! The names that generated code uses of the hand-written crate around it.

/// The type of an id in a path.
pub(crate) const PATH_ID: &str = "crate::path_id::PathId";

/// The hand-written type that stands for a named schema, where there is one.
pub(crate) fn hand_written(schema: &str) -> Option<&'static str> {
    HAND_WRITTEN.iter().find(|(name, _)| *name == schema).map(|(_, rust)| *rust)
}

/// Named schemas with a hand-written type.
pub(crate) const HAND_WRITTEN: [(&str, &str); 1] = [("Timestamp", "crate::timestamp::Timestamp")];
