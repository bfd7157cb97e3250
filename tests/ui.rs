//! Every refusal of the attribute: our text alone, on the token that is wrong.

#[test]
fn mistakes_are_told_with_their_remedy() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}

/// Names in backticks stand for any name.
fn shape(message: &str) -> Vec<&str> {
    message.split('`').step_by(2).collect()
}

/// A refusal in the page on the language: between double backticks, one remedy after a semicolon.
#[test]
fn refusals_in_the_guide_are_the_ones_that_are_printed() {
    let printed: Vec<String> = std::fs::read_dir("tests/ui")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "stderr"))
        .flat_map(|path| {
            let text = std::fs::read_to_string(path).unwrap();
            text.lines()
                .filter_map(|line| line.strip_prefix("error: "))
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .collect();
    let page = std::fs::read_to_string("docs/language.md").unwrap();
    let stated: Vec<&str> = page
        .lines()
        .filter(|line| line.starts_with('|'))
        .filter_map(|line| line.split("``").nth(1))
        .map(str::trim)
        .collect();
    assert!(
        stated.len() >= 3,
        "the table of refusals is gone from docs/language.md"
    );
    for refusal in stated {
        assert!(
            printed
                .iter()
                .any(|message| shape(message) == shape(refusal)),
            "no file of tests/ui prints what docs/language.md says: {refusal}"
        );
    }
}
