//! Writes the JSON Schema of the case format beside the cases, or with `--check` only says whether
//! it is current: `cargo run -p detente-tests --example schema`, or `cargo xtask schema`.

use std::{env, error::Error, fs, path::Path};

use detente_tests::schema;

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let path = root.join(schema::PATH);
    let arguments: Vec<String> = env::args().skip(1).collect();
    match arguments.as_slice() {
        [] => Ok(fs::write(path, schema::text())?),
        [flag] if flag == "--check" => {
            if fs::read_to_string(path)? == schema::text() {
                Ok(())
            } else {
                Err(format!("{} is stale: run `cargo xtask schema`", schema::PATH).into())
            }
        }
        _ => Err(format!("expected nothing or --check, found {arguments:?}").into()),
    }
}
