//! Our own seconds on the jobs of `xtask/peers/bench.py`, one line a job: name, seconds, how many.
//! `cargo xtask bench-peers` sets them beside the peers'.
#![allow(clippy::print_stdout, reason = "this is what it is for")]

use std::{error::Error, time::Instant};

use detente::payoff::{PackageSpace, PayoffMatrix, frontier, instances::Family};

fn main() -> Result<(), Box<dyn Error>> {
    for n_parties in [2, 3] {
        for issues in [5, 6] {
            let sizes = vec![10; issues];
            let (space, utilities) = Family::Opposed.instance(n_parties, &sizes)?;
            let without = vec![0.0; n_parties];
            let matrix = PayoffMatrix::tabulate(&space.enumerate()?, &utilities, &without)?;
            let begun = Instant::now();
            let from_points = frontier(&matrix).len();
            let listed = begun.elapsed().as_secs_f64();
            let begun = Instant::now();
            let by_issue = PackageSpace::new(&space, &utilities, &without)?
                .frontier()?
                .len();
            let unlisted = begun.elapsed().as_secs_f64();
            if by_issue != from_points {
                return Err(format!("{by_issue} by issue, {from_points} from points").into());
            }
            let job = format!("frontier {n_parties} parties 1e{issues} opposed");
            println!("{job}\t{listed:.6}\t{unlisted:.6}\t{from_points}");
        }
    }
    Ok(())
}
