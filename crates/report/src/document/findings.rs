use detente::{
    Assessment,
    agreements::{AgreementsReport, PayoffCloud},
    assessment::{Domestic, PathReport, Rewrites, Sensitivity},
};

/// What was found about a case: its assessment and, as far as they were asked for, the analyses that go
/// deeper. What is absent is left out of a document, which says so.
///
/// ```
/// use detente::{Model, Options, SensitivityOptions, assess, library, sensitivity};
/// use detente_report::{Findings, html};
///
/// let case = library::case("reykjavik-1986")?;
/// let options = Options { draws: 100, ..Options::default() };
/// let assessment = assess(&case, &options)?;
/// let page = html(&Findings::of(&assessment));
/// assert!(page.starts_with("<!doctype html>"));
/// # Ok::<(), detente::DetenteError>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Findings<'a> {
    /// The answer and what it rests on.
    pub assessment: &'a Assessment,
    /// Which agreements there are and which stand out.
    pub agreements: Option<&'a AgreementsReport>,
    /// The payoffs of all agreements, and how far they are known.
    pub cloud: Option<&'a PayoffCloud>,
    /// What each leader could afford at home.
    pub domestic: Option<&'a Domestic>,
    /// Whether a way led to an agreement that all would have kept.
    pub path: Option<&'a PathReport>,
    /// Which uncertain numbers drive the answer.
    pub sensitivity: Option<&'a Sensitivity>,
    /// What would have changed it.
    pub rewrites: Option<&'a Rewrites>,
}

impl<'a> Findings<'a> {
    /// An assessment alone.
    #[must_use]
    pub const fn of(assessment: &'a Assessment) -> Self {
        Self {
            assessment,
            agreements: None,
            cloud: None,
            domestic: None,
            path: None,
            sensitivity: None,
            rewrites: None,
        }
    }
}
