//! From data to places, and round numbers to mark an axis with.

/// Carries a range of numbers to a range of places, in a straight line.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scale {
    from: [f64; 2],
    to: [f64; 2],
}

impl Scale {
    /// Of a range that holds every finite one of the numbers; one that would be empty is widened.
    pub(crate) fn over(numbers: impl IntoIterator<Item = f64>, to: [f64; 2]) -> Self {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for number in numbers.into_iter().filter(|it| it.is_finite()) {
            (low, high) = (low.min(number), high.max(number));
        }
        if low > high {
            (low, high) = (0.0, 1.0);
        }
        if low >= high {
            let room = if low == 0.0 { 1.0 } else { low.abs() / 2.0 };
            (low, high) = (low - room, high + room);
        }
        Self {
            from: [low, high],
            to,
        }
    }

    /// The same with so large a share of the range added at either end.
    pub(crate) fn padded(self, share: f64) -> Self {
        let [low, high] = self.from;
        let room = (high / 2.0 - low / 2.0) * 2.0 * share;
        let from = [low - room, high + room];
        match from.iter().all(|it| it.is_finite()) {
            true => Self { from, ..self },
            false => self,
        }
    }

    /// The place of a number; of one outside, the nearer end.
    pub(crate) fn at(&self, number: f64) -> f64 {
        let [low, high] = self.from;
        let [start, end] = self.to;
        // Halves, so that the widest range there is does not overflow.
        let share = (number / 2.0 - low / 2.0) / (high / 2.0 - low / 2.0);
        let share = if share.is_nan() {
            0.0
        } else {
            share.clamp(0.0, 1.0)
        };
        start + share * (end - start)
    }

    /// How many places a unit takes.
    pub(crate) fn per_unit(&self) -> f64 {
        let [low, high] = self.from;
        let [start, end] = self.to;
        (end - start) / 2.0 / (high / 2.0 - low / 2.0)
    }

    /// Up to about `most` round numbers within the range, ascending.
    pub(crate) fn ticks(&self, most: usize) -> Vec<f64> {
        let [low, high] = self.from;
        let rough = (high / 2.0 - low / 2.0) * 2.0 / most.max(1) as f64;
        let power = 10_f64.powf(rough.log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0]
            .into_iter()
            .map(|it| it * power)
            .find(|step| *step >= rough);
        let Some(step) = step.filter(|step| *step > 0.0 && step.is_finite()) else {
            return vec![low, high];
        };
        let first = (low / step).ceil();
        let marks = (0..=most + 1).map(|nth| (first + nth as f64) * step);
        // Adding 0 makes a negative nought positive.
        marks
            .take_while(|mark| *mark <= high + step * 1e-9)
            .map(|mark| mark + 0.0)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_inside() {
        let scale = Scale::over([0.0, 1.0], [0.0, 100.0]);
        assert_eq!(
            scale.ticks(5),
            [0.0, 0.2, 0.4, 0.6000000000000001, 0.8, 1.0]
        );
        let scale = Scale::over([-0.37, 0.52], [0.0, 1.0]);
        assert_eq!(scale.ticks(5), [-0.2, 0.0, 0.2, 0.4]);
    }

    #[test]
    fn any_numbers_have_places() {
        for numbers in [
            vec![],
            vec![f64::NAN],
            vec![3.0],
            vec![0.0],
            vec![f64::MIN, f64::MAX],
            vec![1e300, -1e300],
            vec![5e-324, 0.0],
        ] {
            let scale = Scale::over(numbers.clone(), [10.0, 20.0]).padded(0.1);
            for number in [f64::NAN, f64::NEG_INFINITY, -1.0, 0.0, 1e300, f64::INFINITY] {
                let place = scale.at(number);
                assert!(
                    (10.0..=20.0).contains(&place),
                    "{numbers:?}: {number}: {place}"
                );
            }
            assert!(scale.ticks(5).len() <= 7, "{numbers:?}");
        }
    }

    #[test]
    fn places_run_either_way() {
        let scale = Scale::over([0.0, 2.0], [100.0, 0.0]);
        assert_eq!([0.0, 1.0, 2.0].map(|it| scale.at(it)), [100.0, 50.0, 0.0]);
    }
}
