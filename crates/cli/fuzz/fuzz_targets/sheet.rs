#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| detente_fuzz::thrown_at("sheet", bytes));
