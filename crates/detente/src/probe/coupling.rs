//! Columns that go together.

use detente_uncertainty::{RankCorrelations, UncertaintyError};

use super::Column;
use crate::model::Model;

/// The correlations of a case, by place in a list of columns.
#[derive(Debug)]
pub(crate) struct Coupling<'m> {
    /// Places of the correlated numbers, in the order of their names; empty where all are
    /// independent.
    places: Vec<usize>,
    ranks: Option<&'m RankCorrelations>,
}

impl<'m> Coupling<'m> {
    pub(crate) fn new(model: &'m Model, columns: &[Column]) -> Self {
        let Some(correlations) = &model.correlations else {
            return Self {
                places: Vec::new(),
                ranks: None,
            };
        };
        let place = |idx: &usize| {
            let column = Column::Input(*idx);
            columns.iter().position(|&it| it == column)
        };
        Self {
            // Only uncertain numbers are ever correlated, in a mixture of codings too, and every one
            // of them is a column.
            places: correlations.inputs.iter().filter_map(place).collect(),
            ranks: Some(&correlations.ranks),
        }
    }

    /// Places of the correlated numbers.
    pub(crate) fn places(&self) -> &[usize] {
        &self.places
    }

    /// Columns by place in groups that are independent of one another: any two that are correlated,
    /// directly or through others, are in one. Groups stand in the order of their first columns.
    pub(crate) fn groups(&self, columns: usize) -> Vec<Vec<usize>> {
        let groups = self.ranks.map(RankCorrelations::groups).unwrap_or_default();
        let linked = groups.into_iter().map(|group| {
            let places = group.into_iter();
            places
                .map(|member| self.places[member])
                .collect::<Vec<usize>>()
        });
        let alone = (0..columns).filter(|place| !self.places.contains(place));
        let mut all: Vec<Vec<usize>> = linked.chain(alone.map(|place| vec![place])).collect();
        all.sort();
        all
    }

    /// Turns the independent uniform numbers of the correlated columns, in the order of
    /// [`places`](Self::places), into correlated ones.
    pub(crate) fn correlate(&self, uniforms: &mut [f64]) -> Result<(), UncertaintyError> {
        self.ranks.map_or(Ok(()), |ranks| ranks.correlate(uniforms))
    }

    /// As [`correlate`](Self::correlate), within a point of all columns; `group` is room to work in.
    pub(crate) fn correlate_in(
        &self,
        point: &mut [f64],
        group: &mut Vec<f64>,
    ) -> Result<(), UncertaintyError> {
        if self.places.is_empty() {
            return Ok(());
        }
        group.clear();
        group.extend(self.places.iter().map(|&place| point[place]));
        self.correlate(group)?;
        for (&place, &uniform) in self.places.iter().zip(group.iter()) {
            point[place] = uniform;
        }
        Ok(())
    }
}
