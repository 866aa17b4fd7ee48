use crate::{QuantityError, error::finite};

/// The four payoffs at stake for one party once an agreement is to be carried out, in that party's
/// own payoff units:
///
/// - `t`, temptation: it cheats while all others honour;
/// - `r`, reward: all honour;
/// - `p`, punishment: the agreement collapses (nonagreement);
/// - `s`, sucker's payoff: it honours while another cheats.
///
/// They must be finite. Their order is never invalid: it is what tells assurance (`t < r`),
/// chicken (`s > p`) and the prisoner's dilemma (`t > r > p > s`) apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stakes {
    t: f64,
    r: f64,
    p: f64,
    s: f64,
}

impl Stakes {
    /// Checks that all four payoffs are finite.
    ///
    /// # Errors
    /// [`QuantityError::OutOfRange`] naming the payoff that is NaN or infinite.
    #[inline]
    pub fn new(t: f64, r: f64, p: f64, s: f64) -> Result<Self, QuantityError> {
        Ok(Self {
            t: finite("temptation payoff t", t)?,
            r: finite("reward payoff r", r)?,
            p: finite("punishment payoff p", p)?,
            s: finite("sucker's payoff s", s)?,
        })
    }

    /// The stakes at an agreement (model §1): `r = payoff`, `t = payoff + temptation`,
    /// `p = nonagreement`, `s = nonagreement − exposure`. Temptation and exposure are signed.
    ///
    /// # Errors
    /// [`QuantityError::OutOfRange`] naming the payoff that is NaN or infinite.
    #[inline]
    pub fn at_agreement(
        payoff: f64,
        nonagreement: f64,
        temptation: f64,
        exposure: f64,
    ) -> Result<Self, QuantityError> {
        Self::new(
            payoff + temptation,
            payoff,
            nonagreement,
            nonagreement - exposure,
        )
    }

    /// Temptation payoff: cheats while all others honour.
    #[must_use]
    pub const fn t(self) -> f64 {
        self.t
    }

    /// Reward payoff: all honour.
    #[must_use]
    pub const fn r(self) -> f64 {
        self.r
    }

    /// Punishment payoff: the agreement collapses.
    #[must_use]
    pub const fn p(self) -> f64 {
        self.p
    }

    /// Sucker's payoff: honours while another cheats.
    #[must_use]
    pub const fn s(self) -> f64 {
        self.s
    }

    /// Gain from cheating on those who honour, `t − r`; negative in assurance.
    #[must_use]
    pub fn temptation(self) -> f64 {
        self.t - self.r
    }

    /// Gain of agreement over nonagreement, `r − p`.
    #[must_use]
    pub fn gain(self) -> f64 {
        self.r - self.p
    }

    /// Loss below nonagreement from honouring when cheated, `p − s`; negative in chicken.
    #[must_use]
    pub fn exposure(self) -> f64 {
        self.p - self.s
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_payoff_that_is_not_finite_is_named() {
        let error = Stakes::new(1.0, 2.0, f64::NAN, 0.0).unwrap_err();
        assert_eq!(
            error.to_string(),
            "punishment payoff p is NaN; expected a finite number"
        );
        assert!(Stakes::at_agreement(f64::MAX, 0.0, f64::MAX, 0.0).is_err());
    }

    #[test]
    fn any_order_is_legal() {
        let assurance = Stakes::at_agreement(4.0, 2.0, -1.0, 1.0).unwrap();
        assert_eq!(
            (
                assurance.temptation(),
                assurance.gain(),
                assurance.exposure()
            ),
            (-1.0, 2.0, 1.0)
        );
        let chicken = Stakes::at_agreement(4.0, 1.0, 1.0, -1.0).unwrap();
        assert!(chicken.s() > chicken.p());
    }
}
