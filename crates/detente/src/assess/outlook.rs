//! What would have turned the answer and what drives it, in short.

use super::Run;
use crate::{
    DetenteError, Grouping, Options, SensitivityOptions,
    assessment::Outlook,
    case::History,
    path::in_short,
    rewrite::{RewriteOptions, outline},
    sensitivity_with,
};

/// Fewer evaluations than this tell nothing.
const LEAST: usize = 1000;

/// Looks at agreements, over all evaluations: so many take seconds.
const LOOKS: usize = 40_000_000;

impl Run<'_> {
    /// The outlook on as many evaluations as were asked for, or on as many as the number of
    /// agreements allows in seconds; absent if those are too few.
    pub(super) fn outlook(&self) -> Result<Option<Outlook>, DetenteError> {
        let affordable = LOOKS / self.model.agreements.len().max(1);
        let evaluations = self.options.outlook.min(affordable);
        if evaluations < LEAST.min(self.options.outlook) || evaluations == 0 {
            return Ok(None);
        }
        let half = evaluations / 2;
        let asked = RewriteOptions {
            effort: (half / RewriteOptions::SEARCHES).clamp(1, RewriteOptions::MAX_EFFORT),
            ..RewriteOptions::default()
        };
        let outline = outline(self.model, self.until, self.options.seed, &asked)?;
        let by_aspect = SensitivityOptions {
            by: Grouping::Aspect,
            ..SensitivityOptions::default()
        };
        let options = Options {
            draws: half,
            ..*self.options
        };
        let mut found = sensitivity_with(self.model, &options, by_aspect)?;
        let drivers = found
            .margins
            .pop()
            .map_or_else(Vec::new, |last| last.drivers);
        let path = match self.model.history {
            History::Nonagreement => in_short(self.model, &self.central.world, self.until)?,
            History::Agreement => None,
        };
        Ok(Some(Outlook {
            changes: outline.changes,
            robustness: outline.robustness,
            drivers,
            path,
            evaluations: outline.evaluations + found.evaluations + found.shapley_evaluations,
        }))
    }
}
