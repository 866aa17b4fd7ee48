//! One number at a time, between the ends of its range.

use crate::{
    DetenteError,
    assessment::{Tornado, TornadoBar},
    probe::Probe,
};

/// The margins with every number at its central value, and with one at a time at either end of its
/// range.
///
/// Cost: 2k + 1 evaluations for k numbers.
pub(super) fn tornado(probe: &Probe<'_>) -> Result<Tornado, DetenteError> {
    let names = probe.names();
    let mut bars = Vec::with_capacity(names.len());
    for (column, name) in names.iter().enumerate() {
        // What no case could have, such as beliefs that sum to more than 1, is left out.
        if let Ok([low, high]) = probe.ends(column) {
            bars.push(TornadoBar {
                name: (*name).to_owned(),
                low,
                high,
            });
        }
    }
    let central = probe.central_margins()?;
    let swing = |bar: &TornadoBar| {
        let ends = [&bar.low, &bar.high].map(|end| end.margins[4]);
        ends[0].max(ends[1]).max(central[4]) - ends[0].min(ends[1]).min(central[4])
    };
    // Names are sorted, and the sort is stable.
    bars.sort_by(|left, right| swing(right).total_cmp(&swing(left)));
    Ok(Tornado { central, bars })
}
