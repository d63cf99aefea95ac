//! Parameters in a query: `name=value`, once for each item of a list, not at all for what was left out.

use serde::{Serialize, Serializer, ser::SerializeSeq};

use crate::list::List;

/// A named parameter, in the form that reqwest's `query` takes.
pub(crate) struct Parameter<'a, T> {
    name: &'a str,
    value: &'a T,
}

impl<'a, T> Parameter<'a, T> {
    /// The parameter `name` with this value.
    pub(crate) fn new(name: &'a str, value: &'a T) -> Self {
        Self { name, value }
    }
}

impl<T: Values> Serialize for Parameter<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let values = self.value.values();
        let mut pairs = serializer.serialize_seq(Some(values.len()))?;
        for value in values {
            pairs.serialize_element(&(self.name, value))?;
        }
        pairs.end()
    }
}

/// The values that a parameter puts into the query.
pub(crate) trait Values {
    /// What is serialized for one `name=value`.
    type Value: Serialize;

    /// None for what was left out, and one for each item of a list.
    fn values(&self) -> &[Self::Value];
}

impl<T: Scalar> Values for T {
    type Value = T;

    fn values(&self) -> &[T] {
        std::slice::from_ref(self)
    }
}

impl<T: Serialize> Values for Option<T> {
    type Value = T;

    fn values(&self) -> &[T] {
        self.as_slice()
    }
}

impl<T: Serialize> Values for Vec<T> {
    type Value = T;

    fn values(&self) -> &[T] {
        self
    }
}

impl<T: Serialize> Values for List<T> {
    type Value = T;

    fn values(&self) -> &[T] {
        self.as_slice()
    }
}

/// What is one value by itself.
pub(crate) trait Scalar: Serialize {}

macro_rules! scalars {
    ($($ty:ty),*) => { $(impl Scalar for $ty {})* };
}
scalars!(String, bool, i8, i16, i32, i64, u8, u16, u32, u64, f32, f64);

#[cfg(test)]
mod tests {
    use super::*;

    fn query<T: Values>(value: T) -> String {
        let request = reqwest::Client::new().get("http://zstack.example/").query(&Parameter::new("tag", &value));
        request.build().unwrap().url().query().unwrap_or_default().to_owned()
    }

    #[test]
    fn a_list_repeats_its_name() {
        assert_eq!(query(List::<String>::from(["a,b", "c d"])), "tag=a%2Cb&tag=c+d");
    }

    #[test]
    fn what_was_left_out_and_an_empty_list_put_nothing_into_the_query() {
        assert_eq!(query(None::<i32>), "");
        assert_eq!(query(List::<String>::Absent), "");
        assert_eq!(query(Vec::<String>::new()), "");
    }

    #[test]
    fn an_empty_text_is_sent() {
        assert_eq!(query(String::new()), "tag=");
    }
}
