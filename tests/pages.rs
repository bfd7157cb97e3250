//! What the pages in Markdown name is there: files that are linked or cited, headings, commands; and their code runs.

use std::path::{Path, PathBuf};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Where DESIGN.md names models: in the second cell of a row.
const MODELS: &str = "## Whose example does it follow?";

struct Page {
    path: PathBuf,
    text: String,
}

/// Every page of the repository that people read.
fn pages() -> Vec<Page> {
    let directories = ["", "docs", "derive/docs"];
    let entries = directories.iter().flat_map(|directory| {
        let entries = std::fs::read_dir(Path::new(ROOT).join(directory)).unwrap();
        entries.map(|entry| entry.unwrap().path())
    });
    let pages = entries.filter(|path| path.extension().is_some_and(|end| end == "md"));
    let mut pages: Vec<Page> = pages
        .map(|path| Page {
            text: std::fs::read_to_string(&path).unwrap(),
            path,
        })
        .collect();
    pages.sort_by(|one, other| one.path.cmp(&other.path));
    pages
}

impl Page {
    fn name(&self) -> String {
        let inside = self.path.strip_prefix(ROOT).unwrap();
        inside.display().to_string()
    }

    /// Where code begins, what is said of it.
    fn code(&self) -> impl Iterator<Item = &str> {
        let fences = self
            .text
            .lines()
            .filter_map(|line| line.strip_prefix("```"));
        fences.step_by(2)
    }

    /// The text outside of blocks of code, without what is said of other projects' files.
    fn prose(&self) -> String {
        let prose: String = self.text.split("\n```").step_by(2).collect();
        let Some((own, models)) = prose.split_once(MODELS) else {
            return prose;
        };
        let ours = |row: &str| {
            row.split('|')
                .enumerate()
                .filter(|(cell, _)| *cell != 2)
                .map(|(_, text)| text.to_owned())
                .collect::<String>()
        };
        own.lines()
            .map(str::to_owned)
            .chain(models.lines().map(ours))
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// What `[..](..)` points at.
    fn links(&self) -> Vec<String> {
        let prose = self.prose();
        let targets = prose.match_indices("](").map(|(at, _)| {
            let rest = &prose[at + 2..];
            rest[..rest.find(')').unwrap()].to_owned()
        });
        targets.collect()
    }

    /// What stands between backquotes.
    fn quoted(&self) -> Vec<String> {
        let prose = self.prose().replace("``", "");
        prose
            .split('`')
            .skip(1)
            .step_by(2)
            .map(str::to_owned)
            .collect()
    }

    /// The headings, as links write them.
    fn anchors(&self) -> Vec<String> {
        let headings = self.text.lines().filter(|line| line.starts_with('#'));
        let anchor = |heading: &str| {
            let text = heading.trim_start_matches('#').trim().to_lowercase();
            let kept = text
                .chars()
                .filter(|c| c.is_alphanumeric() || " -_".contains(*c));
            kept.map(|c| if c == ' ' { '-' } else { c }).collect()
        };
        headings.map(anchor).collect()
    }
}

/// Collects what is wrong on all pages.
fn demand(faults: impl Fn(&Page) -> Vec<String>) {
    let pages = pages();
    assert!(pages.len() > 15, "only {} pages are found", pages.len());
    let found: String = pages
        .iter()
        .flat_map(|page| {
            faults(page)
                .into_iter()
                .map(|fault| format!("{}: {fault}\n", page.name()))
        })
        .collect();
    assert!(found.is_empty(), "{found}");
}

#[test]
fn links_lead_somewhere() {
    demand(|page| {
        let is_outside = |link: &String| link.contains("://") || link.ends_with(".html");
        let links = page.links().into_iter().filter(|link| !is_outside(link));
        let faults = links.filter(|link| {
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = match file {
                "" => page.path.clone(),
                file => page.path.parent().unwrap().join(file),
            };
            let Ok(text) = std::fs::read_to_string(&target) else {
                return true;
            };
            let target = Page { path: target, text };
            !anchor.is_empty() && !target.anchors().iter().any(|one| one == anchor)
        });
        faults
            .map(|link| format!("the link `{link}` leads nowhere"))
            .collect()
    });
}

/// The first word may be a program of the repository.
fn is_missing(quoted: &str) -> bool {
    const ROOMS: &[&str] = &[
        ".ci/",
        "accuracy/",
        "bench/",
        "benches/",
        "derive/",
        "docs/",
        "ecosystem/",
        "examples/",
        "src/",
        "tests/",
    ];
    let path = quoted.split(' ').next().unwrap();
    let is_path = ROOMS.iter().any(|room| path.starts_with(room));
    is_path && !path.contains(['{', '*']) && !Path::new(ROOT).join(path).exists()
}

#[test]
fn files_that_are_cited_exist() {
    demand(|page| {
        let quoted = page
            .quoted()
            .into_iter()
            .filter(|quoted| is_missing(quoted));
        quoted.map(|path| format!("there is no `{path}`")).collect()
    });
}

/// Every file in Rust, by its path.
fn sources(directory: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if path.is_dir() && name != "target" && name != ".git" {
            sources(&path, found);
        } else if name.ends_with(".rs") {
            found.push(path.display().to_string());
        }
    }
}

/// Also in passing, by the end of their path: `(loops.rs, replay)`.
#[test]
fn sources_that_are_named_exist() {
    let mut files = Vec::new();
    sources(Path::new(ROOT), &mut files);
    demand(|page| {
        let prose = page.prose();
        let words = prose.split(|c: char| !c.is_alphanumeric() && !"_/.".contains(c));
        let named = words.filter(|word| word.ends_with(".rs") && !word.starts_with('.'));
        let missing =
            named.filter(|word| !files.iter().any(|file| file.ends_with(&format!("/{word}"))));
        missing.map(|word| format!("there is no {word}")).collect()
    });
}

#[test]
fn commands_name_what_exists() {
    demand(|page| {
        let mut faults = Vec::new();
        for command in page
            .quoted()
            .iter()
            .filter(|text| text.starts_with("cargo ") && !text.contains("--manifest-path"))
        {
            let words: Vec<&str> = command.split(' ').collect();
            for pair in words.windows(2) {
                let place = match pair[0] {
                    "--test" => "tests",
                    "--bench" => "benches",
                    "--example" => "examples",
                    _ => continue,
                };
                let file = Path::new(ROOT).join(place).join(pair[1]);
                if !file.with_extension("rs").exists() && !file.join("main.rs").exists() {
                    faults.push(format!(
                        "`{command}` names `{}`, which is not there",
                        pair[1]
                    ));
                }
            }
        }
        faults
    });
}

#[test]
fn code_in_pages_is_tested() {
    let languages = ["rust", "compile_fail", "toml", "text", "sh"];
    demand(|page| {
        let others = page.code().filter(|said| !languages.contains(said));
        others
            .map(|said| format!("code that is `{said}`; say one of {languages:?}"))
            .collect()
    });
}

/// Names in them are those of the page: what stands around them is compared with what the compiler was seen to say.
#[test]
fn the_messages_on_the_page_of_the_language_are_real() {
    let page = include_str!("../docs/language.md");
    let mut said = String::new();
    for entry in std::fs::read_dir(Path::new(ROOT).join("tests/ui")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|end| end == "stderr") {
            said += &std::fs::read_to_string(path).unwrap();
        }
    }
    let messages: Vec<&str> = page.split("``").skip(1).step_by(2).collect();
    assert!(messages.len() >= 3, "{messages:?}");
    for message in messages {
        let parts: Vec<&str> = message.split('`').step_by(2).collect();
        let is_said = said.lines().any(|line| {
            let mut rest = line;
            parts.iter().all(|part| match rest.split_once(part.trim()) {
                Some((_, after)) => {
                    rest = after;
                    true
                }
                None => false,
            })
        });
        assert!(is_said, "no file in tests/ui has the message: {message}");
    }
}

/// A page of the guide is a module, so that its code runs, and README.md leads to it; the attribute's pages are its documentation.
#[test]
fn every_page_of_the_guide_is_reached() {
    let read = |file: &str| std::fs::read_to_string(Path::new(ROOT).join(file)).unwrap();
    let (guide, attribute, readme) = (
        read("src/guide.rs"),
        read("derive/src/lib.rs"),
        read("README.md"),
    );
    demand(|page| {
        let name = page.name();
        if name.starts_with("derive/") && !attribute.contains(name.trim_start_matches("derive/")) {
            return vec!["derive/src/lib.rs does not show it".to_owned()];
        }
        let Some(stem) = name
            .strip_prefix("docs/")
            .and_then(|name| name.strip_suffix(".md"))
        else {
            return Vec::new();
        };
        let mut faults = Vec::new();
        if !guide.contains(&format!("{stem} \"../{name}\""))
            || !guide.contains(&format!("[`{stem}`]"))
        {
            faults.push("src/guide.rs does not list it".to_owned());
        }
        if !readme.contains(&format!("({name})")) {
            faults.push("README.md does not lead to it".to_owned());
        }
        faults
    });
}
