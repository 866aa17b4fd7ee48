//! What is undominated among vectors that come from the lexicographically highest: what could
//! dominate a vector always comes before it (Kung, Luccio & Preparata 1975).

use super::lane::Lane;

/// The undominated vectors so far, as far as they matter to those that come later.
pub(super) trait Front<L, const N: usize>: Default {
    /// Whether a vector so far dominates this one. Equality is not domination.
    fn dominates(&self, vector: &[L; N]) -> bool;

    /// Takes in a vector that is not dominated.
    fn admit(&mut self, vector: &[L; N]);
}

/// One party: the first vector is the best.
#[derive(Default)]
pub(super) struct Best<L>(Option<L>);

impl<L: Lane> Front<L, 1> for Best<L> {
    fn dominates(&self, vector: &[L; 1]) -> bool {
        self.0.is_some_and(|best| best > vector[0])
    }

    fn admit(&mut self, vector: &[L; 1]) {
        self.0 = Some(vector[0]);
    }
}

/// Two parties: each vector must raise the second party above all before it.
#[derive(Default)]
pub(super) struct Rising<L>(Option<[L; 2]>);

impl<L: Lane> Front<L, 2> for Rising<L> {
    fn dominates(&self, &[x, y]: &[L; 2]) -> bool {
        self.0
            .is_some_and(|[best_x, best_y]| y < best_y || (y == best_y && x < best_x))
    }

    fn admit(&mut self, vector: &[L; 2]) {
        self.0 = Some(*vector);
    }
}

/// Three parties: a staircase of the second and third party's payoffs. O(log steps) to ask.
#[derive(Default)]
pub(super) struct Staircase<L> {
    /// The second party's payoffs, rising.
    ys: Vec<L>,
    /// The third party's payoffs, falling, with the first party's.
    zxs: Vec<[L; 2]>,
}

impl<L: Lane> Front<L, 3> for Staircase<L> {
    fn dominates(&self, &[x, y, z]: &[L; 3]) -> bool {
        let place = self.ys.partition_point(|&step| step < y);
        self.zxs.get(place).is_some_and(|&[step_z, step_x]| {
            step_z > z || (step_z == z && (self.ys[place] > y || step_x > x))
        })
    }

    fn admit(&mut self, &[x, y, z]: &[L; 3]) {
        let end = self.ys.partition_point(|&step| step <= y);
        let start = self.zxs[..end].partition_point(|&[step, _]| step > z);
        self.ys.splice(start..end, [y]);
        self.zxs.splice(start..end, [[z, x]]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_below_a_new_one_are_swallowed() {
        let mut staircase = Staircase::<i64>::default();
        for vector in [[9, 1, 3], [9, 2, 2], [9, 3, 1]] {
            assert!(!staircase.dominates(&vector));
            staircase.admit(&vector);
        }
        assert!(staircase.dominates(&[8, 2, 2]) && !staircase.dominates(&[9, 2, 2]));
        assert!(staircase.dominates(&[9, 1, 2]) && !staircase.dominates(&[8, 2, 3]));
        staircase.admit(&[8, 2, 3]);
        assert_eq!(
            (staircase.ys, staircase.zxs),
            (vec![2, 3], vec![[3, 8], [1, 9]])
        );
    }
}
