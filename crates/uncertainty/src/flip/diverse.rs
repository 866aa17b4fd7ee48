use crate::{
    Response, UncertaintyError,
    flip::{Flip, FlipSearch, checks::check, nearest_flip},
};

/// A named class of coordinates, such as the beliefs of a model.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct FlipGroup {
    /// What the coordinates have in common.
    pub name: String,
    /// Their numbers.
    pub coordinates: Vec<usize>,
}

/// One of several ways to flip a verdict.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct DiverseFlip {
    /// The group within which alone it was sought; `None` if all free coordinates could move but
    /// those that carry earlier flips.
    pub group: Option<String>,
    /// The flip.
    pub flip: Flip,
}

/// Up to `limit` flips that move different things: the nearest within each group alone, in the
/// order in which the groups are given (say those first whose change is easiest to imagine), then
/// the nearest of all, then again without the coordinates that *carry* the flips of all free
/// coordinates so far: the fewest that make up half of the squared length. The search ends when
/// nothing flips any more. A flip that moves the same coordinates as an earlier one is left out.
///
/// Each is a search of its own, with the whole budget: `O(groups + limit)` of them.
///
/// # Errors
/// As [`nearest_flip`]; [`UncertaintyError::NoSuchNumber`] if a group names a coordinate that the
/// model does not have.
pub fn diverse_flips<R: Response>(
    model: &R,
    search: &FlipSearch,
    groups: &[FlipGroup],
    limit: usize,
) -> Result<Vec<DiverseFlip>, R::Error> {
    check(model, search)?;
    for group in groups {
        check_group(group, search.base.len())?;
    }
    let mut flips: Vec<DiverseFlip> = Vec::new();
    for group in groups {
        if flips.len() >= limit {
            return Ok(flips);
        }
        let within = FlipSearch {
            free: (0..search.free.len())
                .map(|i| search.free[i] && group.coordinates.contains(&i))
                .collect(),
            ..search.clone()
        };
        if let Some(flip) = nearest_flip(model, &within)? {
            keep(&mut flips, Some(group.name.clone()), flip);
        }
    }
    let mut rest = search.clone();
    while flips.len() < limit {
        let Some(flip) = nearest_flip(model, &rest)? else {
            break;
        };
        for coordinate in carriers(&flip.displacement) {
            rest.free[coordinate] = false;
        }
        keep(&mut flips, None, flip);
    }
    Ok(flips)
}

fn keep(flips: &mut Vec<DiverseFlip>, group: Option<String>, flip: Flip) {
    if flips.iter().all(|kept| kept.flip.changed != flip.changed) {
        flips.push(DiverseFlip { group, flip });
    }
}

/// The fewest coordinates that make up half of the squared length, at least one.
fn carriers(displacement: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..displacement.len()).collect();
    order.sort_by(|&i, &j| displacement[j].abs().total_cmp(&displacement[i].abs()));
    let half: f64 = 0.5 * displacement.iter().map(|step| step * step).sum::<f64>();
    let mut sum = 0.0;
    order
        .into_iter()
        .take_while(|&i| {
            let needed = sum < half;
            sum += displacement[i] * displacement[i];
            needed
        })
        .collect()
}

fn check_group(group: &FlipGroup, n: usize) -> Result<(), UncertaintyError> {
    match group
        .coordinates
        .iter()
        .find(|&&coordinate| coordinate >= n)
    {
        None => Ok(()),
        Some(&given) => Err(UncertaintyError::NoSuchNumber {
            list: "coordinates of a group",
            given,
            n,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flip::tests::margin;

    fn group(name: &str, coordinates: &[usize]) -> FlipGroup {
        FlipGroup {
            name: name.to_owned(),
            coordinates: coordinates.to_vec(),
        }
    }

    #[test]
    fn groups_come_first_and_then_what_is_left() {
        // Coordinate 0 alone, 1 alone at some more, 2 and 3 only together.
        let model = margin(5, |z| {
            (z[0] - 1.0).max(z[1] - 1.5).max(z[2].min(z[3]) - 1.0)
        });
        let search = FlipSearch::from_medians(5);
        let groups = [
            group("beliefs", &[2, 3]),
            group("idle", &[4]),
            group("payoffs", &[1]),
        ];
        let flips = diverse_flips(&model, &search, &groups, 9).unwrap();
        let found: Vec<(Option<&str>, &[usize])> = flips
            .iter()
            .map(|flip| (flip.group.as_deref(), flip.flip.changed.as_slice()))
            .collect();
        assert_eq!(
            found,
            [
                (Some("beliefs"), &[2, 3][..]),
                (Some("payoffs"), &[1]),
                (None, &[0])
            ]
        );
        assert_eq!(diverse_flips(&model, &search, &groups, 1).unwrap().len(), 1);
        assert!(diverse_flips(&model, &search, &[], 0).unwrap().is_empty());
        assert_eq!(diverse_flips(&model, &search, &[], 9).unwrap().len(), 3);
        assert!(diverse_flips(&model, &search, &[group("wrong", &[5])], 1).is_err());
    }

    #[test]
    fn carriers_make_up_half() {
        assert_eq!(carriers(&[0.0, 3.0, -4.0, 0.1]), [2]);
        assert_eq!(carriers(&[1.0, 1.0, 1.0, -1.0]), [0, 1]);
        assert_eq!(carriers(&[0.0, 0.0]), [0_usize; 0]);
    }
}
