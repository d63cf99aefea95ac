//! Whole numbers, in every notation that JSON has.

use proptest::prelude::*;
use serde::Deserialize;

use super::cases;
use crate::integer::Lenient;

/// Up to here, both ends included, floats hold every whole number.
const EXACT: i64 = 1 << 53;

#[derive(Deserialize)]
struct Holder<T: Lenient>(#[serde(deserialize_with = "crate::integer::deserialize")] T);

fn read<T: Lenient>(json: &str) -> Option<T> {
    serde_json::from_str(json).ok().map(|Holder(value)| value)
}

/// One way to write a number.
#[derive(Clone, Debug)]
struct Notation {
    /// So many zeros behind its digits.
    zeros: usize,
    /// So many digits behind the point; no point, if there are none.
    behind_point: usize,
    /// How an exponent begins.
    exponent: &'static str,
    /// An exponent of zero is written too.
    always: bool,
}

impl Notation {
    fn any() -> impl Strategy<Value = Self> {
        (0..6_usize, 0..25_usize, prop::sample::select(vec!["e", "E", "e+", "E+"]), any::<bool>())
            .prop_map(|(zeros, behind_point, exponent, always)| Self { zeros, behind_point, exponent, always })
    }

    fn write(&self, number: i128) -> String {
        let zeros = if number == 0 { 0 } else { self.zeros };
        let digits = format!("{}{}", number.unsigned_abs(), "0".repeat(zeros));
        let digits = format!("{digits:0>width$}", width = self.behind_point + 1);
        let (whole, fraction) = digits.split_at(digits.len() - self.behind_point);
        let sign = if number < 0 { "-" } else { "" };
        let point = if fraction.is_empty() { "" } else { "." };
        let mantissa = format!("{sign}{whole}{point}{fraction}");
        match i64::try_from(self.behind_point).unwrap() - i64::try_from(zeros).unwrap() {
            0 if !self.always => mantissa,
            exponent if exponent < 0 => format!("{mantissa}{}{exponent}", self.exponent.trim_end_matches('+')),
            exponent => format!("{mantissa}{}{exponent}", self.exponent),
        }
    }
}

/// Numbers of all sizes, and those at the ends of the ranges of integers.
fn numbers() -> impl Strategy<Value = i64> {
    let ends = [0, 1 << 7, 1 << 8, 1 << 15, 1 << 16, 1 << 31, 1 << 32, EXACT];
    prop_oneof![
        -EXACT..=EXACT,
        -1000..1000_i64,
        (prop::sample::select(ends.to_vec()), -2..=2_i64, any::<bool>()).prop_map(|(end, beside, negative)| {
            let number = (end + beside).min(EXACT);
            if negative { -number } else { number }
        }),
    ]
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn every_notation_of_a_number_is_that_number_or_refused_where_it_does_not_fit(
        number in numbers(),
        notation in Notation::any(),
    ) {
        let json = notation.write(number.into());
        prop_assert_eq!(read::<i64>(&json), Some(number), "{}", json);
        prop_assert_eq!(read::<u64>(&json), u64::try_from(number).ok(), "{}", json);
        prop_assert_eq!(read::<i32>(&json), i32::try_from(number).ok(), "{}", json);
        prop_assert_eq!(read::<u32>(&json), u32::try_from(number).ok(), "{}", json);
        prop_assert_eq!(read::<i16>(&json), i16::try_from(number).ok(), "{}", json);
        prop_assert_eq!(read::<u16>(&json), u16::try_from(number).ok(), "{}", json);
        prop_assert_eq!(read::<i8>(&json), i8::try_from(number).ok(), "{}", json);
        prop_assert_eq!(read::<u8>(&json), u8::try_from(number).ok(), "{}", json);
    }

    #[test]
    fn plain_digits_are_exact_over_the_whole_range(signed in any::<i64>(), unsigned in any::<u64>()) {
        prop_assert_eq!(read::<i64>(&signed.to_string()), Some(signed));
        prop_assert_eq!(read::<u64>(&unsigned.to_string()), Some(unsigned));
    }

    #[test]
    fn a_number_beyond_the_range_is_refused_in_every_notation(
        beyond in 1_u64..,
        negative in any::<bool>(),
        notation in Notation::any(),
    ) {
        // Twice the range: nearer to its ends, floats can't be told from them.
        let number = (1_i128 << 64) + i128::from(beyond);
        let json = notation.write(if negative { -number } else { number });
        prop_assert_eq!(read::<i64>(&json), None, "{}", json);
        prop_assert_eq!(read::<u64>(&format!("-{json}").replace("--", "-")), None, "{}", json);
    }

    #[test]
    fn a_fraction_is_refused_in_every_notation(
        whole in -1_000_000..1_000_000_i64,
        fraction in 1..1_000_000_i64,
        notation in Notation::any(),
    ) {
        // Millionths: a number of 12 digits, of which 6 stand behind the point.
        let millionths = whole * 1_000_000 + fraction;
        let json = notation.write(millionths.into());
        let (mantissa, exponent) = json.split_once(['e', 'E']).unwrap_or((&json, "0"));
        let json = format!("{mantissa}e{}", exponent.parse::<i64>().unwrap() - 6);
        prop_assert_eq!(read::<i64>(&json), None, "{}", json);
        prop_assert_eq!(read::<u64>(&json), None, "{}", json);
    }
}
