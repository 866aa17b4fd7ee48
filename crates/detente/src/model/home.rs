//! The home front that a leader answers to.

use detente_legitimacy::{Signature, SurvivalCurve};

use super::{
    Compiler,
    inputs::{Bounds, Slot},
};
use crate::{
    case::{Home, Messages, Number},
    decode::Path,
};

/// A home front.
#[derive(Debug, Clone)]
pub(crate) struct HomeModel {
    pub(crate) national_weight: Slot,
    pub(crate) office_stake: Slot,
    pub(crate) support: Slot,
    pub(crate) threat: Slot,
    pub(crate) baseline: Slot,
    pub(crate) curve: SurvivalCurve,
    pub(crate) audience_hostility: Option<Slot>,
    pub(crate) messages: Option<MessagesModel>,
}

/// What a leader can make its audience believe.
#[derive(Debug, Clone)]
pub(crate) struct MessagesModel {
    pub(crate) cost: Slot,
    pub(crate) credulous_share: Slot,
    pub(crate) bargaining_share: Slot,
    pub(crate) prior_hostility: Option<Slot>,
    pub(crate) signature: Signature,
}

impl Compiler<'_> {
    pub(super) fn home(&mut self, home: &Home, path: &Path) -> Option<HomeModel> {
        for (key, present) in [
            ("national_weight", home.national_weight.is_some()),
            ("office_stake", home.office_stake.is_some()),
            ("support", home.support.is_some()),
            ("threat", home.threat.is_some()),
            ("baseline", home.baseline.is_some()),
            ("curve", home.curve.is_some()),
        ] {
            self.require(
                path,
                key,
                present,
                "a home front is coded whole or not at all",
            );
        }
        let mut slot = |number: Option<&Number>, key: &str, bounds: Bounds| {
            number.map(|it| self.number(it, &path.key(key), &home.provenance, bounds))
        };
        let national_weight = slot(
            home.national_weight.as_ref(),
            "national_weight",
            Bounds::Positive,
        );
        let office_stake = slot(
            home.office_stake.as_ref(),
            "office_stake",
            Bounds::NonNegative,
        );
        let support = slot(home.support.as_ref(), "support", Bounds::NonNegative);
        let threat = slot(home.threat.as_ref(), "threat", Bounds::Any);
        let baseline = slot(home.baseline.as_ref(), "baseline", Bounds::Any);
        let audience = home.audience_hostility.as_ref();
        let audience_hostility = slot(audience, "audience_hostility", Bounds::Probability);
        self.spoken(home, path);
        let messages = home.messages.as_ref();
        let messages = messages.map(|it| self.messages(it, &path.key("messages")));
        Some(HomeModel {
            national_weight: national_weight?,
            office_stake: office_stake?,
            support: support?,
            threat: threat?,
            baseline: baseline?,
            curve: home.curve.as_ref()?.value,
            audience_hostility,
            messages: messages.flatten(),
        })
    }

    /// Messages on a curve along which beliefs cannot be averaged.
    fn spoken(&mut self, home: &Home, path: &Path) {
        let curve = home.curve.as_ref().map(|it| it.value);
        let curved = curve.filter(|curve| *curve != SurvivalCurve::Linear);
        if let (Some(curve), Some(_)) = (curved, &home.messages) {
            let why = format!("an audience's beliefs cannot be averaged on a {curve} curve");
            let expected = "expected `curve = \"linear\"` beside it";
            self.idle(path, "messages", &why, expected);
        }
    }

    fn messages(&mut self, messages: &Messages, path: &Path) -> Option<MessagesModel> {
        for (key, present) in [
            ("cost", messages.cost.is_some()),
            ("credulous_share", messages.credulous_share.is_some()),
            ("bargaining_share", messages.bargaining_share.is_some()),
        ] {
            self.require(path, key, present, "messages are coded whole or not at all");
        }
        let mut slot = |number: Option<&Number>, key: &str, bounds: Bounds| {
            number.map(|it| self.number(it, &path.key(key), &messages.provenance, bounds))
        };
        let (share, prior) = (Bounds::Probability, messages.prior_hostility.as_ref());
        let cost = slot(messages.cost.as_ref(), "cost", Bounds::Positive);
        let credulous_share = slot(messages.credulous_share.as_ref(), "credulous_share", share);
        let bargaining_share = slot(
            messages.bargaining_share.as_ref(),
            "bargaining_share",
            share,
        );
        let prior_hostility = slot(prior, "prior_hostility", share);
        let signature = messages.signature.as_ref().map(|it| it.value);
        Some(MessagesModel {
            cost: cost?,
            credulous_share: credulous_share?,
            bargaining_share: bargaining_share?,
            prior_hostility,
            signature: signature.unwrap_or_default(),
        })
    }
}
