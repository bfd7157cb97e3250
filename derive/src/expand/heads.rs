//! What generated functions are called and say, where inputs of every form have them.

/// What a generated function is called and what it says of itself.
pub struct Head<'a> {
    pub name: &'a str,
    pub doc: &'a str,
}

pub const GRADIENT: Head = Head {
    name: "gradient",
    doc: "The gradient, in the shape of the inputs.",
};

pub const VALUE_AND_GRADIENT: Head = Head {
    name: "value_and_gradient",
    doc: "The value and the gradient.",
};

pub const HESSIAN: Head = Head {
    name: "hessian",
    doc: "The Hessian over the inputs in their order, row by row.",
};

pub const VALUE_GRADIENT_HESSIAN: Head = Head {
    name: "value_gradient_hessian",
    doc: "The value, the gradient and the Hessian.",
};

pub const JVP: Head = Head {
    name: "jvp",
    doc: "The value and the derivative at a point in a direction.",
};

pub const HVP: Head = Head {
    name: "hvp",
    doc: "The Hessian at a point times a direction.",
};
