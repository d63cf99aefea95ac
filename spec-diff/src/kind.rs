//! The kinds of changes. Their names are stable: a CI may look for them. `README.md` has the verdict and reason of each.

use std::fmt;

use serde::{Serialize, Serializer};

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $name:literal,)*) => {
        /// What kind of change it is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $($(#[$doc])* $kind,)*
        }

        impl Kind {
            /// All kinds, in the order of the README's table.
            pub const ALL: &[Kind] = &[$(Kind::$kind,)*];

            /// Its stable name, in kebab case.
            pub fn name(self) -> &'static str {
                match self {
                    $(Kind::$kind => $name,)*
                }
            }
        }
    };
}

kinds! {
    /// The operation is no longer in the document.
    OperationGone = "operation-gone",
    /// The operation is new.
    OperationAdded = "operation-added",
    /// The same path and method have another `operationId`.
    OperationRenamed = "operation-renamed",
    /// The same `operationId` has another path or method.
    OperationMoved = "operation-moved",
    /// The operation's tags are others.
    TagsChanged = "tags-changed",
    /// `x-job` was set or taken away.
    JobChanged = "job-changed",
    /// An operation, a parameter or a field is marked deprecated.
    Deprecated = "deprecated",
    /// The mark is gone.
    NoLongerDeprecated = "no-longer-deprecated",
    /// A server is no longer listed.
    ServerGone = "server-gone",
    /// A server is new.
    ServerAdded = "server-added",
    /// A way to authenticate is no longer taken.
    CredentialsGone = "credentials-gone",
    /// A way to authenticate is new.
    CredentialsAdded = "credentials-added",
    /// A way to authenticate has the same name and is sent otherwise.
    CredentialsChanged = "credentials-changed",
    /// A parameter is gone.
    ParameterGone = "parameter-gone",
    /// A parameter that may be left out is new.
    ParameterAdded = "parameter-added",
    /// A parameter that has to be there is new.
    RequiredParameterAdded = "required-parameter-added",
    /// A parameter went from one place (query, header, cookie) to another.
    ParameterMoved = "parameter-moved",
    /// A parameter in the path has another name.
    ParameterRenamed = "parameter-renamed",
    /// `style` or `explode` of a parameter, or of a response's header.
    StyleChanged = "style-changed",
    /// There is no body any more.
    BodyGone = "body-gone",
    /// There is a body now.
    BodyAdded = "body-added",
    /// There is a body of the request now that has to be sent.
    RequiredBodyAdded = "required-body-added",
    /// A body that could be missing has to be there.
    BodyRequired = "body-required",
    /// A body that had to be there may be missing.
    BodyOptional = "body-optional",
    /// A body is no longer described in a media type.
    MediaTypeGone = "media-type-gone",
    /// A body is described in one more media type.
    MediaTypeAdded = "media-type-added",
    /// A status is no longer documented.
    StatusGone = "status-gone",
    /// A status is documented that was not.
    StatusAdded = "status-added",
    /// A header of a response is gone.
    HeaderGone = "header-gone",
    /// A header of a response is new.
    HeaderAdded = "header-added",
    /// `x-error-property` of a response's schema.
    ErrorPropertyChanged = "error-property-changed",
    /// A field is gone.
    FieldGone = "field-gone",
    /// A field that may be left out is new; in a response, any field.
    FieldAdded = "field-added",
    /// A field of a request that has to be there is new.
    RequiredFieldAdded = "required-field-added",
    /// A field, a parameter or a header that could be missing has to be there.
    NowRequired = "now-required",
    /// A field, a parameter or a header that had to be there may be missing.
    NowOptional = "now-optional",
    /// Fields that the document does not name are refused, or must be of a type.
    OtherFieldsNarrowed = "other-fields-narrowed",
    /// Fields that the document does not name are allowed, or may be of any type.
    OtherFieldsWidened = "other-fields-widened",
    /// Another type, neither within the old one nor around it.
    TypeChanged = "type-changed",
    /// A type within the old one.
    TypeNarrowed = "type-narrowed",
    /// A type around the old one.
    TypeWidened = "type-widened",
    /// `null` is no longer allowed.
    NullGone = "null-gone",
    /// `null` is allowed.
    NullAdded = "null-added",
    /// A value is no longer among those that are listed.
    EnumValueGone = "enum-value-gone",
    /// A value is listed that was not.
    EnumValueAdded = "enum-value-added",
    /// Only listed values are allowed, where any were.
    EnumIntroduced = "enum-introduced",
    /// Any value is allowed, where only listed ones were.
    EnumDropped = "enum-dropped",
    /// A limit (length, number, size, pattern) is new or tighter.
    LimitNarrowed = "limit-narrowed",
    /// A limit is gone or looser.
    LimitWidened = "limit-widened",
    /// A format is new, or holds less than the old one.
    FormatNarrowed = "format-narrowed",
    /// A format is gone, or holds more than the old one.
    FormatWidened = "format-widened",
    /// Another format, neither within the old one nor around it.
    FormatChanged = "format-changed",
    /// Another pattern.
    PatternChanged = "pattern-changed",
    /// One alternative fewer in `anyOf` or `oneOf`.
    AlternativeGone = "alternative-gone",
    /// One alternative more in `anyOf` or `oneOf`.
    AlternativeAdded = "alternative-added",
    /// One condition fewer in `allOf`.
    ConditionGone = "condition-gone",
    /// One condition more in `allOf`.
    ConditionAdded = "condition-added",
    /// Another default.
    DefaultChanged = "default-changed",
    /// A default is no longer stated.
    DefaultGone = "default-gone",
    /// A default is stated.
    DefaultAdded = "default-added",
    /// The same place refers to a schema of another name.
    SchemaRenamed = "schema-renamed",
    /// Something changed that this program cannot judge.
    Unjudged = "unjudged",
    /// Text for people: descriptions, summaries, titles, examples.
    WordsChanged = "words-changed",
    /// An extension (`x-…`) that says nothing about what is sent.
    ExtensionChanged = "extension-changed",
    /// A component that none of the operations of both documents reaches.
    ComponentChanged = "component-changed",
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
