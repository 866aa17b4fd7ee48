//! One number at a time, between the ends of its range.

use detente_uncertainty::map_draws;

use crate::{
    DetenteError,
    assessment::{Tornado, TornadoBar},
    probe::{Probe, Space},
};

/// The margins with every number at its central value, and with one at a time at either end of its
/// range. What no case could have there, such as beliefs that sum to more than 1, is named.
///
/// Cost: 2k + 1 evaluations for k numbers, split across cores.
pub(super) fn tornado(probe: &Probe<'_>) -> Result<Tornado, DetenteError> {
    let names = probe.names();
    let ends = map_draws(names.len(), Space::default, |space, column| {
        Ok::<_, DetenteError>(probe.ends(space, column).ok())
    })?;
    let mut bars = Vec::with_capacity(names.len());
    let mut omitted = Vec::new();
    for (name, ends) in names.into_iter().map(str::to_owned).zip(ends) {
        match ends {
            Some([low, high]) => bars.push(TornadoBar { name, low, high }),
            None => omitted.push(name),
        }
    }
    let central = probe.central_margins()?;
    let swing = |bar: &TornadoBar| {
        let ends = [&bar.low, &bar.high].map(|end| end.margins[4]);
        ends[0].max(ends[1]).max(central[4]) - ends[0].min(ends[1]).min(central[4])
    };
    // Names are sorted, and the sort is stable.
    bars.sort_by(|left, right| swing(right).total_cmp(&swing(left)));
    Ok(Tornado {
        central,
        bars,
        omitted,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Case, Model, probe::Frame};

    /// A belief whose upper end leaves nothing to the type left out, which no prior may.
    const CASE: &str = "
format = 1
[case]
id = 'ends'
title = 'Three types'
decided = 2000-06-30
outcome = 'agreement'
[issue.deal]
name = 'The deal'
option.no = 'No deal'
option.yes = 'A deal'
[party.east]
name = 'East'
nonagreement = 0
payoff.deal = { no = 0, yes = { low = 1, mode = 2, high = 3 } }
exposure.deal = { no = 0, yes = 1 }
prior.west = { keeps = { uniform = { low = 0.1, high = 0.5 } }, cheats = 0.5 }
[party.west]
name = 'West'
nonagreement = 0
detection = 0.9
true_type = 'keeps'
payoff.deal = { no = 0, yes = 2 }
exposure.deal = { no = 0, yes = 1 }
temptation.deal = { no = 0, yes = 1 }
type.keeps = { patience = 0.9 }
type.cheats = { patience = 0.1, temptation_scale = 3 }
type.wavers = { patience = 0.5 }
";

    #[test]
    fn a_number_without_a_bar_is_named() {
        let case = Case::from_text("ends.toml", CASE).unwrap();
        let model = Model::compile(&case).unwrap();
        let probe = Probe::new(&model, model.decided, Frame::Quantile);
        let tornado = tornado(&probe).unwrap();
        assert_eq!(tornado.omitted, ["party.east.prior.west.keeps"]);
        let bars: Vec<&str> = tornado.bars.iter().map(|bar| bar.name.as_str()).collect();
        assert_eq!(bars, ["party.east.payoff.deal.yes"]);
    }
}
