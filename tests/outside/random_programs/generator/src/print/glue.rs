//! The module of one program: its functions, and what calls them in every way they can be differentiated.

use super::function;
use crate::tree::*;

/// One way to get derivatives: its name, and code for `value`, `gradient` and `hessian`, where `None` says that this way does
/// not give it. In the code `ARGUMENTS` stands for the plain arguments, `LIFTED` for those over the numbers `v`, `POINT` and
/// `DIRECTION` for the inputs and the unit vector `e` in the gradient's shape, `CONSTANTS` for the other arguments, `COUNT`
/// for the number of inputs, and `FUNCTION` for the function. Adding a way is adding a row.
const WAYS: &[(&str, &str)] = &[
    (
        "value_and_gradient",
        "{ let (y, g) = FUNCTION::value_and_gradient(ARGUMENTS); (Some(flat(&y)), Some(flat(&g)), None) }",
    ),
    (
        "jvp",
        "{ let rows = directions(COUNT, |e| { let (y, t) = FUNCTION::jvp(POINT, DIRECTION CONSTANTS); (flat(&y), flat(&t)) }); (Some(rows.0), Some(rows.1), None) }",
    ),
    (
        "hessian",
        "(None, None, Some(flat(&FUNCTION::hessian(ARGUMENTS))))",
    ),
    (
        "lift over Dual",
        "{ let (y, g) = chainrule::value_and_gradient(|v: [Dual<f64, COUNT>; COUNT]| FUNCTION::lift(LIFTED), array(x)); (Some(flat(&y)), Some(flat(&g)), None) }",
    ),
    (
        "lift over Jet",
        "{ let (y, g, h) = chainrule::value_gradient_hessian(|v: [Jet<f64, COUNT>; COUNT]| FUNCTION::lift(LIFTED), array(x)); (Some(flat(&y)), Some(flat(&g)), Some(flat(&h))) }",
    ),
];

/// The same for functions with several outputs; the gradient is the Jacobian, row by row.
const WAYS_OF_SEVERAL: &[(&str, &str)] = &[
    (
        "value_and_jacobian",
        "{ let (y, j) = FUNCTION::value_and_jacobian(ARGUMENTS); (Some(flat(&y)), Some(flat(&j)), None) }",
    ),
    (
        "jvp",
        "{ let rows = directions(COUNT, |e| { let (y, t) = FUNCTION::jvp(POINT, DIRECTION CONSTANTS); (flat(&y), flat(&t)) }); (Some(rows.0), Some(rows.1), None) }",
    ),
    (
        "lift over Dual",
        "{ let y = FUNCTION::lift(OVER_DUAL); let (mut values, mut rows) = (Vec::new(), Vec::new()); y.numbers(&mut |y: Dual<f64, COUNT>| { values.push(y.re); rows.extend(y.eps); }); (Some(values), Some(rows), None) }",
    ),
];

pub fn module(program: &Program) -> String {
    let main = program.functions.last().expect("a program has a function");
    let count: usize = main
        .parameters
        .iter()
        .map(|parameter| parameter.kind.inputs())
        .sum();
    let mut text = format!(
        "pub mod {} {{\n    use super::*;\n\n",
        program.module_name()
    );
    for item in &program.functions {
        text += &function(item, 1);
        text += "\n";
    }
    let plain = arguments(main, "x");
    text += &format!(
        "    pub fn plain(x: &[f64], n: &[i64]) -> Vec<f64> {{\n        flat(&{}({plain}))\n    }}\n\n",
        main.name
    );
    text += "    pub fn ways(x: &[f64], n: &[i64]) -> Vec<Derivatives> {\n        vec![\n";
    let ways = if main.result == Type::Float {
        WAYS
    } else {
        WAYS_OF_SEVERAL
    };
    for (way, code) in ways {
        let code = code
            .replace("FUNCTION", &main.name)
            .replace("ARGUMENTS", &plain)
            .replace("LIFTED", &arguments(main, "v"))
            .replace("POINT", &bundle(main, "x"))
            .replace("DIRECTION", &bundle(main, "e"))
            .replace("CONSTANTS", &constants(main))
            .replace(
                "OVER_DUAL",
                &arguments(main, "Dual::variables(array::<COUNT>(x))"),
            )
            .replace("COUNT", &count.to_string());
        text += &format!("            Derivatives::new(\"{way}\", {code}),\n");
    }
    let sweeps = match main.result {
        Type::Float => "adjoint",
        _ => "adjoint_rows",
    };
    text + &format!(
        "        ]\n    }}\n\n    pub fn sweeps() -> &'static str {{\n        name_of({}::{sweeps}::<f64>)\n    }}\n}}\n",
        main.name
    )
}

/// The arguments of a call, with the inputs out of `inputs` and the constants out of `n`.
fn arguments(item: &FunctionItem, inputs: &str) -> String {
    parts(item, inputs).join(", ")
}

/// The inputs in the gradient's shape.
fn bundle(item: &FunctionItem, inputs: &str) -> String {
    let parameters = item.parameters.iter().zip(parts(item, inputs));
    let parts: Vec<String> = parameters
        .filter(|(parameter, _)| !parameter.kind.is_constant())
        .map(|(parameter, part)| match parameter.kind {
            ParameterKind::ArrayReference(_) => part.trim_start_matches('&').to_owned(),
            _ => part,
        })
        .collect();
    let are_floats = item.parameters.iter().all(|parameter| {
        parameter.kind.is_constant() || matches!(parameter.kind, ParameterKind::Float)
    });
    match &parts[..] {
        [only] => only.clone(),
        parts if are_floats => format!("[{}]", parts.join(", ")),
        parts => format!("({})", parts.join(", ")),
    }
}

fn constants(item: &FunctionItem) -> String {
    let parameters = item.parameters.iter().zip(parts(item, "x"));
    parameters
        .filter(|(parameter, _)| parameter.kind.is_constant())
        .map(|(_, part)| format!(", {part}"))
        .collect()
}

fn parts(item: &FunctionItem, inputs: &str) -> Vec<String> {
    let (mut input, mut constant) = (0, 0);
    let mut next = |count: usize| {
        let start = input;
        input += count;
        (start..input)
            .map(|i| format!("{inputs}[{i}]"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let mut text = Vec::new();
    for parameter in &item.parameters {
        text.push(match &parameter.kind {
            ParameterKind::Float => next(1),
            ParameterKind::Array(count) => format!("[{}]", next(*count)),
            ParameterKind::ArrayReference(count) | ParameterKind::Slice(count) => {
                format!("&[{}]", next(*count))
            }
            ParameterKind::Matrix(rows, columns) => {
                let rows: Vec<String> = (0..*rows)
                    .map(|_| format!("[{}]", next(*columns)))
                    .collect();
                format!("[{}]", rows.join(", "))
            }
            kind => {
                constant += 1;
                let n = format!("n[{}]", constant - 1);
                match kind {
                    ParameterKind::FloatConstant => format!("{n} as f64 * 0.25"),
                    ParameterKind::Bool => format!("{n} != 0"),
                    ParameterKind::Size(..) => format!("{n} as usize"),
                    _ => format!("{n} as i32"),
                }
            }
        });
    }
    text
}
