//! Issues that must be settled together, merged into one.

use std::collections::BTreeMap;

use crate::{AgreementSpace, PayoffError, utility::Additive};

use super::{SearchLimits, scale::Scale};

/// Issues that are coupled by a forbidden combination or an interaction, as one issue whose options
/// are the feasible combinations of theirs; most often a single issue. Every party's payoff from a
/// package is its constant and the sum over blocks, and any combination of the blocks' options is
/// feasible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    issues: Vec<usize>,
    options: Vec<u32>,
    n_parties: usize,
    lanes: Vec<i128>,
}

impl Block {
    /// The issues in the block, in order; at least one.
    #[must_use]
    pub fn issues(&self) -> &[usize] {
        &self.issues
    }

    /// How many options the block has; at least one.
    #[must_use]
    pub fn len(&self) -> usize {
        self.options.len() / self.issues.len()
    }

    /// Always false: a block without an option leaves no agreement and is refused.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.options.is_empty()
    }

    /// The options that one option of the block stands for, one for each of its issues.
    #[must_use]
    pub fn option(&self, option: usize) -> Option<&[u32]> {
        (option < self.len()).then(|| self.option_at(option as u32))
    }

    /// The same for an option that exists.
    pub(crate) fn option_at(&self, option: u32) -> &[u32] {
        &self.options[option as usize * self.issues.len()..][..self.issues.len()]
    }

    /// The option of the block that stands for these options of its issues, if they are feasible
    /// together. O(log options): options are in lexicographic order.
    pub(crate) fn find(&self, options: &[u32]) -> Option<usize> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            match self.option_at(middle as u32).cmp(options) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// What an option is worth to each party, in the parties' lanes.
    pub(crate) fn lanes(&self, option: usize) -> &[i128] {
        &self.lanes[option * self.n_parties..][..self.n_parties]
    }

    /// Every option's lanes in turn.
    pub(crate) fn rows(&self) -> impl ExactSizeIterator<Item = &[i128]> + Clone {
        self.lanes.chunks_exact(self.n_parties)
    }

    /// The least and the most that the block is worth to a party.
    pub(crate) fn range(&self, party: usize) -> (i128, i128) {
        self.rows()
            .fold((i128::MAX, i128::MIN), |(low, high), row| {
                (low.min(row[party]), high.max(row[party]))
            })
    }

    /// The same block for some of the parties.
    pub(super) fn for_parties(&self, parties: &[usize]) -> Self {
        let lanes = self
            .rows()
            .flat_map(|row| parties.iter().map(|&party| row[party]));
        Self {
            lanes: lanes.collect(),
            n_parties: parties.len(),
            ..self.clone()
        }
    }

    /// A block with one option, at which each party has what it likes best of this one's.
    pub(super) fn wish(&self) -> Self {
        let best = |party| self.range(party).1;
        Self {
            options: self.options[..self.issues.len()].to_vec(),
            lanes: (0..self.n_parties).map(best).collect(),
            ..self.clone()
        }
    }
}

/// Merges coupled issues. O(issues + options, merged ones counted in full).
pub(super) fn merge(
    space: &AgreementSpace,
    utilities: &[&Additive],
    scales: &[Scale],
    limits: SearchLimits,
) -> Result<Vec<Block>, PayoffError> {
    groups(space, utilities)
        .into_iter()
        .map(|issues| block(space, utilities, scales, issues, limits))
        .collect()
}

/// The issues in groups without coupling between them, each in order, by their first issue.
fn groups(space: &AgreementSpace, utilities: &[&Additive]) -> Vec<Vec<usize>> {
    let mut parent: Vec<usize> = (0..space.n_issues()).collect();
    for pairs in space.forbidden() {
        for pair in pairs.windows(2) {
            join(&mut parent, pair[0].0, pair[1].0);
        }
    }
    let interactions = utilities.iter().flat_map(|utility| &utility.interactions);
    for interaction in interactions.filter(|interaction| interaction.value != 0.0) {
        join(&mut parent, interaction.first.0, interaction.second.0);
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for issue in 0..parent.len() {
        groups
            .entry(root(&mut parent, issue))
            .or_default()
            .push(issue);
    }
    groups.into_values().collect()
}

/// The lowest issue of a group; shortens the way there.
fn root(parent: &mut [usize], mut issue: usize) -> usize {
    while parent[issue] != issue {
        parent[issue] = parent[parent[issue]];
        issue = parent[issue];
    }
    issue
}

fn join(parent: &mut [usize], one: usize, other: usize) {
    let (one, other) = (root(parent, one), root(parent, other));
    parent[one.max(other)] = one.min(other);
}

fn block(
    space: &AgreementSpace,
    utilities: &[&Additive],
    scales: &[Scale],
    issues: Vec<usize>,
    limits: SearchLimits,
) -> Result<Block, PayoffError> {
    let sizes: Vec<usize> = issues.iter().map(|&issue| space.sizes()[issue]).collect();
    let place: BTreeMap<usize, usize> = issues.iter().copied().zip(0..).collect();
    let mut sub = AgreementSpace::new(&sizes)?;
    let combinations = sub.combinations();
    let too_many = |count| count > limits.merged as u128;
    if issues.len() > 1 && combinations.is_none_or(too_many) {
        return Err(PayoffError::TooManyJoint {
            first: issues[0],
            n_issues: issues.len(),
            limit: limits.merged,
        });
    }
    for pairs in space.forbidden() {
        let local = pairs
            .iter()
            .map(|(issue, option)| Some((*place.get(issue)?, *option)));
        if let Some(local) = local.collect::<Option<Vec<_>>>() {
            sub = sub.forbidding(&local)?;
        }
    }
    let agreements = sub.enumerate()?;
    let mut lanes = vec![0; agreements.len() * utilities.len()];
    for (party, (utility, &scale)) in utilities.iter().zip(scales).enumerate() {
        let worth = worth(utility, scale, &issues, &place);
        for (agreement, row) in agreements
            .iter()
            .zip(lanes.chunks_exact_mut(utilities.len()))
        {
            row[party] = worth.of(agreement);
        }
    }
    Ok(Block {
        options: agreements.flat_from(0).to_vec(),
        n_parties: utilities.len(),
        issues,
        lanes,
    })
}

/// One party's lanes for the issues of a block.
struct Worth {
    tables: Vec<Vec<i128>>,
    /// Two issues of the block with their options, and what they add together.
    joint: Vec<[(usize, u32); 2]>,
    values: Vec<i128>,
}

fn worth(
    utility: &Additive,
    scale: Scale,
    issues: &[usize],
    place: &BTreeMap<usize, usize>,
) -> Worth {
    let table = |&issue: &usize| {
        utility.tables[issue]
            .iter()
            .map(|&u| scale.lane(u))
            .collect()
    };
    let mut worth = Worth {
        tables: issues.iter().map(table).collect(),
        joint: Vec::new(),
        values: Vec::new(),
    };
    let local = |(issue, option): (usize, usize)| Some((*place.get(&issue)?, option as u32));
    for interaction in &utility.interactions {
        if let (Some(first), Some(second)) = (local(interaction.first), local(interaction.second)) {
            worth.joint.push([first, second]);
            worth.values.push(scale.lane(interaction.value));
        }
    }
    worth
}

impl Worth {
    fn of(&self, agreement: &[u32]) -> i128 {
        let own: i128 = agreement
            .iter()
            .zip(&self.tables)
            .map(|(&option, table)| table[option as usize])
            .sum();
        let holds = |&(place, option): &(usize, u32)| agreement[place] == option;
        let joint: i128 = self
            .joint
            .iter()
            .zip(&self.values)
            .filter_map(|(pair, &value)| pair.iter().all(holds).then_some(value))
            .sum();
        own + joint
    }
}
