/// Whether both sides accept a rung: the margin of the side that likes it least. Accepted iff above 0.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Ruling {
    /// The smallest margin of acceptance of any side; NaN is a refusal.
    pub margin: f64,
    /// Whose it is, from 0.
    pub side: usize,
}

impl Ruling {
    /// Whether every side accepts.
    #[must_use]
    pub fn accepts(self) -> bool {
        self.margin > 0.0
    }
}

/// What taking a rung risks and takes.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Risk {
    /// What is lost if the other cheats here: a finite number, 0 or more.
    pub exposure: f64,
    /// What is lost here in expectation if the other is untrustworthy: the exposure times the chance that it
    /// cheats here and was not seen to cheat before. Finite, 0 or more; of several sides, the one worse off.
    pub expected_loss: f64,
    /// How long the rung takes to be carried out: finite, 0 or more.
    pub time: f64,
}

/// Knows the rungs there are and what both sides make of them: whoever owns the rule of acceptance. The
/// search asks and never decides.
///
/// A judge promises what makes it right to pass states over: if `a` covers `b` then in `a` every rung
/// accepted in `b` is accepted, risks no more, and leads to a state that covers the one it leads to from
/// `b`. Trust is like that wherever more of it never harms. Where nothing is known, let a state cover
/// only its equals: the search is then exact for any judge, and longer.
pub trait Judge {
    /// Where both sides stand between rungs: what each believes of the other, and whatever else
    /// acceptance depends on, such as what has been agreed so far.
    type State: Clone;

    /// How many rungs there are to choose from, numbered from 0.
    fn rungs(&self) -> usize;

    /// Whether both sides accept this rung where they stand. A rung that may not follow has a margin
    /// of negative infinity.
    fn ruling(&self, state: &Self::State, rung: usize) -> Ruling;

    /// What the rung risks where they stand.
    fn risk(&self, state: &Self::State, rung: usize) -> Risk;

    /// What the full agreement, `target`, risks at the least once it is taken after at most so many further
    /// rungs. Every path takes it, so that the more this says the sooner the search is done. Nothing unless
    /// it is told better.
    fn least_ahead(&self, _state: &Self::State, _target: usize, _rungs: usize) -> Risk {
        Risk {
            exposure: 0.0,
            expected_loss: 0.0,
            time: 0.0,
        }
    }

    /// Where they stand once it has been honoured by both.
    fn honoured(&self, state: &Self::State, rung: usize) -> Self::State;

    /// Whether whatever can be done from `other` can be done from `state` at no more risk. Every
    /// state covers itself.
    fn covers(&self, state: &Self::State, other: &Self::State) -> bool;

    /// How far a refused rung is from being accepted, in a measure that compares rungs of different
    /// stakes: the less, the nearer. The margin refused by unless it is told better, which makes the smallest of
    /// stakes look nearest. NaN where there is no telling.
    fn shortfall(&self, state: &Self::State, rung: usize) -> f64 {
        -self.ruling(state, rung).margin
    }
}
