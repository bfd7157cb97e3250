//! Every refusal of the attribute: our text alone, on the token that is wrong.

#[test]
fn mistakes_are_told_with_their_remedy() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
