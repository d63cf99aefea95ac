//! Parameters in a query: `name=value`, once for each item of a list, not at all for what was left out.

use std::slice;

use serde::{Serialize, Serializer, ser::SerializeSeq};

/// A named parameter, in the form that reqwest's `query` takes.
pub(crate) struct Parameter<'a, T> {
    name: &'a str,
    values: &'a [T],
}

#[allow(dead_code, reason = "of a document without queries, or without lists in them, the generated code calls less")]
impl<'a, T> Parameter<'a, T> {
    /// The parameter `name` with this value. A `None` puts nothing into the query.
    pub(crate) fn new(name: &'a str, value: &'a T) -> Self {
        Self { name, values: slice::from_ref(value) }
    }

    /// The parameter `name` once for each of these values.
    pub(crate) fn list(name: &'a str, values: &'a [T]) -> Self {
        Self { name, values }
    }
}

impl<T: Serialize> Serialize for Parameter<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut pairs = serializer.serialize_seq(Some(self.values.len()))?;
        for value in self.values {
            pairs.serialize_element(&(self.name, value))?;
        }
        pairs.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::list::List;

    fn query<T: Serialize>(parameter: Parameter<'_, T>) -> String {
        let request = reqwest::Client::new().get("http://zstack.example/").query(&parameter);
        request.build().unwrap().url().query().unwrap_or_default().to_owned()
    }

    #[test]
    fn a_list_repeats_its_name() {
        assert_eq!(query(Parameter::list("tag", &List::<String>::from(["a,b", "c d"]))), "tag=a%2Cb&tag=c+d");
    }

    #[test]
    fn what_was_left_out_and_an_empty_list_put_nothing_into_the_query() {
        assert_eq!(query(Parameter::new("tag", &None::<i32>)), "");
        assert_eq!(query(Parameter::list("tag", &List::<String>::Absent)), "");
        assert_eq!(query(Parameter::list("tag", &Vec::<String>::new())), "");
    }

    #[test]
    fn an_empty_text_is_sent() {
        assert_eq!(query(Parameter::new("tag", &String::new())), "tag=");
    }

    #[test]
    fn any_type_that_is_one_text_is_one_value() {
        #[derive(Serialize)]
        #[serde(rename_all = "lowercase")]
        enum Kind {
            Data,
        }
        assert_eq!(query(Parameter::new("kind", &Kind::Data)), "kind=data");
        assert_eq!(query(Parameter::new("kind", &Some(Kind::Data))), "kind=data");
    }
}
