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
    /// What bars stand on.
    pub(crate) track: Colour,
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
    track: 0xf2_f2_f2,
    series: [0x00_72_b2, 0xd5_5e_00, 0x00_9e_73, 0xcc_79_a7],
};

/// On a dark ground: sky blue, orange, bluish green, reddish purple.
pub(crate) const DARK: Theme = Theme {
    page: 0x15_18_1c,
    ink: 0xec_ec_ec,
    quiet: 0xb4_b4_b4,
    rule: 0x8c_8c_8c,
    faint: 0x33_38_3e,
    track: 0x2a_2f_35,
    series: [0x56_b4_e9, 0xe6_9f_00, 0x00_9e_73, 0xcc_79_a7],
};

/// A fill through which the ground is seen: too pale to be told from it (WCAG 2.2 asks for 3 to 1), so
/// that each has an outline in the full colour.
struct Wash {
    class: &'static str,
    /// In hundredths.
    opacity: u32,
    outline: &'static str,
}

const WASHES: [Wash; 2] = [
    Wash {
        class: "band",
        opacity: 16,
        outline: "stroke-width:1;stroke-dasharray:1 3",
    },
    Wash {
        class: "half",
        opacity: 40,
        outline: "stroke-width:1",
    },
];

/// What holds in every theme. What is `between` two lines of full colour has them for an outline.
const SHAPES: &str = "\
.fig{font-family:system-ui,-apple-system,\"Segoe UI\",\"Helvetica Neue\",Arial,sans-serif;font-size:13px}\
.fig .small{font-size:12px}.fig .bold{font-weight:600}.fig .mid{text-anchor:middle}.fig .end{text-anchor:end}\
.fig .line{fill:none;stroke-width:2;stroke-linejoin:round}.fig .thin{fill:none;stroke-width:1}\
.fig .dash{stroke-dasharray:6 4}.fig .dots{stroke-dasharray:1.5 3.5;stroke-linecap:round}.fig .chain{stroke-dasharray:9 3 2 3}\
.fig .dot{fill:none;stroke-linecap:round;stroke-width:5}.fig .between{fill-opacity:.4}.fig .over{paint-order:stroke;stroke-width:4px;stroke-linejoin:round}";

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
    let washes = WASHES.iter().map(|it| {
        let Wash {
            class,
            opacity,
            outline,
        } = it;
        format!(".fig .{class}{{fill-opacity:.{opacity};{outline}}}")
    });
    let washes: String = washes.collect();
    format!("{SHAPES}{washes}{}", rules(&LIGHT))
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
         .fig .rule{{stroke:{3}}}.fig .faint{{stroke:{4}}}.fig .fainted{{fill:{5}}}.fig .ground{{fill:{2}}}.fig .halo,.fig text.over{{stroke:{2}}}",
        hex(theme.ink),
        hex(theme.quiet),
        hex(theme.page),
        hex(theme.rule),
        hex(theme.faint),
        hex(theme.track),
    );
    for (name, colour) in ["a", "b", "c", "d"].into_iter().zip(theme.series) {
        let colour = hex(colour);
        text.push_str(&format!(
            ".fig .{name}{{stroke:{colour}}}.fig .{name}-full{{fill:{colour}}}"
        ));
        for wash in &WASHES {
            let class = wash.class;
            text.push_str(&format!(".fig .{name}-full.{class}{{stroke:{colour}}}"));
        }
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

    /// A colour of some opacity, in hundredths, over a ground.
    fn blended(colour: Colour, ground: Colour, opacity: u32) -> Colour {
        let channel = |shift: u32| {
            let (over, under) = (colour >> shift & 0xff, ground >> shift & 0xff);
            ((over * opacity + under * (100 - opacity) + 50) / 100) << shift
        };
        channel(16) | channel(8) | channel(0)
    }

    #[test]
    fn colours_blend_in_proportion() {
        assert_eq!(blended(0x00_64_ff, 0xff_64_00, 40), 0x99_64_66);
        assert_eq!(blended(0x12_34_56, 0xff_ff_ff, 100), 0x12_34_56);
    }

    /// Of every class that is painted through which the ground is seen, in every series.
    #[test]
    fn pale_fills_have_an_outline_that_stands_out() {
        for theme in [LIGHT, DARK] {
            let rules = rules(&theme);
            for (name, colour) in ["a", "b", "c", "d"].into_iter().zip(theme.series) {
                for Wash { class, opacity, .. } in &WASHES {
                    let fill = contrast(blended(colour, theme.page, *opacity), theme.page);
                    let painted = format!(".fig .{name}-full.{class}{{stroke:{}}}", hex(colour));
                    let outline = match rules.contains(&painted) {
                        true => contrast(colour, theme.page),
                        false => 1.0,
                    };
                    assert!(fill.max(outline) >= 3.0, "{name}-full {class}");
                }
            }
        }
    }

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
        // Bars stand on their tracks in the first two series.
        for theme in [LIGHT, DARK] {
            for mark in theme.series.into_iter().take(2) {
                assert!(contrast(mark, theme.track) >= 3.0, "{mark:06x}");
            }
        }
        // Links and warnings of the page are text.
        assert!(contrast(LIGHT.series[0], LIGHT.page) >= 4.5);
        assert!(contrast(DARK.series[0], DARK.page) >= 4.5);
    }
}
