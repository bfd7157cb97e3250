//! Neural networks: forward passes over constant weights, and losses over variable ones.

mod perceptron {
    use chainrule::differentiate;

    use crate::check;

    const W1: [[f64; 2]; 3] = [[0.5, -1.2], [1.5, 0.3], [-0.7, 0.8]];
    const B1: [f64; 3] = [0.1, -0.2, 0.05];
    const W2: [f64; 3] = [1.1, -0.6, 0.9];
    const B2: f64 = 0.3;

    #[differentiate]
    fn forward(input: [f64; 2]) -> f64 {
        let mut output = B2;
        for ((row, bias), w) in W1.iter().zip(&B1).zip(&W2) {
            let activation = row
                .iter()
                .zip(&input)
                .fold(*bias, |sum, (w, x)| sum + w * x);
            output += w * activation.tanh();
        }
        output
    }

    #[test]
    fn a_forward_pass_has_input_gradients() {
        let y = 0.3 + 1.1 * 0.1f64.tanh() - 0.6 * (-0.2f64).tanh() + 0.9 * 0.05f64.tanh();
        check::value(forward([0.0, 0.0]), y, 15);
        check::smooth(
            &[[0.5, -0.3], [-2.0, 1.0]],
            |x| forward([x[0], x[1]]),
            |x| forward::value_and_gradient([x[0], x[1]]),
            |x| forward::hessian([x[0], x[1]]),
        );
    }
}

mod training {
    use chainrule::differentiate;

    use crate::check;

    #[derive(Debug, Clone, chainrule::Differentiable)]
    struct Layer<const I: usize, const O: usize> {
        weights: [[f64; I]; O],
        biases: [f64; O],
    }

    #[derive(Debug, Clone, chainrule::Differentiable)]
    struct Network {
        hidden: Layer<2, 2>,
        output: Layer<2, 1>,
    }

    #[differentiate]
    impl<const I: usize, const O: usize> Layer<I, O> {
        #[differentiate(wrt(self, input))]
        fn apply(&self, input: [f64; I]) -> [f64; O] {
            let mut out = self.biases;
            for (o, row) in out.iter_mut().zip(&self.weights) {
                for (w, x) in row.iter().zip(&input) {
                    *o += w * x;
                }
            }
            out
        }
    }

    /// The exclusive or, as everyone begins.
    #[differentiate(wrt(network))]
    fn loss(network: &Network) -> f64 {
        const TABLE: [([f64; 2], f64); 4] = [
            ([0.0, 0.0], 0.0),
            ([0.0, 1.0], 1.0),
            ([1.0, 0.0], 1.0),
            ([1.0, 1.0], 0.0),
        ];
        let mut total = 0.0;
        for (input, target) in TABLE {
            let hidden = network.hidden.apply(input).map(f64::tanh);
            let [logit] = network.output.apply(hidden);
            let p = 1.0 / (1.0 + (-logit).exp());
            total -= target * p.ln() + (1.0 - target) * (1.0 - p).ln();
        }
        total / TABLE.len() as f64
    }

    fn network(x: &[f64]) -> Network {
        Network {
            hidden: Layer {
                weights: [[x[0], x[1]], [x[2], x[3]]],
                biases: [x[4], x[5]],
            },
            output: Layer {
                weights: [[x[6], x[7]]],
                biases: [x[8]],
            },
        }
    }

    #[test]
    fn every_weight_has_its_slope() {
        check::value(loss(&network(&[0.0; 9])), std::f64::consts::LN_2, 15);
        check::smooth(
            &[[0.5, -0.4, 0.3, 0.8, 0.1, -0.2, 1.0, -0.7, 0.05]],
            |x| loss(&network(x)),
            |x| {
                let (value, g) = loss::value_and_gradient(&network(x));
                (
                    value,
                    (
                        g.hidden.weights,
                        g.hidden.biases,
                        g.output.weights,
                        g.output.biases,
                    ),
                )
            },
            |x| loss::hessian(&network(x)),
        );
    }
}

mod cross_entropy {
    use chainrule::differentiate;

    use crate::check;

    #[differentiate]
    fn softmax(logits: &[f64]) -> Vec<f64> {
        let max = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let exps: Vec<f64> = logits.iter().map(|&l| (l - max).exp()).collect();
        let total: f64 = exps.iter().sum();
        exps.into_iter().map(|e| e / total).collect()
    }

    #[differentiate]
    fn cross_entropy(logits: &[f64], label: usize) -> f64 {
        -softmax(logits)[label].ln()
    }

    #[test]
    fn softmax_less_the_label_is_the_gradient() {
        let logits = [1.0, 2.0, 0.5];
        let p = softmax(&logits);
        check::value(p.iter().sum(), 1.0, 15);
        check::value(cross_entropy::gradient(&logits, 1)[1], p[1] - 1.0, 14);
        check::first(&[logits, [-3.0, 0.1, 2.2]], softmax, |x| {
            softmax::value_and_jacobian(x)
        });
        check::smooth(
            &[logits, [-3.0, 0.1, 2.2]],
            |x| cross_entropy(x, 1),
            |x| cross_entropy::value_and_gradient(x, 1),
            |x| cross_entropy::hessian(x, 1),
        );
    }
}

mod convolution {
    use chainrule::differentiate;

    use crate::check;

    const SIZE: usize = 5;

    /// One channel, valid padding, ReLU, then the mean of 2 × 2 pools.
    #[differentiate(wrt(kernel, bias))]
    fn pooled(image: &[[f64; SIZE]; SIZE], kernel: &[[f64; 2]; 2], bias: f64) -> f64 {
        let mut map = [[0.0; SIZE - 1]; SIZE - 1];
        for y in 0..SIZE - 1 {
            for x in 0..SIZE - 1 {
                let mut sum = bias;
                for dy in 0..2 {
                    for dx in 0..2 {
                        sum += kernel[dy][dx] * image[y + dy][x + dx];
                    }
                }
                map[y][x] = sum.max(0.0);
            }
        }
        let mut total = 0.0;
        for y in (0..SIZE - 1).step_by(2) {
            for x in (0..SIZE - 1).step_by(2) {
                let top = map[y][x].max(map[y][x + 1]);
                let bottom = map[y + 1][x].max(map[y + 1][x + 1]);
                total += top.max(bottom);
            }
        }
        total / 4.0
    }

    #[test]
    fn kernels_are_shared_by_all_pixels() {
        let image =
            std::array::from_fn(|y| std::array::from_fn(|x| ((3 * y + 7 * x) % 11) as f64 / 7.0));
        check::value(pooled(&image, &[[0.0; 2]; 2], 0.25), 0.25, 15);
        check::first(
            &[[0.3, -0.8, 0.5, 0.21, 0.1], [-0.4, 1.1, -0.2, 0.6, -0.35]],
            |x| pooled(&image, &[[x[0], x[1]], [x[2], x[3]]], x[4]),
            |x| pooled::value_and_gradient(&image, &[[x[0], x[1]], [x[2], x[3]]], x[4]),
        );
    }
}

mod attention {
    use chainrule::differentiate;

    use crate::check;

    const D: usize = 2;

    /// Scaled dot-product attention of one query over a few keys.
    #[differentiate]
    fn attend(query: [f64; D], keys: &[[f64; D]; 3], values: &[[f64; D]; 3]) -> [f64; D] {
        let scores = keys
            .map(|key| key.iter().zip(query).map(|(k, q)| k * q).sum::<f64>() / (D as f64).sqrt());
        let weights = scores.map(f64::exp);
        let total: f64 = weights.iter().sum();
        let mut out = [0.0; D];
        for (weight, value) in weights.iter().zip(values) {
            for d in 0..D {
                out[d] += weight / total * value[d];
            }
        }
        out
    }

    #[test]
    fn a_query_mixes_the_values() {
        let rows = |x: &[f64]| [[x[0], x[1]], [x[2], x[3]], [x[4], x[5]]];
        check::value(
            attend(
                [0.0, 0.0],
                &rows(&[1.0; 6]),
                &rows(&[1.0, 0.0, 2.0, 0.0, 6.0, 0.0]),
            )[0],
            3.0,
            14,
        );
        check::first(
            &[[
                0.5, -1.0, 0.3, 0.7, -0.2, 1.1, 0.9, -0.6, 1.0, 2.0, -1.0, 0.4, 0.2, 3.0,
            ]],
            |x| attend([x[0], x[1]], &rows(&x[2..]), &rows(&x[8..])),
            |x| attend::value_and_jacobian([x[0], x[1]], &rows(&x[2..]), &rows(&x[8..])),
        );
    }
}

mod recurrent {
    use chainrule::differentiate;

    use crate::check;

    #[differentiate]
    fn sigmoid(x: f64) -> f64 {
        if x >= 0.0 {
            (1.0 + (-x).exp()).recip()
        } else {
            let e = x.exp();
            e / (1.0 + e)
        }
    }

    /// The last state of a gated recurrent unit with one cell.
    #[differentiate]
    fn gated(sequence: &[f64], weights: &[f64; 6], start: f64) -> f64 {
        let &[wz, uz, wr, ur, wh, uh] = weights;
        sequence.iter().fold(start, |h, &x| {
            let z = sigmoid(wz * x + uz * h);
            let r = sigmoid(wr * x + ur * h);
            let candidate = (wh * x + uh * r * h).tanh();
            (1.0 - z) * h + z * candidate
        })
    }

    #[test]
    fn states_are_folded_over_the_sequence() {
        check::value(gated(&[], &[1.0; 6], 0.4), 0.4, 15);
        let weights = |x: &[f64]| [x[0], x[1], x[2], x[3], x[4], x[5]];
        check::smooth(
            &[
                [1.0, -0.5, 2.0, 0.3, -0.4, 0.8, 0.6, 1.2, -0.9, 0.1],
                [0.2, 0.9, -1.0, 1.0, 1.0, -1.0, 0.5, 0.5, 2.0, -0.7],
            ],
            |x| gated(&x[..3], &weights(&x[3..]), x[9]),
            |x| gated::value_and_gradient(&x[..3], &weights(&x[3..]), x[9]),
            |x| gated::hessian(&x[..3], &weights(&x[3..]), x[9]),
        );
    }
}
