/// A bar of `cells` characters, of which a share from 0 to 1 is filled. What is more than nothing
/// fills at least one, what is less than all leaves at least one.
pub(crate) fn bar(share: f64, cells: usize) -> String {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a number of cells between 0 and their count"
    )]
    let nearest = (share.clamp(0.0, 1.0) * cells as f64).round() as usize;
    let filled = match nearest {
        0 if share > 0.0 => 1,
        all if all == cells && share < 1.0 => cells.saturating_sub(1),
        some => some,
    };
    let filled = filled.min(cells);
    format!("{}{}", "█".repeat(filled), "░".repeat(cells - filled))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_never_overstates() {
        assert_eq!(bar(0.0, 4), "░░░░");
        assert_eq!(bar(0.001, 4), "█░░░");
        assert_eq!(bar(0.5, 4), "██░░");
        assert_eq!(bar(0.999, 4), "███░");
        assert_eq!(bar(1.0, 4), "████");
        assert_eq!(bar(f64::NAN, 4), "░░░░");
        assert_eq!(bar(-1.0, 4), "░░░░");
        assert_eq!(bar(0.5, 0), "");
    }
}
