//! Which agreements there are and which stand out: a page of its own.

use detente::agreements::{
    AgreementsReport, Count, FrontierReport, Listed, LotteryPick, NO_FRONTIER, ProposalReport,
};

use super::ranges;
use crate::{
    layout::{Cell, Column, Page, Table, clean},
    number::{self, payoff},
    palette::Role,
    words,
};

/// Issues of a package that are written out; the rest are counted.
const TERMS: usize = 24;

pub(crate) fn write(page: &mut Page, report: &AgreementsReport) {
    let report = &report.with_places();
    page.lead(Role::Answer, &answer(report));
    page.heading("The zone of agreement");
    zone(page, report);
    ranges::write(page, report);
    write_rest(page, report);
    if !report.conflict.proposals.is_empty() {
        page.heading("What was on the table");
        proposals(page, report);
    }
    if let Some(frontier) = report.frontier.as_ref().filter(|it| !it.listed.is_empty()) {
        listing(page, report, frontier);
    }
    notes(page, report);
}

/// How many agreements there are in the zone and on the frontier: the beginning of a report.
pub(super) fn write_zone(page: &mut Page, report: &AgreementsReport) {
    page.paragraph(Role::Strong, &answer(report));
    zone(page, report);
}

/// What stands out, and what kind of conflict it is.
pub(super) fn write_rest(page: &mut Page, report: &AgreementsReport) {
    let labels = Labels::of(report);
    solutions(page, report, &labels);
    packages(page, report, &labels);
    lotteries(page, report);
    conflict(page, report);
    miss(page, report);
}

/// The answer in one sentence.
fn answer(report: &AgreementsReport) -> String {
    let possible = counted(&report.agreements);
    let zone = &report.zone;
    let both = if report.parties.len() == 2 {
        "both parties"
    } else {
        "every party"
    };
    match &zone.strict {
        Some(strict) if !strict.is_zero() => format!(
            "Of {possible} possible agreements, {} gain{} for {both} over nonagreement{}.",
            counted(strict.digits()),
            if strict.digits() == "1" { "s" } else { "" },
            zone.share
                .map(|it| format!(" ({})", number::percent(it)))
                .unwrap_or_default()
        ),
        None if zone.exists == Some(true) => format!(
            "Among {possible} possible agreements there are some that gain for {both} over \
             nonagreement."
        ),
        _ if zone.by_lottery => format!(
            "None of {possible} possible agreements gains for {both} over nonagreement, but a \
             lottery over some of them does."
        ),
        None if zone.exists.is_none() => format!(
            "It took too much to find out whether any of {possible} possible agreements gains for \
             {both} over nonagreement."
        ),
        _ => format!("None of {possible} possible agreements gains for {both} over nonagreement."),
    }
}

fn zone(page: &mut Page, report: &AgreementsReport) {
    let zone = &report.zone;
    let mut table = Table::new([Column::left(""), Column::right(""), Column::wrapped("")]);
    let kinds = [
        ("strict", &zone.strict, "every party gains"),
        (
            "Pareto-improving",
            &zone.pareto_improving,
            "none loses and at least one gains",
        ),
        ("weak", &zone.weak, "none loses"),
    ];
    for (name, count, meaning) in kinds {
        let count = count
            .as_ref()
            .map_or("?".to_owned(), |it| counted(it.digits()));
        table.row([
            Cell::new(name, Role::Strong),
            count.into(),
            Cell::new(meaning, Role::Quiet),
        ]);
    }
    page.table(&table);
    let parties = report.parties.iter().zip(&report.nonagreement);
    let without: Vec<String> = parties
        .map(|(party, d)| format!("{} {}", clean(party), payoff(*d)))
        .collect();
    let mut text = format!("Without agreement: {}.", words::list(&without));
    if let Some(frontier) = &report.frontier {
        let vectors = counted(frontier.vectors.digits());
        let packages = counted(frontier.packages.digits());
        text.push_str(&format!(
            " No party can gain without another's loss at {packages} {}, with {vectors} \
             {}; {} of these {} nobody worse off than nonagreement.",
            if packages == "1" {
                "agreement"
            } else {
                "agreements"
            },
            if vectors == "1" {
                "vector of payoffs"
            } else {
                "different vectors of payoffs"
            },
            counted(frontier.in_zone.digits()),
            if frontier.in_zone.digits() == "1" {
                "leaves"
            } else {
                "leave"
            },
        ));
    }
    page.paragraph(Role::Plain, &text);
}

/// Letters for the payoff vectors that solutions pick, in their order.
struct Labels<'r> {
    vectors: Vec<&'r Listed>,
}

impl<'r> Labels<'r> {
    fn of(report: &'r AgreementsReport) -> Self {
        let mut vectors: Vec<&Listed> = Vec::new();
        for listed in report.picks.iter().flat_map(|pick| &pick.vectors) {
            if vectors.iter().all(|it| it.payoffs != listed.payoffs) {
                vectors.push(listed);
            }
        }
        Self { vectors }
    }

    fn label(&self, listed: &Listed) -> String {
        let same = |it: &&Listed| it.payoffs == listed.payoffs;
        letter(self.vectors.iter().position(same).unwrap_or_default())
    }
}

/// A, B … Z, then numbers.
fn letter(place: usize) -> String {
    match u8::try_from(place) {
        Ok(place @ 0..26) => char::from(b'A' + place).to_string(),
        _ => format!("#{}", place + 1),
    }
}

fn solutions(page: &mut Page, report: &AgreementsReport, labels: &Labels<'_>) {
    if report.frontier.is_none() {
        page.heading("Which agreements stand out");
        page.paragraph(Role::Plain, NO_FRONTIER);
        return;
    }
    if report.picks.is_empty() {
        return;
    }
    page.heading("Which agreements stand out");
    let mut table = Table::new([
        Column::left("solution"),
        Column::left(""),
        Column::left("payoffs"),
        Column::wrapped("after"),
    ]);
    for pick in &report.picks {
        for (row, listed) in pick.vectors.iter().enumerate() {
            let first = row == 0;
            table.row([
                Cell::new(if first { pick.name.as_str() } else { "" }, Role::Strong),
                labels.label(listed).into(),
                vector(&listed.payoffs).into(),
                Cell::new(if first { pick.source } else { "a tie" }, Role::Quiet),
            ]);
        }
    }
    page.table(&table);
    let parties: Vec<String> = report.parties.iter().map(|it| clean(it)).collect();
    let text = format!(
        "Payoffs: {}. Among agreements every party must gain; among lotteries, further down, sums \
         ask only that none loses. --json defines each solution.",
        words::list(&parties)
    );
    page.paragraph(Role::Quiet, &text);
}

/// What the letters stand for.
fn packages(page: &mut Page, report: &AgreementsReport, labels: &Labels<'_>) {
    for (place, listed) in labels.vectors.iter().enumerate() {
        let Some(terms) = listed.terms.first() else {
            continue;
        };
        page.blank();
        let others = match listed.packages.digits() {
            "1" => String::new(),
            some => format!(" (one of {} agreements with these payoffs)", counted(some)),
        };
        let text = format!("{}: {}{others}", letter(place), vector(&listed.payoffs));
        page.paragraph(Role::Strong, &text);
        let mut table = Table::new([Column::left(""), Column::left(""), Column::wrapped("")]);
        for (issue, option) in report.issues.iter().zip(terms).take(TERMS) {
            let issue = Cell::new(clean(&issue.name), Role::Quiet);
            table.row(["".into(), issue, clean(option).into()]);
        }
        page.table(&table);
        if terms.len() > TERMS {
            let rest = number::count((terms.len() - TERMS) as u64);
            page.paragraph(
                Role::Quiet,
                &format!("  and {rest} more issues; --json has them all"),
            );
        }
    }
}

fn lotteries(page: &mut Page, report: &AgreementsReport) {
    if report.lotteries.is_empty() {
        return;
    }
    page.heading("If chance may decide, or what is disputed may be divided");
    let mut table = Table::new([
        Column::left("solution"),
        Column::left("on average"),
        Column::wrapped("drawn from"),
    ]);
    for pick in &report.lotteries {
        table.row([
            Cell::new(pick.name.as_str(), Role::Strong),
            vector(&pick.payoffs).into(),
            drawn(pick).into(),
        ]);
    }
    page.table(&table);
    let gap = report.lotteries.iter().map(|it| it.gap).fold(0.0, f64::max);
    if gap > 0.0 {
        let text = format!("No lottery betters what these maximise by more than {gap:.1e}.");
        page.paragraph(Role::Quiet, &text);
    }
}

fn drawn(pick: &LotteryPick) -> String {
    let prizes: Vec<String> = pick
        .prizes
        .iter()
        .map(|prize| match pick.prizes.len() {
            1 => "that agreement for certain".to_owned(),
            _ => {
                let chance = number::probability(prize.probability);
                format!("{chance} {}", vector(&prize.payoffs))
            }
        })
        .collect();
    prizes.join(" · ")
}

/// What kind of conflict it is.
fn conflict(page: &mut Page, report: &AgreementsReport) {
    let conflict = &report.conflict;
    let mut facts: Vec<(&str, f64, String)> = Vec::new();
    if let Some(opposition) = conflict.opposition {
        let meaning = "distance from the nearest agreement to the best of all for everybody";
        facts.push(("opposition", opposition, meaning.to_owned()));
    }
    if let Some(integrative) = &conflict.integrative {
        let meaning = format!(
            "what trading across issues gains for everybody over splitting each: from {} to {}",
            vector(&integrative.split),
            vector(&integrative.traded)
        );
        facts.push(("integrative potential", integrative.potential, meaning));
    }
    if let Some(linkage) = &conflict.linkage {
        let meaning = format!(
            "what a package gains for everybody over negotiating each issue alone: from {} to {}",
            vector(&linkage.separate),
            vector(&linkage.together)
        );
        facts.push(("gain from linkage", linkage.gain, meaning));
    }
    if facts.is_empty() {
        return;
    }
    page.heading("What kind of conflict it is");
    let mut table = Table::new([Column::left(""), Column::right(""), Column::wrapped("")]);
    for (name, share, meaning) in facts {
        let meaning = Cell::new(meaning, Role::Quiet);
        table.row([
            Cell::new(name, Role::Strong),
            number::percent(share).into(),
            meaning,
        ]);
    }
    page.table(&table);
    let stuck = conflict
        .linkage
        .iter()
        .flat_map(|it| it.stuck.iter().flatten());
    let stuck: Vec<String> = stuck.take(TERMS).map(|it| clean(it)).collect();
    if !stuck.is_empty() {
        let text = format!("Not to be settled alone: {}.", words::list(&stuck));
        page.paragraph(Role::Plain, &text);
    }
    worth(page, report);
}

/// What each issue is worth to each party.
fn worth(page: &mut Page, report: &AgreementsReport) {
    let values = &report.conflict.issue_values;
    if values.len() != report.parties.len() || report.issues.len() < 2 {
        return;
    }
    page.blank();
    let mut table = Table::new([Column::left("worth to"), Column::wrapped("by issue")]);
    for (party, values) in report.parties.iter().zip(values) {
        let pairs = report.issues.iter().zip(values);
        let mut pairs: Vec<(f64, String)> = pairs
            .map(|(issue, share)| (*share, clean(&issue.name)))
            .collect();
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0));
        let parts: Vec<String> = { pairs.iter().take(TERMS / 2) }
            .map(|(share, issue)| format!("{issue} {}", number::percent(*share)))
            .collect();
        table.row([
            Cell::new(clean(party), Role::Strong),
            parts.join(" · ").into(),
        ]);
    }
    page.table(&table);
}

/// What keeps a closed zone closed.
fn miss(page: &mut Page, report: &AgreementsReport) {
    let Some(miss) = &report.conflict.nearest_miss else {
        return;
    };
    page.heading("What keeps the zone of agreement closed");
    let (payoffs, party) = (vector(&miss.payoffs), clean(&miss.party));
    let short = match miss.share < 0.0 {
        true => format!(
            "be short of a gain by {} of all that is at stake for it",
            number::percent(-miss.share)
        ),
        false => "have no more than without agreement".to_owned(),
    };
    let text = format!("Nearest comes {payoffs}: {party} would {short}.");
    page.paragraph(Role::Plain, &text);
    let parties = report.parties.iter().zip(&miss.limits);
    let limits: Vec<String> = parties
        .filter_map(|(party, limit)| Some(format!("{} below {}", clean(party), payoff((*limit)?))))
        .collect();
    if !limits.is_empty() {
        let text = format!(
            "It would open if one party had less without agreement: {}.",
            limits.join(", or ")
        );
        page.paragraph(Role::Plain, &text);
    }
    for (what, names) in [
        ("Without one party", &miss.parties),
        ("By one issue", &miss.issues),
    ] {
        let names: Vec<String> = names.iter().take(TERMS).map(|it| clean(it)).collect();
        if !names.is_empty() {
            page.paragraph(Role::Quiet, &format!("{what}: {}.", names.join(", or ")));
        }
    }
}

fn proposals(page: &mut Page, report: &AgreementsReport) {
    let proposals = &report.conflict.proposals;
    let mut table = Table::new([
        Column::left("payoffs"),
        Column::left("gains for"),
        Column::left("all could gain"),
        Column::right("better"),
        Column::wrapped("terms"),
    ]);
    for proposal in proposals {
        let refused: Vec<String> = proposal.blocked_by.iter().map(|it| clean(it)).collect();
        let gains = match refused.len() {
            0 => Cell::new("all", Role::Good),
            _ => Cell::new(format!("not {}", refused.join(", ")), Role::Bad),
        };
        let better = proposal.improvements.map(|it| number::count(it as u64));
        table.row([
            vector(&proposal.payoffs).into(),
            gains,
            proposal
                .shortfall
                .map(number::percent)
                .unwrap_or_default()
                .into(),
            better.unwrap_or_default().into(),
            Cell::new(clean(&proposal.name), Role::Strong),
        ]);
    }
    page.table(&table);
    page.paragraph(
        Role::Quiet,
        "Better: agreements better for some party and worse for none. All could gain: what every \
         party could have gained at once, as a share of all that is at stake for it.",
    );
    for proposal in proposals {
        if let Some(text) = way(proposal) {
            page.paragraph(Role::Plain, &text);
        }
    }
}

/// The way from a proposal to the frontier.
fn way(proposal: &ProposalReport) -> Option<String> {
    let (chain, issues) = (proposal.chain.as_ref()?, proposal.issues_at_once?);
    let steps = chain.len() as u64;
    (steps > 0).then(|| {
        format!(
            "From {:?}, {} without a loss for anybody {} to the frontier, with {} reopened at once.",
            clean(&proposal.name),
            number::count_of(steps, "step"),
            if steps == 1 { "leads" } else { "lead" },
            number::count_of(issues as u64, "issue"),
        )
    })
}

/// Efficient agreements, one payoff vector after the other.
fn listing(page: &mut Page, report: &AgreementsReport, frontier: &FrontierReport) {
    page.heading("Agreements at which no party can gain without another's loss");
    let mut table = Table::new([
        Column::left("payoffs"),
        Column::right("how many"),
        Column::wrapped("the first of them"),
    ]);
    for listed in &frontier.listed {
        let terms = listed.terms.first().map(|terms| line(report, terms));
        table.row([
            Cell::new(vector(&listed.payoffs), Role::Strong),
            counted(listed.packages.digits()).into(),
            terms.unwrap_or_default().into(),
        ]);
    }
    page.table(&table);
    let vectors = frontier.vectors.digits();
    if Count::from(frontier.listed.len() as u64).digits() != vectors {
        let (shown, all) = (frontier.listed.len() as u64, counted(vectors));
        let text = format!("{} of {all} shown; --top lists more.", number::count(shown));
        page.paragraph(Role::Quiet, &text);
    }
}

/// A package in one line.
fn line(report: &AgreementsReport, terms: &[String]) -> String {
    let pairs = report.issues.iter().zip(terms).take(TERMS);
    let mut parts: Vec<String> = pairs
        .map(|(issue, option)| format!("{}: {}", clean(&issue.name), clean(option)))
        .collect();
    if terms.len() > TERMS {
        parts.push(format!("and {} more", terms.len() - TERMS));
    }
    parts.join(" · ")
}

fn notes(page: &mut Page, report: &AgreementsReport) {
    // What is missing is said at its place already.
    let notes = report.notes.iter().map(String::as_str);
    let notes: Vec<&str> = notes.filter(|it| *it != NO_FRONTIER).collect();
    if !notes.is_empty() {
        page.blank();
        page.paragraph(Role::Quiet, &notes.join(" "));
    }
}

/// A payoff vector.
fn vector(payoffs: &[f64]) -> String {
    let numbers: Vec<String> = payoffs.iter().map(|it| payoff(*it)).collect();
    format!("({})", numbers.join(", "))
}

/// A count in digits with thousands set off, or roughly where it is very large.
fn counted(digits: &str) -> String {
    match digits.parse::<u64>() {
        Ok(count) => number::count(count),
        Err(_) => {
            let (first, rest) = digits.split_at(1);
            format!(
                "some {first}.{}·10^{}",
                &rest[..rest.len().min(2)],
                rest.len()
            )
        }
    }
}
