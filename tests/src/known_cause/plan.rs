//! Which party carries which part of a world's cause.

use detente::assessment::Barrier::{
    Anarchy, ConflictOfInterest, DomesticLegitimacy, Misperception, PrudentDistrust,
};

use super::{dice::Dice, kind::Kind};

/// What a party makes of the others, beside the trust it would need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Faith {
    /// Enough, on the evidence as it was and as it reads it.
    Trusts,
    /// Too little either way.
    Doubts,
    /// Enough as it was, too little as it reads it.
    Misreads,
    /// Enough, with doubt left that a leader can make something of.
    Wavers,
    /// Enough either way, but what it reads leaves more doubt than there was.
    Misled,
    /// Enough for the second deal, too little for the first.
    Torn,
    /// Enough as it was; as it reads it, for the first deal only.
    HalfMisled,
    /// None: no type of any other party would honour.
    Despairs,
}

/// What a party's home front does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Front {
    /// Nothing, coded or not.
    Harmless,
    /// It forbids every deal, whatever the leader believes.
    Forbids,
    /// It forbids every deal while doubt is left.
    ForbidsInDoubt,
    /// It forbids every deal on what is read, not on what there was.
    ForbidsAsRead,
}

/// One party's part.
#[derive(Debug, Clone, Copy)]
pub(super) struct Role {
    pub(super) faith: Faith,
    pub(super) front: Front,
    /// Its true type would cheat.
    pub(super) breaks: bool,
}

/// A world's plan.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    pub(super) roles: Vec<Role>,
    /// How many options of the first issue all prefer to nonagreement; without any, interests clash.
    pub(super) deals: usize,
}

impl Plan {
    pub(super) fn new(kind: Kind, dice: &mut Dice) -> Self {
        let parties = 2 + dice.below(2);
        let first = dice.below(parties);
        // The party of whose types the first is unsure.
        let second = (first + 1) % parties;
        let either = if dice.chance(0.5) { first } else { second };
        let role = Role {
            faith: Faith::Trusts,
            front: Front::Harmless,
            breaks: false,
        };
        let mut roles = vec![role; parties];
        let mut deals = 1;
        match kind {
            Kind::Reachable | Kind::Decoys => {}
            Kind::BrokenFaith => roles[second].breaks = true,
            Kind::Only(ConflictOfInterest) => deals = 0,
            Kind::Only(Anarchy) => {
                for role in &mut roles {
                    (role.faith, role.breaks) = (Faith::Despairs, true);
                }
            }
            Kind::Either(PrudentDistrust, DomesticLegitimacy) => {
                (roles[first].faith, roles[first].front) = (Faith::Wavers, Front::ForbidsInDoubt);
            }
            Kind::Either(DomesticLegitimacy, _) => {
                (roles[first].faith, roles[first].front) = (Faith::Misled, Front::ForbidsAsRead);
            }
            Kind::Either(..) => {
                deals = 2;
                (roles[first].faith, roles[second].faith) = (Faith::Torn, Faith::HalfMisled);
            }
            Kind::Only(barrier) => {
                block(&mut roles, barrier, first);
                if dice.chance(0.3) {
                    block(&mut roles, barrier, second);
                }
            }
            Kind::Both(Anarchy, barrier) => {
                roles[second].breaks = true;
                block(&mut roles, barrier, first);
            }
            Kind::Both(PrudentDistrust, Misperception) => {
                block(&mut roles, PrudentDistrust, first);
                block(&mut roles, Misperception, second);
            }
            Kind::Both(PrudentDistrust, _) => {
                block(&mut roles, PrudentDistrust, first);
                block(&mut roles, DomesticLegitimacy, either);
            }
            Kind::Both(..) => {
                block(&mut roles, DomesticLegitimacy, either);
                block(&mut roles, Misperception, first);
            }
        }
        Self { roles, deals }
    }

    /// Of whom party `observer` is unsure, if of anybody.
    pub(super) fn focus(&self, observer: usize) -> usize {
        (observer + 1) % self.roles.len()
    }

    /// Whether some party misreads this one, so that its acts must say much.
    pub(super) fn is_misread(&self, about: usize) -> bool {
        let mut observers = (0..self.roles.len()).filter(|&it| self.focus(it) == about);
        observers.any(|observer| {
            let faith = self.roles[observer].faith;
            matches!(faith, Faith::Misreads | Faith::Misled | Faith::HalfMisled)
        })
    }
}

fn block(roles: &mut [Role], barrier: detente::assessment::Barrier, party: usize) {
    let role = &mut roles[party];
    match barrier {
        PrudentDistrust => role.faith = Faith::Doubts,
        Misperception => role.faith = Faith::Misreads,
        DomesticLegitimacy => role.front = Front::Forbids,
        Anarchy | ConflictOfInterest => {}
    }
}
