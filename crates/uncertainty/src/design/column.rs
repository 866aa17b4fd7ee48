use super::{Sampling, latin::Latin};
use crate::{Sampler, Sobol, Stream, UncertaintyError, mixer::Mixer, sobol::owen};

/// The uniforms of one input of a design.
#[derive(Debug, Clone)]
pub(crate) enum Column {
    Plain(Stream),
    Latin(Latin),
    Sobol { sequence: Box<Sobol>, coins: Mixer },
}

impl Column {
    /// The column of a name; `rank` is its place among the names in the order of their bytes.
    pub(crate) fn new(
        sampling: Sampling,
        sampler: Sampler,
        name: &str,
        rank: usize,
    ) -> Result<Self, UncertaintyError> {
        let stream = sampler.stream(name);
        Ok(match sampling {
            Sampling::Plain => Self::Plain(stream),
            Sampling::Latin => Self::Latin(Latin::new(stream)),
            Sampling::Sobol => Self::Sobol {
                sequence: Box::new(Sobol::new(rank)?),
                coins: stream.mixer(owen::PURPOSE),
            },
        })
    }

    /// Fills `out` with the uniforms from `first_draw` on.
    pub(crate) fn fill(&self, per_replicate: usize, first_draw: usize, out: &mut [f64]) {
        let n = per_replicate as u64;
        match self {
            Self::Plain(stream) => stream.uniforms(first_draw as u64, out),
            Self::Latin(latin) => by_replicate(n, first_draw, out, |replicate, first, out| {
                latin.fill(n, replicate, first, out);
            }),
            Self::Sobol { sequence, coins } => {
                by_replicate(n, first_draw, out, |replicate, first, out| {
                    owen::fill(sequence, coins.part(replicate), first, out);
                });
            }
        }
    }
}

/// Calls `fill(replicate, first draw in it, its part of out)` for every replicate that `out` spans.
fn by_replicate(
    per_replicate: u64,
    first_draw: usize,
    out: &mut [f64],
    fill: impl Fn(u64, u64, &mut [f64]),
) {
    let (mut draw, mut left) = (first_draw as u64, out);
    while !left.is_empty() {
        let (replicate, first) = (draw / per_replicate, draw % per_replicate);
        let room = usize::try_from(per_replicate - first).unwrap_or(usize::MAX);
        let (now, later) = left.split_at_mut(left.len().min(room));
        draw += now.len() as u64;
        fill(replicate, first, now);
        left = later;
    }
}
