use detente_reciprocity::Fraction;

use super::{kind, outcome, value};
use crate::{
    FormatError, Issue, Party, ReadOptions, Scores,
    error::{missing, quoted, unexpected, unsupported},
    number, text,
    tree::{Node, Value},
};

/// What agreements are worth to a party, in a text that does not say what the issues are: a utility
/// function of NegMAS, linear and additive, affine, constant, or a mapping of outcomes.
#[derive(Debug, Clone, PartialEq)]
pub struct Valuation {
    name: String,
    node: Node,
}

impl Valuation {
    pub(crate) fn new(name: &str, node: Node) -> Result<Self, FormatError> {
        let own = node
            .get("name")
            .map(|it| it.text("a name"))
            .transpose()?
            .map(text::name);
        let name = own
            .filter(|it| !it.is_empty())
            .unwrap_or_else(|| name.to_owned());
        let known = "LinearAdditiveUtilityFunction";
        if kind(&node)?.is_none() && node.get("weights").is_none() && node.get("mapping").is_none()
        {
            return Err(missing(
                node.place,
                "\"type\"",
                format!("one such as {known}"),
            ));
        }
        Ok(Self { name, node })
    }

    /// What the party is called.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The party, with what each option or agreement of these issues is worth to it.
    ///
    /// O(options), or O(agreements) for a mapping.
    ///
    /// # Errors
    /// [`FormatError::Unsupported`] naming a utility or value function that cannot be represented;
    /// [`FormatError::Missing`], [`FormatError::Unknown`] or [`FormatError::Unexpected`] where it does
    /// not fit the issues; [`FormatError::TooMany`].
    pub fn over(&self, issues: &[Issue], options: &ReadOptions) -> Result<Party, FormatError> {
        let node = &self.node;
        let guessed = match (node.get("mapping"), node.get("values")) {
            (Some(_), None) => "MappingUtilityFunction",
            _ => "LinearAdditiveUtilityFunction",
        };
        let scores = match kind(node)?.unwrap_or(guessed) {
            "LinearAdditiveUtilityFunction" | "LinearUtilityAggregationFunction" => {
                self.additive(issues)?
            }
            "AffineUtilityFunction" | "LinearUtilityFunction" => self.affine(issues)?,
            "ConstUtilityFunction" => {
                let worth = node
                    .required("value", "what every agreement is worth")?
                    .double()?;
                let zeros = issues.iter().map(|it| vec![0.0; it.options.len()]);
                Scores::Additive {
                    constant: worth,
                    tables: zeros.collect(),
                }
            }
            "MappingUtilityFunction" => Scores::Table(outcome::table(node, issues, options)?),
            other => {
                return Err(unsupported(
                    node.place,
                    format!("a utility function of type {}", quoted(other)),
                    "LinearAdditiveUtilityFunction, AffineUtilityFunction, LinearUtilityFunction, \
                     ConstUtilityFunction or MappingUtilityFunction",
                ));
            }
        };
        Ok(Party {
            nonagreement: self.reserved()?,
            ..Party::new(self.name.clone(), scores)
        })
    }

    /// What the party has without agreement; minus infinity is how NegMAS says nothing.
    fn reserved(&self) -> Result<Option<f64>, FormatError> {
        let Some(reserved) = self.node.get("reserved_value") else {
            return Ok(None);
        };
        match &reserved.value {
            Value::Bare(text) if text.eq_ignore_ascii_case("-.inf") => Ok(None),
            _ => reserved.double().map(Some),
        }
    }

    fn additive(&self, issues: &[Issue]) -> Result<Scores, FormatError> {
        let values = self
            .node
            .required("values", "a value function for each issue")?;
        let values = by_issue(values, issues)?;
        let weights = match self.node.get("weights") {
            Some(weights) => {
                let weights = by_issue(weights, issues)?;
                weights
                    .into_iter()
                    .map(Node::exact)
                    .collect::<Result<_, _>>()?
            }
            None => vec![Fraction::from_whole(1); issues.len()],
        };
        let table = |((issue, function), weight): ((&Issue, &Node), &Fraction)| {
            let worth = value::table(function, issue)?;
            let worth = worth
                .iter()
                .map(|it| number::nearest(&(it * weight), function.place));
            worth.collect::<Result<Vec<f64>, _>>()
        };
        let tables = issues.iter().zip(values).zip(&weights).map(table);
        Ok(Scores::Additive {
            constant: self.optional("bias")?,
            tables: tables.collect::<Result<_, _>>()?,
        })
    }

    /// `bias + Σ weight · value`, of issues settled at numbers.
    fn affine(&self, issues: &[Issue]) -> Result<Scores, FormatError> {
        let weights = self.node.required("weights", "a weight for each issue")?;
        let weights = by_issue(weights, issues)?;
        let table = |(issue, weight): (&Issue, &Node)| {
            let weight_text = weight.exact()?;
            let worth = |option: &String| {
                let value = value::number_of(option, issue, weight.place)?;
                number::nearest(&(&value * &weight_text), weight.place)
            };
            issue
                .options
                .iter()
                .map(worth)
                .collect::<Result<Vec<f64>, FormatError>>()
        };
        let tables = issues.iter().zip(weights).map(table);
        Ok(Scores::Additive {
            constant: self.optional("bias")?,
            tables: tables.collect::<Result<_, _>>()?,
        })
    }

    fn optional(&self, key: &str) -> Result<f64, FormatError> {
        let number = self.node.get(key).map(Node::double).transpose()?;
        Ok(number.unwrap_or_default())
    }
}

/// What a list or a table of names has for each issue.
fn by_issue<'n>(node: &'n Node, issues: &[Issue]) -> Result<Vec<&'n Node>, FormatError> {
    if let Value::Map(_) = node.value {
        let entries = node.by_name("one for each issue")?;
        let named = |issue: &Issue| {
            let what = format!("issue {}", quoted(&issue.name));
            let found = entries.get(&issue.name).map(|(_, value)| *value);
            found.ok_or_else(|| missing(node.place, what, "every issue of the scenario"))
        };
        return issues.iter().map(named).collect();
    }
    let items = node.list("one for each issue")?;
    match items.len() == issues.len() {
        true => Ok(items.iter().collect()),
        false => {
            let given = format!("a list of {}", items.len());
            Err(unexpected(
                node.place,
                given,
                format!("{}, one for each issue", issues.len()),
            ))
        }
    }
}
