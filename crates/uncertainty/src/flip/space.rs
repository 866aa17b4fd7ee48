/// The steps that a search may take.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Space {
    /// The lowest step of every coordinate, 0 or less.
    pub(super) low: Vec<f64>,
    /// The highest step, 0 or more.
    pub(super) high: Vec<f64>,
    /// The coordinates that have room to move, rising.
    pub(super) active: Vec<usize>,
}

impl Space {
    pub(super) fn new((low, high): (Vec<f64>, Vec<f64>)) -> Self {
        let active = (0..low.len()).filter(|&i| low[i] < high[i]).collect();
        Self { low, high, active }
    }

    /// The part in which only some coordinates move.
    pub(super) fn only(&self, coordinates: &[usize]) -> Self {
        let mut part = Self::new((vec![0.0; self.low.len()], vec![0.0; self.low.len()]));
        for &i in coordinates {
            (part.low[i], part.high[i]) = (self.low[i], self.high[i]);
        }
        part.active = coordinates.to_vec();
        part.active.sort_unstable();
        part
    }

    pub(super) fn nowhere(&self) -> Vec<f64> {
        vec![0.0; self.low.len()]
    }

    /// The step of one coordinate, brought within its room.
    pub(super) fn bounded(&self, coordinate: usize, step: f64) -> f64 {
        step.clamp(self.low[coordinate], self.high[coordinate])
    }

    /// A share of a line, coordinates that reach their end staying there.
    pub(super) fn along(&self, line: &[f64], share: f64) -> Vec<f64> {
        let steps = line.iter().enumerate();
        steps
            .map(|(i, step)| self.bounded(i, step * share))
            .collect()
    }

    /// One coordinate alone.
    pub(super) fn single(&self, coordinate: usize, step: f64) -> Vec<f64> {
        let mut alone = self.nowhere();
        alone[coordinate] = step;
        alone
    }

    /// The corner towards which the slope rises.
    pub(super) fn corner(&self, slope: &[f64]) -> Vec<f64> {
        let mut corner = self.nowhere();
        for &i in &self.active {
            corner[i] = match slope[i] {
                rising if rising > 0.0 => self.high[i],
                falling if falling < 0.0 => self.low[i],
                _ => 0.0,
            };
        }
        corner
    }
}
