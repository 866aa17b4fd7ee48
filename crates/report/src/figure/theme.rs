//! Colours: Okabe and Ito's (2008), which readers of every colour vision tell apart, of each the ones
//! that stand out from a white and from a dark ground.

/// A colour as red, green and blue.
type Colour = u32;

/// What a page is painted with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Theme {
    /// The ground.
    pub(crate) page: Colour,
    /// Text.
    pub(crate) ink: Colour,
    /// Text that explains.
    pub(crate) quiet: Colour,
    /// Axes and outlines.
    pub(crate) rule: Colour,
    /// What helps the eye and says nothing.
    pub(crate) faint: Colour,
    /// Series: as it was, as it was read, in hindsight, and one more.
    pub(crate) series: [Colour; 4],
}

/// On a light ground: blue, vermillion, bluish green, reddish purple.
pub(crate) const LIGHT: Theme = Theme {
    page: 0xff_ff_ff,
    ink: 0x1b_1b_1b,
    quiet: 0x59_59_59,
    rule: 0x76_76_76,
    faint: 0xe2_e2_e2,
    series: [0x00_72_b2, 0xd5_5e_00, 0x00_9e_73, 0xcc_79_a7],
};

/// On a dark ground: sky blue, orange, bluish green, reddish purple.
pub(crate) const DARK: Theme = Theme {
    page: 0x15_18_1c,
    ink: 0xec_ec_ec,
    quiet: 0xb4_b4_b4,
    rule: 0x8c_8c_8c,
    faint: 0x33_38_3e,
    series: [0x56_b4_e9, 0xe6_9f_00, 0x00_9e_73, 0xcc_79_a7],
};

/// What holds in every theme.
const SHAPES: &str = "\
.fig{font-family:system-ui,-apple-system,\"Segoe UI\",\"Helvetica Neue\",Arial,sans-serif;font-size:13px}\
.fig .small{font-size:12px}.fig .bold{font-weight:600}.fig .mid{text-anchor:middle}.fig .end{text-anchor:end}\
.fig .line{fill:none;stroke-width:2;stroke-linejoin:round}.fig .thin{fill:none;stroke-width:1}\
.fig .dash{stroke-dasharray:6 4}.fig .dots{stroke-dasharray:1.5 3.5;stroke-linecap:round}.fig .chain{stroke-dasharray:9 3 2 3}\
.fig .dot{fill:none;stroke-linecap:round;stroke-width:5}.fig .band{fill-opacity:.16}.fig .half{fill-opacity:.4}.fig .shade{fill-opacity:.7}.fig .over{paint-order:stroke;stroke-width:4px;stroke-linejoin:round}";

/// The style of a figure that stands alone.
pub(super) fn alone() -> String {
    format!(
        "{}@media screen and (prefers-color-scheme:dark){{{}}}",
        figures(),
        rules(&DARK)
    )
}

/// The style of figures on a light page.
fn figures() -> String {
    format!("{SHAPES}{}", rules(&LIGHT))
}

/// The style of a page: names for its colours, and its figures in them.
pub(crate) fn page() -> String {
    format!(
        ":root{{{}}}{}@media screen and (prefers-color-scheme:dark){{:root{{color-scheme:dark;{}}}{}}}",
        names(&LIGHT),
        figures(),
        names(&DARK),
        rules(&DARK)
    )
}

fn names(theme: &Theme) -> String {
    let named = [
        ("page", theme.page),
        ("ink", theme.ink),
        ("quiet", theme.quiet),
        ("rule", theme.rule),
        ("faint", theme.faint),
        ("accent", theme.series[0]),
        ("warn", theme.series[1]),
    ];
    let declared = named.map(|(name, colour)| format!("--{name}:{};", hex(colour)));
    declared.concat()
}

/// What each class of mark is painted with.
fn rules(theme: &Theme) -> String {
    let mut text = format!(
        ".fig text{{fill:{0};stroke:none}}.fig text.quiet{{fill:{1}}}.fig .ink{{stroke:{0}}}.fig .inked{{fill:{0};stroke:{2}}}\
         .fig .rule{{stroke:{3}}}.fig .faint{{stroke:{4}}}.fig .fainted{{fill:{4}}}.fig .ground{{fill:{2}}}.fig .halo,.fig text.over{{stroke:{2}}}",
        hex(theme.ink),
        hex(theme.quiet),
        hex(theme.page),
        hex(theme.rule),
        hex(theme.faint),
    );
    for (name, colour) in ["a", "b", "c", "d"].into_iter().zip(theme.series) {
        let colour = hex(colour);
        text.push_str(&format!(
            ".fig .{name}{{stroke:{colour}}}.fig .{name}-full{{fill:{colour}}}"
        ));
    }
    text
}

fn hex(colour: Colour) -> String {
    format!("#{colour:06x}")
}

/// The contrast of two colours, from 1 to 21 (WCAG 2.2, relative luminance).
#[cfg(test)]
fn contrast(one: Colour, other: Colour) -> f64 {
    let luminance = |colour: Colour| {
        let channel = |shift: u32, weight: f64| {
            let value = f64::from(colour >> shift & 0xff) / 255.0;
            weight
                * if value <= 0.04045 {
                    value / 12.92
                } else {
                    ((value + 0.055) / 1.055).powf(2.4)
                }
        };
        channel(16, 0.2126) + channel(8, 0.7152) + channel(0, 0.0722)
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_the_guideline() {
        assert!((contrast(0xff_ff_ff, 0) - 21.0).abs() < 1e-9);
        assert!((contrast(0x76_76_76, 0xff_ff_ff) - 4.54).abs() < 0.01);
    }

    #[test]
    fn text_and_marks_stand_out_from_either_ground() {
        for theme in [LIGHT, DARK] {
            for text in [theme.ink, theme.quiet] {
                assert!(contrast(text, theme.page) >= 4.5, "{text:06x}");
            }
            for mark in theme.series.into_iter().chain([theme.rule]) {
                assert!(contrast(mark, theme.page) >= 3.0, "{mark:06x}");
            }
        }
        // Links and warnings of the page are text.
        assert!(contrast(LIGHT.series[0], LIGHT.page) >= 4.5);
        assert!(contrast(DARK.series[0], DARK.page) >= 4.5);
    }
}
