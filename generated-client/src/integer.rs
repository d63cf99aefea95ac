//! Whole numbers as the services print them.
//!
//! The pages show `"size": 1.073741824E9` and `"deviceId": 0.0` where they say Long and Integer, and serde takes
//! neither for an integer. OpenAPI 3.0.4 defines integers by value and so does this module: any JSON number
//! that stands for a whole number in the field's range is one, however it is written. Fractions, numbers out
//! of range, strings, booleans and (outside of an [`Option`]) `null` are errors.
//!
//! Generated fields use it as
//! `#[serde(deserialize_with = "crate::integer::deserialize")]`. As with every `deserialize_with`, a field that
//! may be left out needs `#[serde(default)]` as well.
//!
//! # Numbers above 2⁵³
//!
//! A number that is printed with a point or an exponent is read as an `f64`, which holds every whole number up
//! to 2⁵³ (of bytes: 8 PiB) exactly; serde_json's feature `float_roundtrip` sees to it. Above that it may have been
//! rounded, by the sender or by the parser, and is off by one part in 2⁵³ at the most. Such numbers are accepted: these
//! are answers to calls that have already changed disks, this client computes nothing from them, and refusing one would
//! make a restore that succeeded look like one that may have to be sent again. Numbers printed as plain digits are exact
//! over the whole range.

#![allow(dead_code, reason = "generated code reads integers only where the document has some")]

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::hash::{BuildHasher, Hash};
use std::marker::PhantomData;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Unexpected, Visitor};

use crate::list::List;

/// An integer, or something made of integers, that can be read from any JSON notation of a whole number.
pub(crate) trait Lenient: Sized {
    /// Reads the value.
    ///
    /// # Errors
    ///
    /// The deserializer's error, when what came is not a number of whole value in this type's range. Its text says
    /// what came and what was expected.
    fn deserialize_lenient<'de, D>(deserializer: D) -> Result<Self, D::Error>
    where
        D: Deserializer<'de>;
}

/// [`Lenient::deserialize_lenient`] as a function, the form that `#[serde(deserialize_with = "…")]` takes.
///
/// # Errors
///
/// See [`Lenient::deserialize_lenient`].
pub(crate) fn deserialize<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Lenient,
{
    T::deserialize_lenient(deserializer)
}

macro_rules! lenient_integers {
    ($($integer:ident)*) => {$(
        impl Lenient for $integer {
            fn deserialize_lenient<'de, D>(deserializer: D) -> Result<Self, D::Error>
            where
                D: Deserializer<'de>,
            {
                // Not `deserialize_i64` and its like: what serde has buffered for a flattened or untagged type
                // refuses floats when it is asked for an integer.
                deserializer.deserialize_any(IntegerVisitor::<$integer>(PhantomData))
            }
        }

        impl<'de> Visitor<'de> for IntegerVisitor<$integer> {
            type Value = $integer;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(formatter, "a whole number from {} to {}", $integer::MIN, $integer::MAX)
            }

            fn visit_i64<E: Error>(self, value: i64) -> Result<$integer, E> {
                $integer::try_from(value)
                    .map_err(|_| E::invalid_value(Unexpected::Signed(value), &self))
            }

            fn visit_u64<E: Error>(self, value: u64) -> Result<$integer, E> {
                $integer::try_from(value)
                    .map_err(|_| E::invalid_value(Unexpected::Unsigned(value), &self))
            }

            fn visit_f64<E: Error>(self, value: f64) -> Result<$integer, E> {
                // MAX itself has no exact f64 in the 64-bit types: it would round up, and let 2^63 and 2^64 in.
                const LOWEST: f64 = $integer::MIN as f64;
                const BEYOND: f64 = ($integer::MAX / 2 + 1) as f64 * 2.0;
                // The lowest i64 as a float could be one below it in digits: only what floats tell apart counts as it.
                let lowest_is_exact = LOWEST.abs() < FIRST_ROUNDED;
                let fits = if lowest_is_exact { value >= LOWEST } else { value > LOWEST } && value < BEYOND;
                if value.fract() == 0.0 && fits {
                    Ok(value as $integer)
                } else {
                    // Unexpected::Float would write out the 300 zeros of 1e300.
                    Err(E::invalid_value(Unexpected::Other(&format!("number `{value:?}`")), &self))
                }
            }

            fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<$integer, A::Error> {
                match access.next_entry::<String, String>() {
                    Ok(Some((key, digits))) if key == ARBITRARY_PRECISION => match digits.parse() {
                        Ok(exact) => Ok(exact),
                        Err(_) => self.visit_f64(digits.parse().map_err(A::Error::custom)?),
                    },
                    _ => Err(A::Error::invalid_type(Unexpected::Map, &self)),
                }
            }
        }
    )*};
}

/// What serde_json calls a number, in a map with the digits, when some crate of the build has turned on its feature
/// `arbitrary_precision`. That feature changes serde_json for everybody, and a client must not break by it.
const ARBITRARY_PRECISION: &str = "$serde_json::private::Number";

/// 2⁵³: from here on a float may stand for a neighbour.
const FIRST_ROUNDED: f64 = 9_007_199_254_740_992.0;

struct IntegerVisitor<T>(PhantomData<T>);

lenient_integers!(i8 i16 i32 i64 u8 u16 u32 u64);

impl<T: Lenient> Lenient for Option<T> {
    fn deserialize_lenient<'de, D>(deserializer: D) -> Result<Self, D::Error>
    where
        D: Deserializer<'de>,
    {
        deserializer.deserialize_option(OptionVisitor(PhantomData))
    }
}

struct OptionVisitor<T>(PhantomData<T>);

impl<'de, T: Lenient> Visitor<'de> for OptionVisitor<T> {
    type Value = Option<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value or null")
    }

    fn visit_none<E: Error>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_unit<E: Error>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        T::deserialize_lenient(deserializer).map(Some)
    }
}

impl<T: Lenient> Lenient for Box<T> {
    fn deserialize_lenient<'de, D>(deserializer: D) -> Result<Self, D::Error>
    where
        D: Deserializer<'de>,
    {
        T::deserialize_lenient(deserializer).map(Box::new)
    }
}

impl<T: Lenient> Lenient for Vec<T> {
    fn deserialize_lenient<'de, D>(deserializer: D) -> Result<Self, D::Error>
    where
        D: Deserializer<'de>,
    {
        deserializer.deserialize_seq(VecVisitor(PhantomData))
    }
}

struct VecVisitor<T>(PhantomData<T>);

impl<'de, T: Lenient> Visitor<'de> for VecVisitor<T> {
    type Value = Vec<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Vec<T>, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element_seed(Seed(PhantomData))? {
            items.push(item);
        }
        Ok(items)
    }
}

impl<T: Lenient> Lenient for List<T> {
    fn deserialize_lenient<'de, D>(deserializer: D) -> Result<Self, D::Error>
    where
        D: Deserializer<'de>,
    {
        Ok(match Option::deserialize_lenient(deserializer)? {
            None => List::Null,
            Some(items) => List::Items(items),
        })
    }
}

impl<K, V, S> Lenient for HashMap<K, V, S>
where
    K: for<'de> Deserialize<'de> + Eq + Hash,
    V: Lenient,
    S: BuildHasher + Default,
{
    fn deserialize_lenient<'de, D>(deserializer: D) -> Result<Self, D::Error>
    where
        D: Deserializer<'de>,
    {
        deserializer.deserialize_map(MapVisitor(PhantomData))
    }
}

impl<K, V> Lenient for BTreeMap<K, V>
where
    K: for<'de> Deserialize<'de> + Ord,
    V: Lenient,
{
    fn deserialize_lenient<'de, D>(deserializer: D) -> Result<Self, D::Error>
    where
        D: Deserializer<'de>,
    {
        deserializer.deserialize_map(MapVisitor(PhantomData))
    }
}

/// Reads any map of `K` to `V` that can be filled entry by entry.
struct MapVisitor<K, V, M>(PhantomData<(K, V, M)>);

impl<'de, K, V, M> Visitor<'de> for MapVisitor<K, V, M>
where
    K: Deserialize<'de>,
    V: Lenient,
    M: Default + Extend<(K, V)>,
{
    type Value = M;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<M, A::Error> {
        let mut map = M::default();
        while let Some(key) = access.next_key()? {
            let value = access.next_value_seed(Seed(PhantomData))?;
            map.extend([(key, value)]);
        }
        Ok(map)
    }
}

struct Seed<T>(PhantomData<T>);

impl<'de, T: Lenient> DeserializeSeed<'de> for Seed<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::deserialize_lenient(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use serde::{
        Deserialize,
        de::value::{Error as ValueError, MapDeserializer},
    };

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Holder<T: Lenient>(#[serde(deserialize_with = "deserialize")] T);

    fn read<T: Lenient>(json: &str) -> Result<T, String> {
        serde_json::from_slice(json.as_bytes()).map(|Holder(value)| value).map_err(|error| error.to_string())
    }

    #[test]
    fn a_whole_number_is_taken_in_any_notation() {
        for (json, expected) in [
            ("7995392", 7_995_392),
            ("-7995392", -7_995_392),
            ("7995392.0", 7_995_392),
            ("1.073741824E9", 1_073_741_824),
            ("1.268224e7", 12_682_240),
            ("-2E0", -2),
            ("0", 0),
            ("0.0", 0),
            ("-0", 0),
            ("-0.0", 0),
            ("10e-1", 1),
        ] {
            assert_eq!(read::<i64>(json), Ok(expected), "{json}");
        }
    }

    #[test]
    fn plain_digits_are_exact_to_the_ends_of_the_range() {
        assert_eq!(read("9223372036854775807"), Ok(i64::MAX));
        assert_eq!(read("-9223372036854775808"), Ok(i64::MIN));
        assert_eq!(read("18446744073709551615"), Ok(u64::MAX));
        assert_eq!(read("9007199254740993"), Ok(9_007_199_254_740_993_i64));
    }

    #[test]
    fn floats_are_exact_up_to_two_to_the_53() {
        assert_eq!(read("9007199254740991.0"), Ok(9_007_199_254_740_991_i64));
        assert_eq!(read("4503599627370497.0"), Ok(4_503_599_627_370_497_i64));
    }

    #[test]
    fn floats_are_taken_to_the_ends_of_the_range() {
        assert_eq!(read("9223372036854774784.0"), Ok(i64::MAX - 1023));
        assert_eq!(read("18446744073709549568.0"), Ok(u64::MAX - 2047));
        assert_eq!(read("2147483647.0"), Ok(i32::MAX));
        assert_eq!(read("-2147483648.0"), Ok(i32::MIN));
        assert_eq!(read("4294967295.0"), Ok(u32::MAX));
        assert_eq!(read("127.0"), Ok(i8::MAX));
        assert_eq!(read("65535.0"), Ok(u16::MAX));
    }

    #[test]
    fn a_float_above_two_to_the_53_is_taken_as_the_parser_rounded_it() {
        assert_eq!(read("9007199254740993.0"), Ok(9_007_199_254_740_992_i64));
    }

    /// Asserts that `T` refuses `json` with a message that begins with `message`.
    fn assert_refused<T: Lenient + fmt::Debug>(json: &str, message: &str) {
        let result = read::<T>(json);
        assert!(result.as_ref().is_err_and(|error| error.starts_with(message)), "{json}: {result:?}");
    }

    #[test]
    fn a_number_out_of_range_is_refused() {
        for json in ["9223372036854775808", "9223372036854775808.0", "9.223372036854775808E18", "1e300"] {
            assert_refused::<i64>(json, "invalid value: ");
        }
        for json in ["-9223372036854775809", "-9.223372036854775808E18", "-9.223372036854777856E18", "-1e300"] {
            assert_refused::<i64>(json, "invalid value: ");
        }
        for json in ["-1", "-1.0", "18446744073709551616", "18446744073709551616.0"] {
            assert_refused::<u64>(json, "invalid value: ");
        }
        for json in ["2147483648", "2147483648.0", "-2147483649", "-2147483649.0"] {
            assert_refused::<i32>(json, "invalid value: ");
        }
        for json in ["4294967296", "4294967296.0", "-1"] {
            assert_refused::<u32>(json, "invalid value: ");
        }
    }

    #[test]
    fn an_error_says_what_came_and_what_was_expected() {
        let expected = "expected a whole number from -2147483648 to 2147483647";
        for (json, came) in [
            ("1.5", "invalid value: number `1.5`"),
            ("1e300", "invalid value: number `1e300`"),
            ("4294967296", "invalid value: integer `4294967296`"),
            ("-4294967296", "invalid value: integer `-4294967296`"),
            (r#""12""#, r#"invalid type: string "12""#),
            ("true", "invalid type: boolean `true`"),
            ("null", "invalid type: null"),
            ("[1]", "invalid type: sequence"),
            ("{}", "invalid type: map"),
        ] {
            assert_refused::<i32>(json, &format!("{came}, {expected}"));
        }
    }

    #[test]
    fn fractions_are_refused_however_small() {
        for json in ["1.5", "-0.5", "1e-300", "4503599627370495.5"] {
            assert_refused::<i64>(json, "invalid value: number");
        }
    }

    #[test]
    fn numbers_are_read_as_serde_json_gives_them_with_arbitrary_precision() {
        let read = |digits: &str| {
            let number = [(ARBITRARY_PRECISION, digits)];
            i64::deserialize_lenient(MapDeserializer::<_, ValueError>::new(number.into_iter())).ok()
        };
        assert_eq!(read("1.073741824E9"), Some(1_073_741_824));
        assert_eq!(read("9007199254740993"), Some(9_007_199_254_740_993));
        assert_eq!(read("1.5"), None);
        assert_eq!(read("9223372036854775808"), None);
        let map = [("size", "1")];
        assert!(i64::deserialize_lenient(MapDeserializer::<_, ValueError>::new(map.into_iter())).is_err());
    }

    #[test]
    fn containers_are_read_through() {
        assert_eq!(read("null"), Ok(None::<i64>));
        assert_eq!(read("1.0"), Ok(Some(1_i64)));
        assert_eq!(read("1.0"), Ok(Box::new(1_u32)));
        assert_eq!(read("[1.0, 2, 3e0]"), Ok(vec![1_i32, 2, 3]));
        assert_eq!(read("[1.0, null]"), Ok(vec![Some(1_u64), None]));
        assert_eq!(read("null"), Ok(List::<i64>::Null));
        assert_eq!(read("[]"), Ok(List::<i64>::Items(vec![])));
        assert_eq!(read("[1.0]"), Ok(List::Items(vec![1_i64])));
        let entry = ("a".to_owned(), Some(1_i64));
        assert_eq!(read(r#"{"a": 1.0}"#), Ok(HashMap::from([entry.clone()])));
        assert_eq!(read(r#"{"a": 1.0}"#), Ok(BTreeMap::from([entry])));
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Backup {
        #[serde(default, deserialize_with = "crate::integer::deserialize")]
        size: Option<i64>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Answer {
        infos: Vec<Backup>,
    }

    #[test]
    fn the_path_of_a_refused_field_can_be_told() {
        let json = br#"{"infos": [{}, {"size": 1.5}]}"#;
        let mut deserializer = serde_json::Deserializer::from_slice(json);
        let path =
            serde_path_to_error::deserialize::<_, Answer>(&mut deserializer).map_err(|error| error.path().to_string());
        assert_eq!(path, Err("infos[1].size".to_owned()));
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Flattened {
        #[serde(flatten)]
        backup: Backup,
    }

    #[test]
    fn a_flattened_field_takes_a_float() {
        let flattened: Result<Flattened, _> = serde_json::from_str(r#"{"size": 1.0}"#);
        assert_eq!(flattened.ok(), Some(Flattened { backup: Backup { size: Some(1) } }));
    }
}
