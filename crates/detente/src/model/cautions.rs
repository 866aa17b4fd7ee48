//! What a case may say without fault, and hardly means.

use detente_legitimacy::SurvivalCurve;

use super::{Model, home::HomeModel};
use crate::{
    DetenteError, Options, assess::each_world, assessment::SupportEnds, domestic::support_ends,
};

impl Model {
    /// What is no fault and yet may not be what was meant, a sentence each, named by its place in the
    /// case:
    ///
    /// - a home front on the linear survival curve whose support comes to an end of the curve, where
    ///   survival is held at 0 or 1, at some agreement in some draw that [`assess`](crate::assess())
    ///   makes by default.
    ///
    /// Cost: that of those draws where a home front is on the linear curve, otherwise none.
    ///
    /// # Errors
    /// As [`assess`](crate::assess()), with [`Options::default`].
    pub fn cautions(&self) -> Result<Vec<String>, DetenteError> {
        let is_linear = |home: &HomeModel| home.curve == SurvivalCurve::Linear;
        if !self
            .parties
            .iter()
            .filter_map(|it| it.home.as_ref())
            .any(is_linear)
        {
            return Ok(Vec::new());
        }
        let options = Options::default();
        let worlds = each_world(self, &options, options.draws, support_ends)?;
        let draws = worlds.draws();
        let ends = (0..self.parties.len()).filter_map(|party| {
            let ends = draws
                .iter()
                .filter_map(|draw| draw.get(party).copied().flatten());
            let met = { ends.filter(SupportEnds::leave_the_line) }.fold(
                (0, f64::INFINITY, f64::NEG_INFINITY),
                |(n, low, high), ends| (n + 1, low.min(ends.least), high.max(ends.most)),
            );
            (met.0 > 0).then(|| caution(self.party_id(party), met, draws.len()))
        });
        Ok(ends.collect())
    }
}

fn caution(party: &str, (times, least, most): (usize, f64, f64), draws: usize) -> String {
    let written = |x: f64| ((x * 100.0).round() / 100.0 + 0.0).to_string();
    format!(
        "party.{party}.home: in {times} of {draws} draws support comes to an end of the linear curve \
         (it is from {} to {} there), where survival is held at 0 or 1; lower `support` or `threat`, \
         bring `baseline` nearer 0.5, or take a curve without ends, such as \"logit\"",
        written(least),
        written(most)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Case, library};

    fn cautions(text: &str) -> Vec<String> {
        let case = Case::from_text("template.toml", text).unwrap();
        Model::compile(&case).unwrap().cautions().unwrap()
    }

    #[test]
    fn a_linear_curve_that_support_can_leave_is_told() {
        let linear = library::TEMPLATE.replace("curve = \"logit\"", "curve = \"linear\"");
        let at = |baseline: &str, support: &str| {
            let text = linear.replace("\nbaseline = 0 ", &format!("\nbaseline = {baseline} "));
            cautions(&text.replace("\nsupport = 0.5 ", &format!("\nsupport = {support} ")))
        };
        let found = at("-1", "0.5");
        assert_eq!(found.len(), 1);
        assert!(
            found[0].starts_with("party.east.home: in 2000 of 2000 draws"),
            "{found:?}"
        );
        assert!(found[0].contains("(it is from -"), "{found:?}");
        assert!(at("{ low = 0.4, mode = 0.5, high = 0.9 }", "0.4")[0].contains(" to 1."));
        assert!(at("0.5", "0.1").is_empty());
        assert!(cautions(library::TEMPLATE).is_empty());
    }
}
