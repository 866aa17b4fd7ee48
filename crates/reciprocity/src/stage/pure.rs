use crate::{Bimatrix, NormalForm};

impl NormalForm {
    /// Every profile from which no player gains by deviating alone (Nash 1950), in order. Ties do
    /// not break an equilibrium. O(players · profiles).
    #[must_use]
    pub fn pure_equilibria(&self) -> Vec<Vec<usize>> {
        let mut stable = vec![true; self.n_profiles()];
        for (player, &n_actions) in self.n_actions().iter().enumerate() {
            let payoffs = self.payoffs(player).unwrap_or_default();
            retain_best_replies(&mut stable, payoffs, n_actions, self.stride(player));
        }
        let places = stable.iter().enumerate().filter(|(_, stable)| **stable);
        places
            .filter_map(|(place, _)| self.profile(place))
            .collect()
    }
}

impl Bimatrix {
    /// Every pair of actions from which neither player gains by deviating alone (Nash 1950), in
    /// order. Ties do not break an equilibrium. O(cells).
    #[must_use]
    pub fn pure_equilibria(&self) -> Vec<(usize, usize)> {
        let stable = self.stable_cells();
        let cells = stable.iter().enumerate().filter(|(_, stable)| **stable);
        cells
            .map(|(cell, _)| (cell / self.n_columns(), cell % self.n_columns()))
            .collect()
    }

    /// The first of the equilibria in pure strategies, if there is one. O(cells).
    #[must_use]
    pub fn first_pure_equilibrium(&self) -> Option<(usize, usize)> {
        let cell = self.stable_cells().iter().position(|&stable| stable)?;
        Some((cell / self.n_columns(), cell % self.n_columns()))
    }

    fn stable_cells(&self) -> Vec<bool> {
        let mut stable = vec![true; self.row_payoffs().len()];
        retain_best_replies(
            &mut stable,
            self.row_payoffs(),
            self.n_rows(),
            self.n_columns(),
        );
        retain_best_replies(&mut stable, self.column_payoffs(), self.n_columns(), 1);
        stable
    }
}

/// Strikes out every profile in which the player whose actions stand `stride` apart has a better
/// reply.
fn retain_best_replies(stable: &mut [bool], payoffs: &[f64], n_actions: usize, stride: usize) {
    let block = n_actions * stride;
    for (stable, payoffs) in stable.chunks_mut(block).zip(payoffs.chunks(block)) {
        for other in 0..stride {
            let replies = || payoffs.iter().skip(other).step_by(stride);
            let best = replies().copied().fold(f64::NEG_INFINITY, f64::max);
            for (stable, payoff) in stable.iter_mut().skip(other).step_by(stride).zip(replies()) {
                *stable &= *payoff >= best;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::strategies;

    #[test]
    fn ties_everywhere_make_everything_an_equilibrium() {
        let game = Bimatrix::from_flat(3, 2, vec![0.0; 6], vec![7.0; 6]).unwrap();
        assert_eq!(game.pure_equilibria().len(), 6);
        let alone = NormalForm::new(&[3], &[[1.0, 2.0, 2.0]]).unwrap();
        assert_eq!(alone.pure_equilibria(), [[1], [2]]);
    }

    proptest! {
        #[test]
        fn equilibria_are_the_profiles_without_a_profitable_deviation(
            game in strategies::normal_form(),
        ) {
            let stable = |profile: &[usize]| (0..game.n_players()).all(|player| {
                (0..game.n_actions()[player]).all(|action| {
                    let mut other = profile.to_vec();
                    other[player] = action;
                    game.payoff(player, &other) <= game.payoff(player, profile)
                })
            });
            let every = (0..game.n_profiles()).map(|place| game.profile(place).unwrap());
            let expected: Vec<_> = every.filter(|profile| stable(profile)).collect();
            prop_assert_eq!(game.pure_equilibria(), expected);
        }

        #[test]
        fn both_forms_agree(game in strategies::bimatrix()) {
            let pairs: Vec<_> = NormalForm::from(&game).pure_equilibria();
            let expected: Vec<_> = game.pure_equilibria().iter().map(|&(i, j)| [i, j]).collect();
            prop_assert_eq!(pairs, expected);
        }
    }
}
