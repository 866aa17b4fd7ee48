//! A fixed hash of an input's name, written out here so that no library can change it.

/// FNV-1a with 128 bits over the UTF-8 bytes of `name` (Fowler, Noll and Vo 1991). Not meant
/// against adversaries; two names of one study do not meet by accident in 2¹²⁸ values.
pub(crate) const fn fnv1a_128(name: &str) -> u128 {
    const OFFSET_BASIS: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let bytes = name.as_bytes();
    let mut hash = OFFSET_BASIS;
    let mut position = 0;
    while position < bytes.len() {
        hash = (hash ^ bytes[position] as u128).wrapping_mul(PRIME);
        position += 1;
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_vectors() {
        assert_eq!(fnv1a_128(""), 0x6c62272e07bb014262b821756295c58d);
        assert_eq!(fnv1a_128("a"), 0xd228cb696f1a8caf78912b704e4a8964);
        assert_eq!(fnv1a_128("foobar"), 0x343e1662793c64bf6f0d3597ba446f18);
    }
}
