use serde::Serialize;

use super::{Assessment, Attribution, BarrierMargin, Reproducibility, SCHEMA, VerdictReport};

/// Why an agreement was missed: the parts of an [`Assessment`] that answer it, on their own.
///
/// ```
/// use detente::{Options, assess, assessment::Why, library};
///
/// let case = library::case("reykjavik-1986")?;
/// let assessment = assess(&case, &Options { draws: 50, ..Options::default() })?;
/// let why = Why::from(&assessment);
/// assert_eq!(why.case, "reykjavik-1986");
/// assert_eq!(why.margins, assessment.margins);
/// # Ok::<(), detente::DetenteError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Why {
    /// Version of this shape: [`SCHEMA`].
    pub schema: u32,
    /// The case's id.
    pub case: String,
    /// The barrier that stopped the agreement that came furthest.
    pub verdict: VerdictReport,
    /// By how much the best agreement passes or fails each barrier and those before it.
    pub margins: Vec<BarrierMargin>,
    /// What each barrier, party and obstacle had to do with it; absent where nothing was missed.
    pub attribution: Option<Attribution>,
    /// What is needed to repeat the run.
    pub reproducibility: Reproducibility,
}

impl From<&Assessment> for Why {
    fn from(assessment: &Assessment) -> Self {
        Self {
            schema: SCHEMA,
            case: assessment.subject.id.clone(),
            verdict: assessment.verdict.clone(),
            margins: assessment.margins.clone(),
            attribution: assessment.attribution.clone(),
            reproducibility: assessment.reproducibility.clone(),
        }
    }
}
