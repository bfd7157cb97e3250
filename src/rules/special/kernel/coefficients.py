#!/usr/bin/env python3
"""Writes coefficients.rs: polynomials for the special functions, by Chebyshev interpolation in multi-precision.

    pip install mpmath && python3 src/rules/special/kernel/coefficients.py

With `--check` it writes nothing, and fails where the file is another.

Each polynomial is taken about a centre, and its error stays below 2^-57 of the function (of the amplitude, for Bessel
functions that oscillate). Which degree that needs is found here.
"""

import pathlib
import sys

from mpmath import (
    besseli,
    besselj,
    bessely,
    chop,
    cos,
    digamma,
    e1,
    ei,
    erf,
    erfc,
    euler,
    exp,
    findroot,
    gamma,
    log,
    loggamma,
    mp,
    mpf,
    pi,
    psi,
    sin,
    sqrt,
    taylor,
)

mp.prec = 400
TOLERANCE = mpf(2) ** -57
LINES = []


def chebyshev(f, a, b, degree):
    """Coefficients of the Chebyshev polynomials on [a, b]."""
    count = degree + 1
    angles = [pi * (2 * k + 1) / (2 * count) for k in range(count)]
    values = [f((a + b) / 2 + (b - a) / 2 * cos(angle)) for angle in angles]
    sums = [sum(y * cos(j * angle) for y, angle in zip(values, angles)) for j in range(count)]
    return [s * (1 if j == 0 else 2) / count for j, s in enumerate(sums)]


def monomials(series, half_width):
    """The same as powers of x - centre."""
    previous, current = [mpf(1)], [mpf(0), mpf(1)]
    total = [mpf(0)] * len(series)
    for j, c in enumerate(series):
        t = previous if j == 0 else current
        for k, factor in enumerate(t):
            total[k] += c * factor
        if j > 0:
            following = [mpf(0)] + [2 * x for x in current]
            for k, x in enumerate(previous):
                following[k] -= x
            previous, current = current, following
    return [c / half_width**k for k, c in enumerate(total)]


def piece(f, a, b, centre=None, weight=None, tolerance=TOLERANCE):
    """The centre, and the powers of x - centre, as many as the tolerance asks for; relative to `weight` on [a, b]."""
    a, b = mpf(a), mpf(b)
    weight = weight or f
    middle = accurate_centre(f, a, b) if centre is None else mpf(centre)
    size = min(abs(weight(a + (b - a) * k / 16)) for k in range(17))
    series = chebyshev(f, a, b, 34)
    degree = next(n for n in range(35) if sum(map(abs, series[n + 1 :])) < tolerance * size)
    powers = monomials(chebyshev(f, a, b, degree), (b - a) / 2)
    moved = taylor(lambda x: sum(c * (x - (a + b) / 2) ** k for k, c in enumerate(powers)), middle, degree)
    return middle, [chop(c, tol=mpf(10) ** -60) for c in moved]


def accurate_centre(f, a, b):
    """Next to the middle, where a float is all but exactly the function's value (Gal's accurate tables)."""
    for k in range(1000):
        centre = mpf(float((a + b) / 2)) + mpf(k) / 2**14
        value = f(centre)
        if abs(mpf(float(value)) - value) < mpf(2) ** -59 * abs(value):
            return centre
    raise ValueError("no such centre")


def braced(centre, powers, width, indent):
    numbers = [float(x) for x in powers] + [0.0] * (width - len(powers))
    rows = "".join(f"{indent}        {', '.join(map(repr, numbers[k : k + 5]))},\n" for k in range(0, width, 5))
    return f"Polynomial {{\n{indent}    centre: {float(centre)!r},\n{indent}    coefficients: [\n{rows}{indent}    ],\n{indent}}}"


def constant(name, meaning, value):
    high = float(value)
    LINES.append(f"/// {meaning}\npub const {name}: DoubleDouble = DoubleDouble {{\n    high: {high!r},\n    low: {float(value - mpf(high))!r},\n}};")


def single(name, meaning, polynomial):
    centre, powers = polynomial
    LINES.append(f"/// {meaning}\npub static {name}: Polynomial<{len(powers)}> = {braced(centre, powers, len(powers), '')};")


def pieces(name, meaning, f, edges, weight=None):
    """One polynomial between each two edges."""
    all_pieces = [piece(f, a, b, weight=weight) for a, b in zip(edges, edges[1:])]
    width = max(len(powers) for _, powers in all_pieces)
    body = "".join(f"    {braced(*piece, width, '    ')},\n" for piece in all_pieces)
    LINES.append(f"/// {meaning}\npub static {name}: [Polynomial<{width}>; {len(all_pieces)}] = [\n{body}];")


def from_inverse_square(f):
    """f(x) as a function of 1/x²; at 0 a point close by stands for the limit."""
    return lambda t: f(1 / sqrt(max(t, mpf(10) ** -24)))


# The normal distribution.
def half_erfcx(t):
    return erfc(t / sqrt(2)) * exp(t * t / 2) / 2


constant("DENSITY", "`1/√(2π)`", 1 / sqrt(2 * pi))
single(
    "CENTRAL",
    "`(Φ(x) - ½)/x` for `|x| ≤ 3/2`, in `x²`",
    piece(lambda z: erf(sqrt(max(z, mpf(10) ** -40) / 2)) / (2 * sqrt(max(z, mpf(10) ** -40))), 0, mpf(9) / 4, 0),
)
pieces("HALF_ERFCX", "`½ exp(t²/2) erfc(t/√2)` on `[i, i+1]`", half_erfcx, range(9))
single(
    "HALF_ERFCX_FAR",
    "`(1 - √(2π) t ½ exp(t²/2) erfc(t/√2)) t²` for `t ≥ 8`, in `1/t²`",
    piece(from_inverse_square(lambda t: (1 - sqrt(2 * pi) * t * half_erfcx(t)) * t**2), 0, mpf(1) / 64, 0, lambda t: mpf(64)),
)

# The tanh form of the Gaussian error linear unit.
GATE = 2 * sqrt(2 / pi)
constant("GATE", "`2√(2/π)`", GATE)
constant("GATE_CUBE", "`0.044715` times that", GATE * mpf("0.044715"))

# The gamma function.
ROOT = findroot(digamma, 1.46)
constant("SQRT_TWO_PI", "`√(2π)`", sqrt(2 * pi))
constant("HALF_LN_TWO_PI", "`½ ln(2π)`", log(2 * pi) / 2)
constant("LN_2", "`ln 2`", log(mpf(2)))
constant("PI", "`π`", pi)
constant("DIGAMMA_ROOT", "The positive root of the digamma function, less 1", ROOT - 1)
MIDDLE = gamma(mpf(3) / 2)
constant("GAMMA_MIDDLE", "`Γ(3/2)`", MIDDLE)
single("GAMMA", "`Γ(1+x) - Γ(3/2)` on `[0, 1]`", piece(lambda x: gamma(1 + x) - MIDDLE, 0, 1, mpf(1) / 2, lambda x: mpf(1)))
single("DIGAMMA", "`ψ(1+x)/(x - root)` on `[0, 1]`", piece(lambda x: digamma(1 + x) / (1 + x - ROOT), 0, 1))
single("DIGAMMA_NEXT", "`ψ(x)/(x - root)` on `[2, 3]`", piece(lambda x: digamma(x) / (x - ROOT), 2, 3))
single("TRIGAMMA", "`ψ'(1+x)` on `[0, 1]`", piece(lambda x: psi(1, 1 + x), 0, 1))
single(
    "STIRLING",
    "`x (ln Γ(x) - (x - ½) ln x + x - ½ ln 2π)` for `x ≥ 8`, in `1/x²`",
    piece(
        from_inverse_square(lambda x: x * (loggamma(x) - (x - mpf(1) / 2) * log(x) + x - log(2 * pi) / 2)),
        0, mpf(1) / 64, 0, lambda t: mpf(8), mpf(2) ** -62,
    ),
)
single(
    "SINE_OF_PI",
    "`sin(πx)/x - π` for `|x| ≤ ¼`, in `x²`",
    piece(lambda z: sin(pi * sqrt(max(z, mpf(10) ** -40))) / sqrt(max(z, mpf(10) ** -40)) - pi, 0, mpf(1) / 16, 0, lambda z: mpf(2), TOLERANCE / 8),
)
single("COSINE_OF_PI", "`cos(πx) - 1` for `|x| ≤ ¼`, in `x²`", piece(lambda z: cos(pi * sqrt(z)) - 1, 0, mpf(1) / 16, 0, lambda z: mpf(1) / 2, TOLERANCE / 8))
digamma_rest = from_inverse_square(lambda x: (log(x) - 1 / (2 * x) - digamma(x)) * x**2)
single("DIGAMMA_NEAR", "`(ln x - 1/(2x) - ψ(x)) x²` for `3 ≤ x < 5`, in `1/x²`", piece(digamma_rest, mpf(1) / 25, mpf(1) / 9, mpf(1) / 16, lambda t: 1 / t))
single("DIGAMMA_FAR", "The same for `x ≥ 5`, in `1/x²`", piece(digamma_rest, 0, mpf(1) / 25, 0, lambda t: mpf(25)))
trigamma_rest = from_inverse_square(lambda x: (psi(1, x) - 1 / x - 1 / (2 * x * x)) * x**3)
single("TRIGAMMA_NEAR", "`(ψ'(x) - 1/x - 1/(2x²)) x³` for `2 ≤ x < 4`, in `1/x²`", piece(trigamma_rest, mpf(1) / 16, mpf(1) / 4, mpf(1) / 8, lambda t: 1 / t))
single("TRIGAMMA_FAR", "The same for `x ≥ 4`, in `1/x²`", piece(trigamma_rest, 0, mpf(1) / 16, 0, lambda t: mpf(16)))


# The exponential integrals.
def series_rest(x):
    if abs(x) < mpf(10) ** -30:
        return mpf(1) / 4
    integral = ei(x) if x > 0 else -e1(-x)
    return (integral - euler - log(abs(x)) - x) / x**2


EI_ROOT = findroot(ei, 0.37)
constant("EULER", "Euler's constant `γ`", +euler)
constant("EI_ROOT", "The root of the exponential integral Ei", EI_ROOT)
single("EI_SERIES", "`(Ei(x) - γ - ln |x| - x)/x²` on `[-1, 3]`", piece(series_rest, -1, 3, 0))
single("EI_NEAR_ROOT", "`Ei(x)/(x - root)` for `0.3 ≤ x ≤ 0.45`", piece(lambda x: ei(x) / (x - EI_ROOT), 0.3, 0.45))
pieces("EI_SCALED", "`x exp(-x) Ei(x)` between 3, 5, 8, 12, 20 and 32", lambda x: x * exp(-x) * ei(x), [3, 5, 8, 12, 20, 32])
far_ei = lambda w: exp(-1 / w) * ei(1 / w) / w if w > 1e-9 else 1 + w
single("EI_SCALED_FAR", "The same for `x ≥ 32`, in `1/x`", piece(far_ei, 0, mpf(1) / 32, 0))
pieces("E1_SCALED", "`x exp(x) E₁(x)` between 1, 2, 3, 5 and 8", lambda x: x * exp(x) * e1(x), [1, 2, 3, 5, 8])
far_e1 = lambda w: exp(1 / w) * e1(1 / w) / w if w > 1e-9 else 1 - w
single("E1_SCALED_FAR", "The same for `x ≥ 8`, in `1/x`", piece(far_e1, 0, mpf(1) / 8, 0))


# Bessel functions.
def hankel(n):
    """The slowly varying factors of the cosine and the sine of x - nπ/2 - π/4."""

    def factors(x):
        angle = x - n * pi / 2 - pi / 4
        scale, j, y = sqrt(pi * x / 2), besselj(n, x), bessely(n, x)
        return scale * (j * cos(angle) + y * sin(angle)), scale * (y * cos(angle) - j * sin(angle))

    return factors


def of_quarter_square(f):
    """f(x) as a function of x²/4; at 0 a point close by stands for the limit."""
    return lambda z: f(2 * sqrt(max(z, mpf(10) ** -30)))


def amplitude(x):
    return sqrt(2 / (pi * x))


constant("INVERSE_PI", "`1/π`", 1 / pi)
EDGES = range(2, 9)
for n in (0, 1):
    power = lambda x: (x / 2) ** n
    small_j = of_quarter_square(lambda x: (besselj(n, x) / power(x) - 1) * 4 / x**2)
    single(f"J{n}_SMALL", f"`(J{n}(x)/(x/2)^{n} - 1)/(x²/4)` for `|x| ≤ 2`, in `x²/4`", piece(small_j, 0, 1, 0, lambda z: mpf(1)))
    pieces(f"J{n}", f"`J{n}(x)` on `[i+2, i+3]`", lambda x: besselj(n, x), EDGES, amplitude)
    small_y = of_quarter_square(lambda x: (bessely(n, x) - 2 / pi * (log(x) * besselj(n, x) - (1 / x if n else 0))) / x**n)
    single(
        f"Y{n}_SMALL",
        "`Y0(x) - 2/π ln x J0(x)` for `x ≤ 2`, in `x²/4`" if n == 0 else "`(Y1(x) - 2/π (ln x J1(x) - 1/x))/x` for `x ≤ 2`, in `x²/4`",
        piece(small_y, 0, 1, 0, lambda z: mpf(1) / 16),
    )
    pieces(f"Y{n}", f"`Y{n}(x)` on `[i+2, i+3]`", lambda x: bessely(n, x), EDGES, amplitude)
    factors = hankel(n)
    FAR = mpf(1) / 64
    cosine = piece(from_inverse_square(lambda x: (factors(x)[0] - 1) * x**2), 0, FAR, 0, lambda t: mpf(64))
    sine = piece(from_inverse_square(lambda x: factors(x)[1] * x), 0, FAR, 0, lambda t: mpf(8))
    single(f"COSINE{n}", f"`(P{n}(x) - 1) x²` for `x ≥ 8`, in `1/x²`", cosine)
    single(f"SINE{n}", f"`Q{n}(x) x` for `x ≥ 8`, in `1/x²`", sine)
    small_i = of_quarter_square(lambda x: (besseli(n, x) / power(x) - 1) * 4 / x**2)
    single(f"I{n}_SMALL", f"`(I{n}(x)/(x/2)^{n} - 1)/(x²/4)` for `|x| ≤ 2`, in `x²/4`", piece(small_i, 0, 1, 0, lambda z: mpf(1)))
    pieces(f"I{n}", f"`exp(-x) I{n}(x)` between 2, 5, 8, 12 and 16", lambda x: exp(-x) * besseli(n, x), [2, 5, 8, 12, 16])
    far_i = lambda w: exp(-1 / w) * besseli(n, 1 / w) / sqrt(w) if w > 1e-6 else 1 / sqrt(2 * pi) * (1 - (4 * n * n - 1) * w / 8 * (1 - (4 * n * n - 9) * w / 16 * (1 - (4 * n * n - 25) * w / 24 * (1 - (4 * n * n - 49) * w / 32))))
    single(f"I{n}_FAR", f"`exp(-x) √x I{n}(x)` for `x ≥ 16`, in `1/x`", piece(far_i, 0, mpf(1) / 16, 0))

HEAD = """//! Generated by `python3 src/rules/special/kernel/coefficients.py`, and not to be edited: polynomials that are within 2^-57 of what
//! their comments say.

// Some are known constants by accident.
#![allow(clippy::approx_constant)]
#![cfg_attr(rustfmt, rustfmt_skip)]

use super::double_double::DoubleDouble;
use super::polynomial::Polynomial;
"""
PATH = pathlib.Path(__file__).with_suffix(".rs")
TEXT = "\n\n".join([HEAD.rstrip(), *LINES]) + "\n"
if "--check" not in sys.argv:
    PATH.write_text(TEXT)
elif PATH.read_text() != TEXT:
    sys.exit(f"{PATH.name} is not what {pathlib.Path(__file__).name} writes: run the script, and edit no number by hand")
