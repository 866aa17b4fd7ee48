#![doc = include_str!("../README.md")]
#![deny(missing_docs)]
#![cfg_attr(
    test,
    allow(clippy::float_cmp, reason = "exact values are asserted exactly")
)]

mod coded;
mod document;
mod estimate;
mod figure;
mod judgement;
mod layout;
mod markup;
mod names;
mod number;
mod options;
mod palette;
mod section;
mod spread;
mod table;
mod words;

use detente::{
    Assessment, agreements::AgreementsReport, assessment, beliefs::BeliefsReport,
    conflict::StabilityReport, game::GameReport, tournament::TournamentReport,
};

pub use document::Findings;
pub use figure::Figure;
pub use options::TerminalOptions;

use layout::Page;
use names::Names;

/// The answer in one sentence: the verdict at central values, its probability over draws in the
/// words of the US intelligence community's directive ICD 203 (2015), and whether the model
/// explains the record. No line break, no style.
///
/// ```
/// use detente::{Options, assess, library};
///
/// let case = library::case("euphrates-1975")?;
/// let assessment = assess(&case, &Options { draws: 50, ..Options::default() })?;
/// let sentence = detente_report::headline(&assessment);
/// assert!(sentence.contains("left no opportunity to miss"));
/// # Ok::<(), detente::DetenteError>(())
/// ```
///
/// Cost: O(parties).
#[must_use]
pub fn headline(assessment: &Assessment) -> String {
    section::headline(assessment, &Names::of(&assessment.subject))
}

/// The whole assessment as text for a terminal: the answer in one sentence, then everything it
/// rests on. Ends in a line break.
///
/// Nothing is computed here: every number is the assessment's. Text from the case is shown with
/// control characters replaced, so that a case file cannot write to the terminal.
///
/// Cost: O(size of the assessment).
#[must_use]
pub fn terminal(assessment: &Assessment, options: &TerminalOptions) -> String {
    let names = Names::of(&assessment.subject);
    let mut page = Page::new(options);
    section::write_all(&mut page, assessment, &names);
    page.finish()
}

/// The whole report as one file of HTML: figures, words and tables, readable without a network or
/// scripts, on any width, light or dark, and on paper. The same findings give the same bytes.
///
/// Nothing is computed here. Text from the case is shown as text, whatever it holds.
///
/// Cost: O(size of the findings).
#[must_use]
pub fn html(findings: &Findings<'_>) -> String {
    document::html(findings)
}

/// The whole report as Markdown: the words and tables of [`html`], with the finding of each figure and
/// the numbers behind it.
///
/// Cost: O(size of the findings).
#[must_use]
pub fn markdown(findings: &Findings<'_>) -> String {
    document::markdown(findings)
}

/// The numbers behind the figures of a report, as comma-separated values (RFC 4180): the figure, row and
/// column of each, its column's title, the number in full with the `low` and `high` end of its range, band or
/// interval where it has one, its unit (empty for payoffs, counts, and probabilities and shares from 0 to 1),
/// and the text that tables show. Numbers are written with a point and an ASCII minus; what is no finite
/// number has text alone.
///
/// Cost: O(size of the findings).
#[must_use]
pub fn figures_csv(findings: &Findings<'_>) -> String {
    document::csv(findings)
}

/// The figures of a report, in its order: each can be written as a file of its own.
///
/// ```
/// use detente::{Options, assess, library};
/// use detente_report::{Findings, figures};
///
/// let case = library::case("reykjavik-1986")?;
/// let assessment = assess(&case, &Options { draws: 100, ..Options::default() })?;
/// let figures = figures(&Findings::of(&assessment));
/// let funnel = figures.iter().find(|it| it.name() == "funnel").expect("there always is one");
/// assert!(funnel.finding().starts_with("Of 5 possible agreements"));
/// assert!(funnel.svg().starts_with("<svg "));
/// # Ok::<(), detente::DetenteError>(())
/// ```
///
/// Cost: O(size of the findings).
#[must_use]
pub fn figures(findings: &Findings<'_>) -> Vec<Figure> {
    document::figures(findings)
}

/// Why an agreement was missed, as text for a terminal: the answer in one sentence, by how much each
/// barrier was passed or missed, and every way of judging which barrier it is owed to, side by
/// side, with a plain sentence where they disagree. Ends in a line break.
///
/// Nothing is computed here, and text from the case is shown with control characters replaced.
///
/// Cost: O(parties × barriers).
#[must_use]
pub fn why(assessment: &Assessment, options: &TerminalOptions) -> String {
    let names = Names::of(&assessment.subject);
    let mut page = Page::new(options);
    section::write_why(&mut page, assessment, &names);
    page.finish()
}

/// Cases side by side, as text for a terminal; of codings of one case also where they differ, and
/// which difference decides the verdict, if any does. Ends in a line break.
///
/// Nothing is computed here, and text from the cases is shown with control characters replaced.
///
/// Cost: O(codings + differences).
#[must_use]
pub fn comparison(comparison: &assessment::Comparison, options: &TerminalOptions) -> String {
    let mut page = Page::new(options);
    section::write_comparison(&mut page, comparison);
    page.finish()
}

/// What each leader can afford at home, as text for a terminal: which agreements the nations and
/// their leaders have, how the nearest one looks from each office, and the office stakes and
/// audience beliefs at which that would change. Ends in a line break.
///
/// Nothing is computed here, and text from the case is shown with control characters replaced.
///
/// Cost: O(parties).
#[must_use]
pub fn domestic(found: &assessment::Domestic, options: &TerminalOptions) -> String {
    let mut page = Page::new(options);
    section::write_domestic(&mut page, found);
    page.finish()
}

/// Ranges that published indicators suggest for home fronts, as commented tables to paste into a case.
/// Ends in a line break.
///
/// Text from the sheet is shown with control characters replaced.
///
/// Cost: O(rows).
#[must_use]
pub fn indicators_toml(
    found: &detente::indicators::Indicators,
    options: &TerminalOptions,
) -> String {
    section::indicators_toml(found, options.width)
}

/// How trust could have been built, as text for a terminal: the ladder with what is believed and exposed at
/// each rung, when to stop and both errors; or why there is none; and what each side could have done alone.
/// Ends in a line break.
///
/// Nothing is computed here, and text from the case is shown with control characters replaced.
///
/// Cost: O(size of the report).
#[must_use]
pub fn path(found: &assessment::PathReport, options: &TerminalOptions) -> String {
    let mut page = Page::new(options);
    section::write_path(&mut page, found);
    page.finish()
}

/// What drives the answer, as text for a terminal: the uncertain numbers by their share in how far
/// the best agreement is from passing every barrier. Ends in a line break.
///
/// Nothing is computed here, and text from the case is shown with control characters replaced.
///
/// Cost: O(uncertain numbers).
#[must_use]
pub fn drivers(sensitivity: &assessment::Sensitivity, options: &TerminalOptions) -> String {
    let mut page = Page::new(options);
    section::write_drivers(&mut page, sensitivity);
    page.finish()
}

/// What would have changed the answer, as text for a terminal: the smallest changes as sentences,
/// side by side, and how far the answer is from turning. Ends in a line break.
///
/// Nothing is computed here, and text from the case is shown with control characters replaced.
///
/// Cost: O(size of the rewrites).
#[must_use]
pub fn rewrites(found: &assessment::Rewrites, options: &TerminalOptions) -> String {
    let mut page = Page::new(options);
    section::write_rewrites(&mut page, found);
    page.finish()
}

/// What each uncertain number does alone, as text for a terminal: how far the best agreement is from
/// passing every barrier with the number at either end of its range. Ends in a line break.
///
/// Nothing is computed here, and text from the case is shown with control characters replaced.
///
/// Cost: O(uncertain numbers).
#[must_use]
pub fn tornado(sensitivity: &assessment::Sensitivity, options: &TerminalOptions) -> String {
    let mut page = Page::new(options);
    section::write_tornado(&mut page, sensitivity);
    page.finish()
}

/// Which agreements there are and which stand out, as text for a terminal. Ends in a line break.
///
/// Nothing is computed here, and names from the case or sheet are shown with control characters
/// replaced. Agreements of the frontier are listed as far as the report lists them.
///
/// Cost: O(size of the report).
#[must_use]
pub fn agreements(report: &AgreementsReport, options: &TerminalOptions) -> String {
    let mut page = Page::new(options);
    section::write_agreements(&mut page, report);
    page.finish()
}

/// What observers could believe, as text for a terminal: the weight of each act, and trust day by day.
/// Ends in a line break.
///
/// Nothing is computed here, and text from the case or sheet is shown with control characters
/// replaced.
///
/// Cost: O(size of the report).
#[must_use]
pub fn beliefs(report: &BeliefsReport, options: &TerminalOptions) -> String {
    let mut page = Page::new(options);
    section::write_ledger(&mut page, report);
    page.finish()
}

/// What observers could believe, as comma-separated values (RFC 4180): a header, then a row for each
/// act that an observer came to know, with its weight and the beliefs before, after and in hindsight.
///
/// Cost: O(acts × types).
#[must_use]
pub fn beliefs_csv(report: &BeliefsReport) -> String {
    table::beliefs(report)
}

/// Which game two parties play, its equilibria and the patience that cooperation takes, as text for a
/// terminal. Ends in a line break.
///
/// Nothing is computed here, and names are shown with control characters replaced.
///
/// Cost: O(size of the report).
#[must_use]
pub fn game(report: &GameReport, options: &TerminalOptions) -> String {
    let mut page = Page::new(options);
    section::write_game(&mut page, report);
    page.finish()
}

/// How strategies did against each other, as text for a terminal. Ends in a line break.
///
/// Nothing is computed here, and names are shown with control characters replaced.
///
/// Cost: O(strategies²).
#[must_use]
pub fn tournament(report: &TournamentReport, options: &TerminalOptions) -> String {
    let mut page = Page::new(options);
    section::write_tournament(&mut page, report);
    page.finish()
}

/// The strategies that have names and what they do, as text for a terminal. Ends in a line break.
#[must_use]
pub fn strategies(options: &TerminalOptions) -> String {
    let mut page = Page::new(options);
    section::write_strategies(&mut page);
    page.finish()
}

/// Which outcomes of a conflict hold, how it may go on from where it stands, and what would make an
/// outcome hold, as text for a terminal. Ends in a line break.
///
/// Nothing is computed here, and names are shown with control characters replaced.
///
/// Cost: O(size of the report).
#[must_use]
pub fn stability(report: &StabilityReport, options: &TerminalOptions) -> String {
    let mut page = Page::new(options);
    section::write_stability(&mut page, report);
    page.finish()
}

/// The efficient agreements that a report lists, as comma-separated values (RFC 4180): a header, then
/// for each an option of every issue, every party's payoff, and whether it gains for every party.
///
/// Cost: O(agreements listed × (issues + parties)).
#[must_use]
pub fn agreements_csv(report: &AgreementsReport) -> String {
    table::csv(report)
}
