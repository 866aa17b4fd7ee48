//! Elementary effects, and distances between distributions.

use detente_uncertainty::{
    Design, Response, Sampler, Sampling, map_draws,
    sensitivity::{Factors, MorrisPlan, PawnPlan, elementary_effects, pawn, point_pairs},
};

use super::{factors::Factor, rows};
use crate::{
    Aspect, DetenteError, Options,
    assessment::{Distance, Distances, MarginDrivers, Screened},
    probe::Probe,
};

/// Fills in the elementary effects on every margin that varies; the number of evaluations.
pub(super) fn screen(
    probe: &Probe<'_>,
    (factors, described): (&Factors, &[Factor]),
    options: &Options,
    margins: &mut [MarginDrivers],
) -> Result<u64, DetenteError> {
    let sampler = Sampler::new(options.seed);
    let rows = rows(options.draws / (factors.len() + 1));
    let points = point_pairs(Sampling::Sobol, sampler, &probe.names(), rows)?;
    let plan = MorrisPlan::new(rows, sampler);
    let effects = elementary_effects(probe, factors, &points, &plan)?;
    for (margin, output) in margins.iter_mut().zip(&effects.outputs) {
        let Some(effects) = output else { continue };
        let mut screened: Vec<Screened> = described
            .iter()
            .zip(effects)
            .map(|(factor, effect)| Screened {
                name: factor.name.clone(),
                aspect: factor.aspect,
                members: factor.listed(),
                magnitude: effect.mean_magnitude,
                mean: effect.signed.map(|signed| signed.mean),
                deviation: effect.signed.map(|signed| signed.standard_deviation),
            })
            .collect();
        screened
            .sort_by(|left, right| right.magnitude.estimate.total_cmp(&left.magnitude.estimate));
        margin.screened = screened;
    }
    Ok(effects.n_evaluations)
}

/// Most numbers that are kept of all draws, a gigabyte of them by draw and another by number.
const KEPT: usize = 1 << 27;

/// The fewest draws: distances are taken in tenths of them.
const LEAST: usize = 16;

/// How many draws are made where so many were asked for and so many numbers are kept of each, and
/// whether memory allowed no more.
fn draws(asked: usize, kept: usize) -> (usize, bool) {
    let most = KEPT / kept.max(1);
    (rows(asked.min(most)).max(LEAST), rows(asked) > rows(most))
}

/// Fills in the distances of every margin that varies; the number of evaluations, and whether memory
/// allowed no more.
pub(super) fn distances(
    probe: &Probe<'_>,
    options: &Options,
    margins: &mut [MarginDrivers],
) -> Result<(u64, bool), DetenteError> {
    let sampler = Sampler::new(options.seed);
    let names = probe.names();
    let (inputs, outputs) = (probe.n_inputs(), probe.n_outputs());
    let (draws, is_cut) = draws(options.draws, inputs + outputs);
    let design = Design::new(Sampling::Sobol, sampler, &names, draws, 1)?;
    let ask = |(space, point): &mut (_, Vec<f64>), draw: usize| {
        let mut row = vec![0.0; inputs + outputs];
        design.point(draw, point)?;
        probe.evaluate(space, point, &mut row[inputs..])?;
        row[..inputs].copy_from_slice(probe.coupled(space));
        Ok::<_, DetenteError>(row)
    };
    let rows = map_draws(draws, || (probe.scratch(), vec![0.5; inputs]), ask)?;
    let column = |place: usize| rows.iter().map(|row| row[place]).collect::<Vec<f64>>();
    let columns: Vec<Vec<f64>> = (0..inputs + outputs).map(column).collect();
    let (numbers, results) = columns.split_at(inputs);
    let numbers: Vec<&[f64]> = numbers.iter().map(Vec::as_slice).collect();
    for (margin, result) in margins.iter_mut().zip(results) {
        let Some(indices) = pawn(&numbers, result, &PawnPlan::new(sampler))? else {
            continue;
        };
        let mut of: Vec<Distance> = names
            .iter()
            .zip(indices.inputs)
            .map(|(name, index)| Distance {
                name: (*name).to_owned(),
                aspect: Aspect::of(name),
                index,
            })
            .collect();
        of.sort_by(|left, right| right.index.median.total_cmp(&left.index.median));
        margin.distances = Some(Distances {
            noise: indices.noise,
            of,
        });
    }
    Ok((draws as u64, is_cut))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_sets_how_many_draws_are_made_and_that_is_told() {
        assert_eq!(draws(131_072, 10), (131_072, false));
        // 2^27 / 1000 is above 2^17, and 2^27 / 2000 is below.
        assert_eq!(draws(1_000_000, 1_000), (131_072, true));
        assert_eq!(draws(131_072, 1_000), (131_072, false));
        assert_eq!(draws(200_000, 1_000), (131_072, false));
        assert_eq!(draws(131_072, 2_000), (65_536, true));
        for few in [0, 1, 15] {
            assert_eq!(draws(few, 10), (16, false));
        }
    }
}
