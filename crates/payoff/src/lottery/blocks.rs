//! Issues that must be settled together, and what their joint choices are worth.

use crate::{
    AgreementSpace, Interaction, PayoffError, Utility,
    error::matching,
    utility::{Additive, Form},
};

/// Issues that no forbidden combination and no interaction joins to others, with every joint choice
/// that is feasible.
#[derive(Debug, Clone)]
pub(super) struct Block {
    /// The issues, in order.
    issues: Vec<usize>,
    /// The options of each choice, one an issue, choice after choice.
    options: Vec<u32>,
    /// What each choice adds to each party's payoff, choice after choice.
    payoffs: Vec<f64>,
}

impl Block {
    /// One issue whose options are agreements listed elsewhere, with their payoffs end to end.
    pub(super) fn listed(payoffs: Vec<f64>, n_agreements: u32) -> Self {
        Self {
            issues: vec![0],
            options: (0..n_agreements).collect(),
            payoffs,
        }
    }

    /// What each choice adds to each party's payoff, in order.
    pub(super) fn payoffs(&self, n_parties: usize) -> impl ExactSizeIterator<Item = &[f64]> {
        self.payoffs.chunks_exact(n_parties)
    }

    /// The issues, in order.
    pub(super) fn issues(&self) -> &[usize] {
        &self.issues
    }

    /// The options of a choice, one an issue.
    pub(super) fn options(&self, choice: usize) -> &[u32] {
        &self.options[choice * self.issues.len()..][..self.issues.len()]
    }

    /// Writes the options of a choice into a package.
    pub(super) fn write(&self, choice: usize, package: &mut [u32]) {
        for (&issue, &option) in self.issues.iter().zip(self.options(choice)) {
            package[issue] = option;
        }
    }
}

/// The most joint choices that the issues of one block may have.
pub(super) const MOST_CHOICES: usize = 1 << 20;

/// The blocks of a space: each issue on its own unless something couples it. O(options · parties)
/// where nothing does; otherwise in the joint choices.
pub(super) fn blocks(
    space: &AgreementSpace,
    utilities: &[Utility],
) -> Result<Vec<Block>, PayoffError> {
    for utility in utilities {
        check_fit(utility, space)?;
    }
    let mut blocks = Vec::new();
    for issues in coupled(space, utilities) {
        blocks.push(match issues[..] {
            [issue] => single(space, utilities, issue)?,
            _ => joint(space, utilities, issues)?,
        });
    }
    Ok(blocks)
}

fn check_fit(utility: &Utility, space: &AgreementSpace) -> Result<(), PayoffError> {
    let Form::Additive(additive) = &utility.0 else {
        // A table is measured when it is read.
        return Ok(());
    };
    let (tables, sizes) = (&additive.tables, space.sizes());
    let what = || "utility's list of issues".to_owned();
    matching(what, tables.len(), sizes.len())?;
    for (issue, (table, &size)) in tables.iter().zip(sizes).enumerate() {
        let what = || format!("utility's table for issue {issue}");
        matching(what, table.len(), size)?;
    }
    Ok(())
}

/// Groups of issues, each in order, by their lowest issue.
fn coupled(space: &AgreementSpace, utilities: &[Utility]) -> Vec<Vec<usize>> {
    let mut head: Vec<usize> = (0..space.n_issues()).collect();
    for pairs in space.forbidden() {
        for pair in pairs.windows(2) {
            join(&mut head, pair[0].0, pair[1].0);
        }
    }
    for utility in utilities {
        match &utility.0 {
            Form::Additive(additive) => {
                for Interaction { first, second, .. } in &additive.interactions {
                    join(&mut head, first.0, second.0);
                }
            }
            Form::Table(_) => head.fill(0),
        }
    }
    let mut groups = vec![Vec::new(); space.n_issues()];
    for issue in 0..space.n_issues() {
        groups[root(&mut head, issue)].push(issue);
    }
    groups.retain(|group: &Vec<usize>| !group.is_empty());
    groups
}

fn root(head: &mut [usize], issue: usize) -> usize {
    let mut at = issue;
    while head[at] != at {
        head[at] = head[head[at]];
        at = head[at];
    }
    at
}

fn join(head: &mut [usize], one: usize, other: usize) {
    let (one, other) = (root(head, one), root(head, other));
    head[one.max(other)] = one.min(other);
}

/// The options of one issue, less those that are forbidden by themselves.
fn single(
    space: &AgreementSpace,
    utilities: &[Utility],
    issue: usize,
) -> Result<Block, PayoffError> {
    let tables: Option<Vec<&[f64]>> = utilities
        .iter()
        .map(|utility| match &utility.0 {
            Form::Additive(additive) => Some(&additive.tables[issue][..]),
            Form::Table(_) => None,
        })
        .collect();
    // A table over agreements, here of a single issue, need not list what is forbidden.
    let Some(tables) = tables else {
        return joint(space, utilities, vec![issue]);
    };
    let is_barred = |option: usize| {
        let mut rules = space.forbidden();
        rules.any(|pairs| pairs == [(issue, option)])
    };
    let bars = space.forbidden().any(|pairs| pairs.len() == 1);
    let options = (0..space.sizes()[issue]).filter(|&option| !bars || !is_barred(option));
    let options: Vec<u32> = options.map(|option| option as u32).collect();
    if options.is_empty() {
        return Err(PayoffError::NothingFeasible);
    }
    let payoffs = options
        .iter()
        .flat_map(|&option| tables.iter().map(move |table| table[option as usize]))
        .collect();
    Ok(Block {
        issues: vec![issue],
        options,
        payoffs,
    })
}

/// Every feasible joint choice of coupled issues.
fn joint(
    space: &AgreementSpace,
    utilities: &[Utility],
    issues: Vec<usize>,
) -> Result<Block, PayoffError> {
    let part = part(space, &issues)?;
    if part
        .combinations()
        .is_none_or(|it| it > MOST_CHOICES as u128)
    {
        return Err(PayoffError::TooManyJoint {
            first: issues[0],
            n_issues: issues.len(),
            limit: MOST_CHOICES,
        });
    }
    let choices = part.enumerate()?;
    let n_parties = utilities.len();
    let mut payoffs = vec![0.0; choices.len() * n_parties];
    let mut column = vec![0.0; choices.len()];
    for (party, utility) in utilities.iter().enumerate() {
        part_of(utility, &issues)?.tabulate(&choices, &mut column)?;
        for (choice, value) in column.iter().enumerate() {
            payoffs[choice * n_parties + party] = *value;
        }
    }
    let options = choices.iter().flatten().copied().collect();
    Ok(Block {
        issues,
        options,
        payoffs,
    })
}

/// The space of some issues alone, with the combinations forbidden among them.
fn part(space: &AgreementSpace, issues: &[usize]) -> Result<AgreementSpace, PayoffError> {
    let sizes: Vec<usize> = issues.iter().map(|&issue| space.sizes()[issue]).collect();
    let within = |pairs: &&[(usize, usize)]| issues.binary_search(&pairs[0].0).is_ok();
    let place = |issue: usize| issues.binary_search(&issue).unwrap_or_default();
    space
        .forbidden()
        .filter(within)
        .try_fold(AgreementSpace::new(&sizes)?, |part, pairs| {
            let pairs = pairs.iter().map(|&(issue, option)| (place(issue), option));
            part.forbidding(&pairs.collect::<Vec<_>>())
        })
}

/// What some issues bring, without the constant; a table brings everything.
fn part_of(utility: &Utility, issues: &[usize]) -> Result<Utility, PayoffError> {
    let Form::Additive(Additive {
        tables,
        interactions,
        ..
    }) = &utility.0
    else {
        return Ok(utility.clone());
    };
    let tables = issues.iter().map(|&issue| tables[issue].clone()).collect();
    let place = |(issue, option): (usize, usize)| {
        let place = issues.binary_search(&issue).ok()?;
        Some((place, option))
    };
    let within = interactions.iter().filter_map(|joint| {
        Some(Interaction {
            first: place(joint.first)?,
            second: place(joint.second)?,
            value: joint.value,
        })
    });
    { within }.try_fold(Utility::additive(0.0, tables)?, Utility::with_interaction)
}

/// The part of a payoff that no choice changes.
pub(super) fn constant(utility: &Utility) -> f64 {
    match &utility.0 {
        Form::Additive(additive) => additive.constant,
        Form::Table(_) => 0.0,
    }
}
