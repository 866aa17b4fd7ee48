//! A case from its text, with every fault of the text answered at once.

use super::{Case, strays::adopt};
use crate::{
    Model,
    decode::{At, CaseFaults, Decode, Faults, Source},
    model::Written,
};

impl Case {
    /// Reads and checks a case from its text, TOML or JSON of the same shape, told apart by the
    /// text; `name` is what faults call it.
    ///
    /// # Errors
    /// As [`Case::read`].
    ///
    /// ```
    /// use detente::{Case, library};
    ///
    /// // For a file of your own: `&std::fs::read_to_string("mine.toml")?`.
    /// let text = library::TEMPLATE;
    /// assert_eq!(Case::from_text("mine.toml", text)?.parties.len(), 2);
    /// # Ok::<(), detente::DetenteError>(())
    /// ```
    pub fn from_text(name: &str, text: &str) -> Result<Self, CaseFaults> {
        Self::read(&Source::new(name, text))
    }

    /// Reads a case from TOML, or from JSON of the same shape, and checks it: names resolve,
    /// numbers lie in range, and what depends on one another is coded together.
    ///
    /// # Errors
    /// [`CaseFaults`] with every fault, each at its line and column where the text is TOML.
    ///
    /// ```
    /// use detente::{Case, decode::Source, library};
    ///
    /// let source = Source::new("mine.toml", library::TEMPLATE);
    /// assert_eq!(Case::read(&source)?.parties.len(), 2);
    /// # Ok::<(), detente::DetenteError>(())
    /// ```
    pub fn read(source: &Source) -> Result<Self, CaseFaults> {
        let mut faults = Faults::new();
        let mut node = source.node(&mut faults);
        adopt(&mut node, &mut faults);
        let case = Self::decode(&At::root(&node), &mut faults);
        if let Some(case) = &case {
            let written = Written::new(source, &node, &faults);
            let (_, news) = Model::compile_with_faults(case, &written);
            faults.extend(news);
        }
        match case {
            Some(case) if faults.is_empty() => Ok(case),
            _ => {
                faults.locate(&node);
                Err(CaseFaults {
                    faults: faults.into_vec(),
                    source: source.clone(),
                })
            }
        }
    }
}
