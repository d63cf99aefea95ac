//! Numbers without a pattern to the eye, which are the same in every run and on every machine.

/// The step of the generator SplitMix64: different numbers give different numbers.
pub(crate) const fn mix(number: u64) -> u64 {
    let number = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

/// Mixes bytes into a number, by FNV-1a and one step more.
pub(crate) fn mix_bytes(number: u64, bytes: &[u8]) -> u64 {
    let start = number ^ 0xcbf2_9ce4_8422_2325;
    mix(bytes.iter().fold(start, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)))
}

/// As [`mix_bytes`], of a text.
pub(crate) fn mix_text(number: u64, text: &str) -> u64 {
    mix_bytes(number, text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_text_gives_the_same_number_in_every_process() {
        assert_eq!((mix_text(1, "a"), mix_text(1, "b")), (17_067_409_816_718_921_151, 11_467_799_136_423_972_108));
    }
}
