//! The plane of two parties: every agreement, the frontier, what lotteries reach, and the marks.

use detente::agreements::{Cloud, Density, PayoffCloud, PayoffPlane};

use super::{
    super::{
        canvas::{Anchor, Canvas, Point, outline, place},
        label,
        scale::Scale,
    },
    frame::{NINETY, both, keys, values},
    marks::Mark,
};
use crate::number;

/// Sides of the frontier that labels keep off; of more, each is short.
const SIDES: usize = 200;

/// The least radius of an ellipse.
const THIN: f64 = 1.5;

pub(super) struct Plot<'c> {
    cloud: &'c PayoffCloud,
    plane: &'c PayoffPlane,
    canvas: Canvas,
    across: Scale,
    up: Scale,
    /// Left, top, right, bottom.
    frame: [f64; 4],
}

impl<'c> Plot<'c> {
    pub(super) fn new(cloud: &'c PayoffCloud, plane: &'c PayoffPlane, width: f64) -> Self {
        let mut canvas = Canvas::new(width);
        let top = canvas.key(0.0, &keys(cloud, plane)) + 31.0;
        let height = if canvas.is_narrow() {
            width * 0.92
        } else {
            width * 0.6
        };
        let frame = [46.0, top, width - 8.0, top + height];
        let [xs, ys] = [0, 1].map(|axis| values(cloud, plane, axis));
        let across = Scale::over(xs, [frame[0], frame[2]]).padded(0.05);
        let up = Scale::over(ys, [frame[3], frame[1]]).padded(0.05);
        Self {
            cloud,
            plane,
            canvas,
            across,
            up,
            frame,
        }
    }

    fn at(&self, [x, y]: [f64; 2]) -> Point {
        [self.across.at(x), self.up.at(y)]
    }

    pub(super) fn draw(mut self, marks: &[Mark], names: &[String; 2]) -> Canvas {
        self.axes(names);
        self.region();
        if self.plane.hull.len() > 2 {
            let corners: Vec<Point> = self.plane.hull.iter().map(|it| self.at(*it)).collect();
            self.canvas.area("rule thin dash", &corners);
        }
        match &self.plane.cloud {
            Cloud::Points(points) => self.points(points),
            Cloud::Density(density) => self.density(density),
        }
        let steps = self.frontier();
        for mark in marks {
            self.ellipse(mark);
        }
        self.marks(marks, &steps);
        self.canvas
    }

    fn axes(&mut self, names: &[String; 2]) {
        let [left, top, right, bottom] = self.frame;
        let most = if self.canvas.is_narrow() { 4 } else { 7 };
        for tick in self.across.ticks(most) {
            let x = self.across.at(tick);
            self.canvas.line("faint thin", [x, top], [x, bottom]);
            self.canvas.text(
                [x, bottom + 15.0],
                Anchor::Middle,
                "quiet small",
                &number::value(tick),
            );
        }
        for tick in self.up.ticks(6) {
            let y = self.up.at(tick);
            self.canvas.line("faint thin", [left, y], [right, y]);
            self.canvas.text(
                [left - 6.0, y + 4.0],
                Anchor::End,
                "quiet small",
                &number::value(tick),
            );
        }
        let [first, second] = self
            .plane
            .parties
            .map(|party| match self.cloud.ranks.get(party) {
                Some(true) => "rank",
                _ => "payoff",
            });
        let room = right - left;
        let across = label::fit(&format!("{first} of {} →", names[0]), room, 12.0);
        self.canvas
            .text([right, bottom + 33.0], Anchor::End, "small", &across);
        let up = label::fit(&format!("↑ {second} of {}", names[1]), room, 12.0);
        self.canvas
            .text([0.0, top - 13.0], Anchor::Start, "small", &up);
    }

    /// Where both gain over nonagreement.
    fn region(&mut self) {
        let Some(without) = self.cloud.marked.first() else {
            return;
        };
        let [_, top, right, _] = self.frame;
        let [x, y] = self.at(both(&without.payoffs, self.plane.parties));
        self.canvas
            .rect("c-full band", [x, top], [right - x, y - top], "");
        self.canvas.line("c line", [x, top], [x, y]);
        self.canvas.line("c line", [x, y], [right, y]);
    }

    /// Every agreement as a dot, all in one path.
    fn points(&mut self, points: &[[f64; 2]]) {
        let dots: String = points
            .iter()
            .map(|point| {
                let [x, y] = self.at(*point);
                format!("M{} {}h0", place(x), place(y))
            })
            .collect();
        self.canvas.shape("rule dot", &dots);
    }

    /// A square in each cell, as large as it is full, in four steps: paler ones could not be told from the ground.
    fn density(&mut self, density: &Density) {
        let most = density.counts.iter().copied().max().unwrap_or_default();
        let mut squares = String::new();
        let cells = density.cells.max(1);
        let edge = |range: [f64; 2], nth: usize| {
            let share = nth as f64 / cells as f64;
            range[0] * (1.0 - share) + range[1] * share
        };
        for (idx, &count) in density.counts.iter().enumerate() {
            if count == 0 {
                continue;
            }
            let (column, row) = (idx % cells, idx / cells);
            let low = self.at([edge(density.across, column), edge(density.up, row)]);
            let high = self.at([edge(density.across, column + 1), edge(density.up, row + 1)]);
            // Logarithms, so that thin cells are seen beside full ones.
            let share = f64::from(count).ln_1p() / f64::from(most).ln_1p();
            let steps = [(0.8, 1.0), (0.6, 0.8), (0.35, 0.6)];
            let size = { steps.iter() }.find_map(|(least, size)| (share > *least).then_some(*size));
            let size = size.unwrap_or(0.4);
            let wide = (high[0] - low[0]) * size;
            let tall = (low[1] - high[1]) * size;
            squares.push_str(&format!(
                "M{} {}h{}v{}h-{}z",
                place((low[0] + high[0] - wide) / 2.0),
                place((low[1] + high[1] - tall) / 2.0),
                place(wide),
                place(tall),
                place(wide),
            ));
        }
        self.canvas.shape("a-full", &squares);
    }

    /// The frontier, which is a line of two parties alone: in steps, since between two agreements there is none.
    /// Returns its corners.
    fn frontier(&mut self) -> Vec<Point> {
        if self.cloud.parties.len() != 2 {
            return Vec::new();
        }
        let points = self.cloud.frontier.iter();
        let points: Vec<Point> = points
            .map(|it| self.at(both(it, self.plane.parties)))
            .collect();
        let mut steps: Vec<Point> = Vec::new();
        for &[x, y] in &points {
            steps.extend(steps.last().map(|before| [x, before[1]]));
            steps.push([x, y]);
        }
        self.canvas.path("ink line", &steps);
        let dots: Vec<String> = points
            .iter()
            .map(|point| format!("{}h0", outline(&[*point])))
            .collect();
        self.canvas.shape("ink dot", &dots.concat());
        steps
    }

    /// Where 90% of draws would lie, were they normal.
    fn ellipse(&mut self, mark: &Mark) {
        let Some(spread) = &mark.spread else { return };
        let [one, other] = self.plane.parties;
        let of = |row: usize, column: usize| -> f64 {
            let found = spread.covariance.get(row).and_then(|it| it.get(column));
            found.copied().unwrap_or_default()
        };
        let mean = both(&spread.mean, self.plane.parties);
        // On the page, where a unit across is not as long as one up.
        let (x, y) = (self.across.per_unit(), self.up.per_unit());
        let (a, b, c) = (
            of(one, one) * x * x,
            of(one, other) * x * y,
            of(other, other) * y * y,
        );
        let middle = (a + c) / 2.0;
        let root = f64::hypot((a - c) / 2.0, b);
        let radius = |eigen: f64| NINETY * eigen.max(0.0).sqrt();
        let degrees = (2.0 * b).atan2(a - c).to_degrees() / 2.0;
        // One of no width at all would not be drawn.
        let radii = [radius(middle + root), radius(middle - root).max(THIN)];
        if radii.iter().all(|it| it.is_finite()) && radii[0] > 1.0 {
            let class = format!("{} thin", mark.series);
            self.canvas.ellipse(&class, self.at(mean), radii, degrees);
        }
    }

    /// The place of an ellipse as flat as a line.
    fn flat(&self, mark: &Mark) -> Option<label::Area> {
        let spread = mark.spread.as_ref()?;
        let [one, other] = self.plane.parties;
        let reach = |party: usize, unit: f64| {
            let variance = spread.covariance.get(party)?.get(party)?;
            Some(NINETY * variance.max(0.0).sqrt() * unit)
        };
        let across = reach(one, self.across.per_unit())?;
        let up = reach(other, self.up.per_unit().abs())?;
        let [x, y] = self.at(both(&spread.mean, self.plane.parties));
        (up <= THIN).then_some([x - across, y - THIN, x + across, y + THIN])
    }

    /// The marks, then their labels where there is room beside them and off the steps of the frontier.
    fn marks(&mut self, marks: &[Mark], steps: &[Point]) {
        let places: Vec<Point> = marks
            .iter()
            .map(|it| self.at(both(&it.payoffs, self.plane.parties)))
            .collect();
        for (mark, at) in marks.iter().zip(&places) {
            self.canvas.mark(mark.shape, mark.series, *at, &mark.text);
        }
        let mut taken: Vec<label::Area> = places
            .iter()
            .map(|[x, y]| [x - 7.0, y - 7.0, x + 7.0, y + 7.0])
            .collect();
        let sides = steps.windows(2).take(SIDES);
        taken.extend(sides.map(|pair| {
            let ([x, y], [to, up]) = (pair[0], pair[1]);
            [
                x.min(to) - 1.0,
                y.min(up) - 1.0,
                x.max(to) + 1.0,
                y.max(up) + 1.0,
            ]
        }));
        taken.extend(marks.iter().filter_map(|mark| self.flat(mark)));
        for (mark, at) in marks.iter().zip(&places) {
            let room = (self.frame[2] - self.frame[0]) * 0.62;
            let fits = label::width(&mark.text, 12.0) <= room;
            let said = if fits { &mark.text } else { &mark.short };
            let text = label::fit(said, room, 12.0);
            let area = self.beside(*at, label::width(&text, 12.0), &taken);
            let near = [at[0].clamp(area[0], area[2]), at[1].clamp(area[1], area[3])];
            if f64::hypot(near[0] - at[0], near[1] - at[1]) > 12.0 {
                self.canvas.line("rule thin", *at, near);
            }
            self.canvas
                .over([area[0] + 2.0, area[3] - 4.0], "small", &text);
            taken.push(area);
        }
    }

    /// The place for a label beside a point that covers least of what is there already.
    fn beside(&self, [x, y]: Point, wide: f64, taken: &[label::Area]) -> label::Area {
        let [left, top, right, bottom] = self.frame;
        let (wide, high) = (wide + 4.0, 17.0);
        let mut best: Option<(f64, label::Area)> = None;
        for ring in [9.0, 22.0, 38.0, 56.0] {
            for (dx, dy) in [
                (0.0, -0.5),
                (-1.0, -0.5),
                (-0.5, -1.0),
                (-0.5, 0.0),
                (0.0, -1.0),
                (-1.0, -1.0),
                (0.0, 0.0),
                (-1.0, 0.0),
            ] {
                let shift = |d: f64| {
                    if d < -0.6 {
                        -ring
                    } else if d > -0.4 {
                        ring
                    } else {
                        0.0
                    }
                };
                let from = [x + dx * wide + shift(dx), y + dy * high + shift(dy)];
                let from = [
                    from[0].clamp(left, (right - wide).max(left)),
                    from[1].clamp(top, bottom - high),
                ];
                let area = [from[0], from[1], from[0] + wide, from[1] + high];
                let covered: f64 = taken.iter().map(|it| label::overlap(&area, it)).sum();
                let cost = covered * 10.0 + ring;
                if best.is_none_or(|(least, _)| cost < least) {
                    best = Some((cost, area));
                }
            }
        }
        best.map_or([x, y, x + wide, y + high], |(_, area)| area)
    }
}
