#!/usr/bin/env python3
"""Writes table.txt and rules.rs: reference values and derivatives of every rule, by multi-precision arithmetic.

    pip install mpmath && python3 tests/oracle/generate.py

A block below knows a function's *value* and nothing else. Derivatives are difference quotients of that value, taken with
6000 bits and a step of 2^-300: their error is far below the 106 bits that are written. So no derivative formula, ours or
anybody's, stands behind the table.

To add a rule: add its block (`one` for one argument, `two` for two), and run the script.

A line of table.txt reads `name arguments...` and then each reference as `high:low`, an unevaluated sum of two floats:
`value first second` for one argument, `value dx dy dxx dxy dyy` for two. `-` marks a reference that does not exist.
"""

import pathlib
import struct

from mpmath import mp, mpf

mp.prec = 6000
STEP = mpf(2) ** -300
LINES, ONE, TWO = [], [], []


def single(x):
    """The point rounded to f32 where f32 has it, so that both precisions are tested there."""
    return struct.unpack("f", struct.pack("f", x))[0] if 1e-44 < abs(x) < 3e38 else x


def both_signs(points):
    return points + [-x for x in points]


def step(x):
    return STEP * min(abs(x), 1) if x else STEP


def pair(value):
    high = float(value)
    return f"{high!r}:{float(value - mpf(high)) if abs(high) < 1e309 else 0.0!r}"


def derivatives(f, x):
    h = step(x)
    below, here, above = f(x - h), f(x), f(x + h)
    return here, (above - below) / (2 * h), (above - 2 * here + below) / h**2


def one(name, f, points):
    ONE.append(name)
    for x in points:
        LINES.append(" ".join([name, repr(x), *map(pair, derivatives(f, mpf(x)))]))


def two(name, f, points, only_x=False):
    if name not in TWO:
        TWO.append(name)
    for a, b in points:
        x, y = mpf(a), mpf(b)
        value, dx, dxx = map(pair, derivatives(lambda t: f(t, y), x))
        dy = dyy = dxy = "-"
        if not only_x:
            _, dy, dyy = map(pair, derivatives(lambda t: f(x, t), y))
            h, k = step(x), step(y)
            corners = f(x + h, y + k) - f(x + h, y - k) - f(x - h, y + k) + f(x - h, y - k)
            dxy = pair(corners / (4 * h * k))
        LINES.append(" ".join([name, repr(a), repr(b), value, dx, dy, dxx, dxy, dyy]))


def powers(points):
    for x, n in points:
        LINES.append(" ".join(["powi", repr(x), repr(n), *map(pair, derivatives(lambda t: t**n, mpf(x)))]))


def tan(x):
    return mp.sin(x) / mp.cos(x)


def logaddexp(x, y):
    high, low = max(x, y), min(x, y)
    return high + mp.log1p(mp.exp(low - high))


def softplus(x):
    return logaddexp(x, mpf(0))


def sigmoid(x):
    return 1 / (1 + mp.exp(-x))


EVERYDAY = [single(x) for x in (0.0625, 0.3, 0.48, 0.54, 0.56, 0.7, 1.0, 1.29, 1.9, 2.5, 3.3, 5.1, 7.7)]
TINY = [single(x) for x in (1e-3, 1e-8, 1e-20, 1e-38, 1e-42)] + [1e-160, 1e-300, 3e-310]
LARGE = [single(x) for x in (33.0, 1e4, 1e7, 3e8, 1e10, 1e20, 1e38)] + [1e100, 1e155, 1e200, 1e300]
TAILS = both_signs([single(x) for x in (12.3, 19.5, 37.2, 50.0, 87.0, 102.0, 350.5, 372.0, 700.0, 710.0, 740.0)])
POSITIVE = EVERYDAY + TINY + LARGE
REAL = [0.0] + both_signs(EVERYDAY + TINY)
ALL = REAL + both_signs(LARGE)
# Where the rounding of 1 + exp(-x), or of 1 + exp(-2x), costs more than the bound allows.
ROUNDED = [4.1320175093877864, 5.539034617057806, 2.656857781030346, 1.336098556543657, 1.333950537068928, 0.8935653702390305]
# Everything within (-1, 1), up to the last float before the ends.
INSIDE = [0.0] + both_signs(EVERYDAY[:6] + TINY + [0.99, single(0.999), 1 - 2.0**-24, 1 - 2.0**-53])

# Exponentials and logarithms
one("exp", mp.exp, REAL + TAILS[:10] + TAILS[11:21] + [88.5, 709.5])
one("exp2", lambda x: mpf(2) ** x, REAL + both_signs([100.3, single(126.4), 500.7, 1022.6]) + [1024.4, 128.5, 1024.9, -1050.3])
one("exp_m1", mp.expm1, REAL + TAILS[:10] + TAILS[11:21])
one("ln", mp.log, POSITIVE)
one("ln_1p", mp.log1p, REAL[:1] + [x for x in ALL if x > -0.99 and x != 0] + [-1 + 2.0**-24, -1 + 2.0**-53])
one("log2", lambda x: mp.log(x) / mp.log(2), POSITIVE)
one("log10", lambda x: mp.log(x) / mp.log(10), POSITIVE)
# Roots and the reciprocal
one("sqrt", mp.sqrt, POSITIVE)
one("cbrt", lambda x: mp.sign(x) * mp.cbrt(abs(x)), both_signs(POSITIVE))
one("recip", lambda x: 1 / x, both_signs(POSITIVE))
# Trigonometry
one("sin", mp.sin, ALL)
one("cos", mp.cos, ALL)
one("tan", tan, ALL + both_signs([1.5707963267948966, single(1.5707963), 1.57, 4.71238898038469]))
one("asin", mp.asin, INSIDE)
one("acos", mp.acos, INSIDE)
one("atan", mp.atan, ALL)
# Hyperbolic functions
one("sinh", mp.sinh, REAL + TAILS[:9] + TAILS[11:20])
one("cosh", mp.cosh, REAL + TAILS[:9] + TAILS[11:20])
one("tanh", mp.tanh, REAL + TAILS + both_signs([25.0]) + ROUNDED)
one("asinh", mp.asinh, ALL)
one("acosh", mp.acosh, [1 + 2.0**-52, 1 + 2.0**-23, 1.001, single(1.1), 1.5, 1.99, 2.01] + [x for x in POSITIVE if x > 1])
one("atanh", mp.atanh, INSIDE)
# Pieces of lines, away from their kinks
PIECES = both_signs([single(x) for x in (0.3, 0.7, 1.2, 2.4, 2.6, 7.7, 1e6 + 0.25)] + [1e-300])
one("abs", abs, PIECES)
one("signum", mp.sign, PIECES)
one("floor", mp.floor, PIECES)
one("ceil", mp.ceil, PIECES)
one("round", lambda x: mp.sign(x) * mp.floor(abs(x) + mpf(1) / 2), PIECES)
one("round_ties_even", mp.nint, PIECES)
one("trunc", lambda x: mp.sign(x) * mp.floor(abs(x)), PIECES)
one("fract", lambda x: x - mp.sign(x) * mp.floor(abs(x)), PIECES)
one("to_degrees", lambda x: x * 180 / mp.pi, PIECES)
one("to_radians", lambda x: x * mp.pi / 180, PIECES)
# A step to the next float moves with the float.
one("next_up", lambda x: x, PIECES)
one("next_down", lambda x: x, PIECES)
# Activations
one("sigmoid", sigmoid, REAL + TAILS + ROUNDED)
one("logit", lambda x: mp.log(x / (1 - x)), [x for x in INSIDE if x > 0] + [single(x) for x in (0.1, 0.2, 0.26, 0.4, 0.5, 0.5001, 0.6, 0.74, 0.76, 0.9)])
one("softplus", softplus, REAL + TAILS)
one("log_sigmoid", lambda x: -softplus(-x), REAL + TAILS)
one("silu", lambda x: x * sigmoid(x), REAL + TAILS + both_signs([single(2.4), single(1.2785)]))
one("softsign", lambda x: x / (1 + abs(x)), [x for x in ALL if x != 0] + both_signs([1.0001661950689804, single(1.000541)]))
one("relu", lambda x: max(x, mpf(0)), PIECES)
one("sinc", lambda x: mp.sin(x) / x if x else mpf(1), ALL)
one("log1mexp", lambda x: mp.log(-mp.expm1(x)), [x for x in ALL + TAILS if -760 < x < 0] + [-0.6931, -0.6932, -1.01])
one("logexpm1", lambda x: mp.log(mp.expm1(x)), [x for x in ALL + TAILS if x > 0] + [29.5, 30.5, 0.693, 0.4, single(0.99), single(1.0)])

powers([(single(x), n) for n in (1, 2, 3, 4, 5, 7, 10, 33, -1, -2, -3, -8) for x in (0.7, -1.3, 2.5, 11.0)])
powers([(1e-300, 2), (1e150, 2), (1e100, 3), (-1e-100, 3), (1e-100, -2), (1.0000001, 100000), (0.9999, -70000), (0.5, 1070), (2.0, -1060), (0.0, 2), (0.0, 5)])
# A power is subnormal, its multiple is not; an exponent that f32 has to round.
powers([(0.98959690427450, 68606), (0.99, -70001), (4e-103, 4), (single(-1.0000025), -31400042), (single(1.0000001), 100000001)])

# Two arguments
SIDES = [single(x) for x in (0.3, 1.1, 2.5, 7.7)]
QUADRANTS = [(sx * a, sy * b) for a, b in ((0.75, 0.5), (1.5, 40.0), (single(123.4), single(0.01))) for sx in (1, -1) for sy in (1, -1)]
WIDE = [(1e10, 1e-10), (1e-20, 1e-20), (1e30, 3e30), (1e-160, 2e-160), (1e155, 3e154), (1e-300, 1e-290), (-1e300, 2e299), (1e150, -1e-150), (4e-308, 7e-308)]
# One side far below the other, or subnormal.
WIDE += [(1e-145, 1e-300), (1e-300, 1e-146), (6e-320, 7.5e-5), (1e-311, 1e-314), (2e-42, 3e-42), (1e-41, -1e-15), (4e-24, 2e18)]
WIDE = [(single(a), single(b)) for a, b in WIDE]
two("powf", mp.power, [(x, y) for x in SIDES for y in (0.5, single(-1.7), 3.0, single(0.1))])
two("powf", mp.power, [(1e-5, 40.5), (1e-100, 3.0), (1e200, 1.5), (1e-300, single(1.1)), (1e-310, 0.5), (1e10, -31.0), (single(1.0001), 30000.5), (0.5, 1060.5), (1e-160, 2.0), (1e150, -2.1), (3.0, 1e-10), (1e-200, 1.6), (1e-259, 2.46), (1e200, 3.5), (0.07, 7.5e22), (1e250, -2.5e28)])
two("powf", mp.power, [(-2.5, 3.0), (-1.25, 2.0), (-0.5, -3.0), (-7.0, -2.0), (-1e-160, 2.0), (-3.0, 5.0)], only_x=True)
two("log", lambda x, y: mp.log(x) / mp.log(y), [(x, y) for x in SIDES for y in (2.0, 10.0, 0.5, single(1.01))] + [(1e300, 3.0), (1e-300, 7.0), (5.0, 1e300), (0.25, 1e-300), (1e308, 1e-10), (1e-310, 1e10), (4e4, 1.2e-315)])
two("hypot", lambda x, y: mp.sqrt(x * x + y * y), QUADRANTS + WIDE)
two("atan2", mp.atan2, [(y, x) for x, y in QUADRANTS] + WIDE)
two("max", max, QUADRANTS)
two("min", min, QUADRANTS)
two("copysign", lambda x, y: abs(x) * mp.sign(y), QUADRANTS)
two("abs_sub", lambda x, y: max(x - y, mpf(0)), QUADRANTS)
two("midpoint", lambda x, y: (x + y) / 2, QUADRANTS)
STEPS = [(7.5, 2.0), (-7.5, 2.0), (7.5, -2.0), (-7.5, -2.0), (1.0, single(0.1)), (1e6, single(0.7)), (0.25, 3.0), (-0.25, 3.0), (1.0, 0.1), (1e15, single(0.3)), (5.5, 5.25), (single(-9.1), single(1.3))]
two("rem", lambda x, y: x - y * mp.sign(x / y) * mp.floor(abs(x / y)), STEPS)
two("rem_euclid", lambda x, y: x - abs(y) * mp.floor(x / abs(y)), STEPS)
two("div_euclid", lambda x, y: mp.sign(y) * mp.floor(x / abs(y)), STEPS)
two("div", lambda x, y: x / y, QUADRANTS + WIDE + [(1e-300, 1e10), (3e-310, 7.0), (1e-200, 1e110), (1e300, 1e-5), (1e-316, 1e-3)])
EXPONENTS = [(0.0, 0.0), (1.0, -1.0), (single(0.7), single(0.3)), (-3.0, 5.0), (700.0, 701.0), (1000.5, 990.25), (-800.0, -801.5), (40.0, 0.0), (0.0, 300.0), (1e-20, 1e-20), (1e10, 1e10 - 3.0), (single(12.3), single(1e-7)), (1e-17, 30.0), (single(0.1), single(-20.3)), (-5.0, 700.0), (-0.7, single(-0.69)), (-2.0, single(-0.1454))]
two("logaddexp", logaddexp, EXPONENTS)
two("xlogy", lambda x, y: x * mp.log(y), [(x, y) for x in (0.5, single(-1.3), 1e-20, 1e10) for y in (0.25, single(0.99), 3.0, 1e20)] + [(1e-300, 1e-5), (1e5, 1e-300), (5e-324, 1e-10)])
two("leaky_relu", lambda x, y: x if x > 0 else x * y, QUADRANTS + [(-3.0, single(0.01)), (-1e10, 0.125)])

FOLDER = pathlib.Path(__file__).parent
(FOLDER / "table.txt").write_text("\n".join(LINES) + "\n")
(FOLDER / "rules.rs").write_text(
    "// Written by generate.py: the rules that have points in table.txt.\n\n"
    f"one_argument! {{ {' '.join(ONE)} }}\n\ntwo_arguments! {{ {' '.join(TWO)} }}\n"
)
