//! The README's picture of the first command: which sections it shows is chosen by hand, what they
//! say is pasted. Beside it, two figures of the report, drawn anew.

use std::{
    error::Error,
    fs,
    path::{Path, PathBuf},
};

use crate::step::Step;

const COMMAND: &str = "run --release --quiet -- assess reykjavik-1986 --width 100";
const FIGURES: &str = "run --release --quiet -- report reykjavik-1986 --figures";
/// The figures that the README shows.
const SHOWN: [&str; 2] = ["bargaining-1-2.svg", "beliefs-1.svg"];
/// Where they are kept.
const KEPT: &str = "crates/report/figures";
const OPENING: &str = "```text\n";
const CLOSING: &str = "\n```\n";
/// Stands where sections are left out.
const ELLIPSIS: &str = "…";

/// Pastes the picture and draws the figures anew.
pub(crate) fn write() -> Result<(), Box<dyn Error>> {
    for (kept, drawn) in figures()? {
        fs::write(kept, drawn)?;
    }
    let (path, readme) = readme()?;
    Ok(fs::write(path, repainted(&readme, &printed()?)?)?)
}

/// An error if the README does not show what the command prints.
pub(crate) fn check() -> Result<(), Box<dyn Error>> {
    let (_, readme) = readme()?;
    if repainted(&readme, &printed()?)? != readme {
        return Err(
            "README.md does not show what the first command prints: run `cargo xtask picture`"
                .into(),
        );
    }
    for (kept, drawn) in figures()? {
        if fs::read_to_string(&kept)? != drawn {
            let kept = kept.display();
            return Err(
                format!("{kept} is not what a report draws: run `cargo xtask picture`").into(),
            );
        }
    }
    Ok(())
}

/// Where each figure is kept, and as it is drawn now.
fn figures() -> Result<Vec<(PathBuf, String)>, Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folder = std::env::temp_dir().join(format!("detente-figures-{}", std::process::id()));
    Step::new("figures", FIGURES)
        .with(&folder.display().to_string())
        .run()?;
    let mut drawn = Vec::new();
    for name in SHOWN {
        drawn.push((
            root.join(KEPT).join(name),
            fs::read_to_string(folder.join(name))?,
        ));
    }
    fs::remove_dir_all(&folder)?;
    Ok(drawn)
}

fn printed() -> Result<String, Box<dyn Error>> {
    Step::new("picture", COMMAND).output()
}

fn readme() -> Result<(PathBuf, String), Box<dyn Error>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
    let text = fs::read_to_string(&path)?;
    Ok((path, text))
}

/// The README with the sections that its picture shows as they are in `printed`.
fn repainted(readme: &str, printed: &str) -> Result<String, Box<dyn Error>> {
    let (before, rest) = readme
        .split_once(OPENING)
        .ok_or("README.md has no picture")?;
    let (picture, after) = rest
        .split_once(CLOSING)
        .ok_or("README.md's picture has no end")?;
    let shown: Vec<&str> = sections(picture).into_iter().map(title).collect();
    let now = sections(printed);
    let titles: Vec<&str> = now.iter().map(|section| title(section)).collect();
    // The first section is the answer itself, and has no title.
    for known in shown.iter().skip(1).filter(|it| **it != ELLIPSIS) {
        if !titles.contains(known) {
            return Err(format!("README.md shows a section that is not printed: {known}").into());
        }
    }
    let mut kept: Vec<&str> = Vec::new();
    for (place, section) in now.into_iter().enumerate() {
        if place == 0 || shown.contains(&title(section)) {
            kept.push(section);
        } else if kept.last() != Some(&ELLIPSIS) {
            kept.push(ELLIPSIS);
        }
    }
    let picture = kept.join("\n\n");
    Ok(format!("{before}{OPENING}{picture}{CLOSING}{after}"))
}

/// Sections begin after an empty line with a line that is not set in.
fn sections(text: &str) -> Vec<&str> {
    let mut sections = Vec::new();
    let mut rest = text.trim_end();
    while let Some(end) = rest
        .match_indices("\n\n")
        .map(|(end, _)| end)
        .find(|end| !rest[end + 2..].starts_with(' '))
    {
        sections.push(&rest[..end]);
        rest = &rest[end + 2..];
    }
    sections.push(rest);
    sections
}

fn title(section: &str) -> &str {
    section.lines().next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRINTED: &str = "It was so.\n\nWhy\n  a\n\n  b\n\nHow\n  c\n\nWhere\n  d\n";

    #[track_caller]
    fn check(picture: &str, expected: &str) {
        let readme = |picture: &str| format!("# X\n\n```text\n{picture}\n```\n\nmore\n");
        assert_eq!(
            repainted(&readme(picture), PRINTED).unwrap(),
            readme(expected)
        );
    }

    #[test]
    fn chosen_sections_are_pasted_and_the_rest_left_out() {
        check(
            "It is so.\n\nWhy\n  z\n\n…",
            "It was so.\n\nWhy\n  a\n\n  b\n\n…",
        );
        check("Old\n\n…\n\nHow\n\n…", "It was so.\n\n…\n\nHow\n  c\n\n…");
        check("Old\n\n…\n\nWhere\n  d", "It was so.\n\n…\n\nWhere\n  d");
    }

    #[test]
    fn a_section_that_is_gone_is_named() {
        let readme = "```text\nOld\n\nWhen\n  z\n```\n";
        let error = repainted(readme, PRINTED).unwrap_err().to_string();
        assert!(error.ends_with("not printed: When"), "{error}");
        assert!(repainted("no picture", PRINTED).is_err());
    }
}
