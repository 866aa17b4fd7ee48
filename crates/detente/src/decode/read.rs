use std::fmt;

use super::{At, Decode, Fault, Faults, Palette, Source, render};

/// Reads a document, or answers with every fault of it, in the order of the text.
///
/// # Errors
/// The faults, at least one, each with its span if the document is TOML.
pub fn read<T: Decode>(source: &Source) -> Result<T, Vec<Fault>> {
    let mut faults = Faults::new();
    let node = source.node(&mut faults);
    let value = T::decode(&At::root(&node), &mut faults);
    match value {
        Some(value) if faults.is_empty() => Ok(value),
        _ => {
            faults.locate(&node);
            Err(faults.into_vec())
        }
    }
}

/// All faults of one document, as an error that shows them.
#[derive(Debug, Clone)]
pub struct CaseFaults {
    /// The faults, in the order of the text.
    pub faults: Vec<Fault>,
    /// The document.
    pub source: Source,
}

impl CaseFaults {
    /// The faults as text with the lines at fault, in the colours of the palette.
    #[must_use]
    pub fn render(&self, palette: &Palette<'_>) -> String {
        render(&self.faults, &self.source, palette)
    }
}

impl fmt::Display for CaseFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.render(&Palette::PLAIN).trim_end())
    }
}

impl std::error::Error for CaseFaults {}
