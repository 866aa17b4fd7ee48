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

    /// Fills `out` with the uniforms from `first_draw` on, replicate by replicate.
    pub(crate) fn fill(&self, per_replicate: usize, first_draw: usize, out: &mut [f64]) {
        if let Self::Plain(stream) = self {
            return stream.uniforms(first_draw as u64, out);
        }
        let (mut draw, mut left) = (first_draw, out);
        while !left.is_empty() {
            let (replicate, first) = (draw / per_replicate, draw % per_replicate);
            let (now, later) = left.split_at_mut(left.len().min(per_replicate - first));
            draw += now.len();
            match self {
                Self::Plain(_) => {}
                Self::Latin(latin) => {
                    latin.fill(per_replicate as u64, replicate as u64, first as u64, now)
                }
                Self::Sobol { sequence, coins } => {
                    owen::fill(sequence, coins.part(replicate as u64), first as u64, now);
                }
            }
            left = later;
        }
    }
}
