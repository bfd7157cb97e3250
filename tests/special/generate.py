#!/usr/bin/env python3
"""Writes table.txt: reference values and derivatives of the special functions, by multi-precision arithmetic.

    pip install mpmath && python3 tests/special/generate.py

A block below knows a function's *value* and nothing else. Derivatives are difference quotients of that value; the precision is
raised until two of them agree to 120 bits. So no derivative formula, ours or anybody's, stands behind the table.

The format is that of tests/oracle/table.txt. A function with an order has it as last argument.
"""

import pathlib
import struct

from mpmath import mp, mpf

LINES = []


def single(x):
    """The point rounded to f32 where f32 has it, so that both precisions are tested there."""
    return struct.unpack("f", struct.pack("f", x))[0] if 1e-44 < abs(x) < 3e38 else x


def both_signs(points):
    return points + [-x for x in points]


def distance_to_pole(x):
    """From the nearest of 0, -1, -2, ..."""
    return abs(x) if x > 0 else abs(x - mp.nint(x))


def step(x, bits):
    scale = min(distance_to_pole(x), 1)
    return mpf(2) ** -bits * (scale if scale else 1)


def pair(value):
    high = float(value)
    if not abs(value) < mpf(2) ** 1023 * (2 - mpf(2) ** -53):
        return f"{'-' if value < 0 else ''}inf:0.0"
    return f"{high!r}:{float(value - mpf(high))!r}"


def stable(quotients, size):
    """The quotients of `quotients(bits)`, with as many bits as it takes, and `size` more."""
    bits = 70
    results = None
    while True:
        mp.prec = 5 * bits + size
        previous, results = results, quotients(bits)
        if previous and all(abs(a - b) <= mpf(2) ** -120 * max(abs(b), mpf(2) ** -1080) for a, b in zip(previous, results)):
            return results
        bits *= 2


def exponent(x):
    return int(abs(mp.log(abs(x), 2))) if x else 0


def derivatives(f, x, more=0):
    def quotients(bits):
        h = step(x, bits)
        below, here, above = f(x - h), f(x), f(x + h)
        return [here, (above - below) / (2 * h), (above - 2 * here + below) / h**2]

    return stable(quotients, 4 * exponent(x) + more)


def one(name, f, points, more=0):
    """With so many bits more than usual, for functions that all but stop."""
    for x in points:
        LINES.append(" ".join([name, repr(x), *map(pair, derivatives(f, mpf(x), more))]))


def ordered(name, f, orders, points):
    for n in orders:
        for x in points:
            LINES.append(" ".join([name, repr(x), repr(n), *map(pair, derivatives(lambda t: f(n, t), mpf(x)))]))


def two(name, f, points):
    for a, b in points:
        x, y = mpf(a), mpf(b)

        def mixed(bits):
            h, k = step(x, bits), step(y, bits)
            return [(f(x + h, y + k) - f(x + h, y - k) - f(x - h, y + k) + f(x - h, y - k)) / (4 * h * k)]

        value, dx, dxx = derivatives(lambda t: f(t, y), x)
        _, dy, dyy = derivatives(lambda t: f(x, t), y)
        (dxy,) = stable(mixed, 4 * (exponent(x) + exponent(y)))
        LINES.append(" ".join([name, repr(a), repr(b), *map(pair, [value, dx, dy, dxx, dxy, dyy])]))


def density(x):
    return mp.exp(-x * x / 2) / mp.sqrt(2 * mp.pi)


def distribution(x):
    return mp.erfc(-x / mp.sqrt(2)) / 2


def quantile(p):
    if p > 0.5:
        return -quantile(1 - p)
    # Newton's method on the logarithm, which is concave: from far out on the left it never overshoots.
    w = -mp.sqrt(-2 * mp.log(p)) if p < 0.4 else (p - 0.5) * mp.sqrt(2 * mp.pi)
    while True:
        tail = distribution(w)
        change = tail * mp.log(tail / p) / density(w)
        w -= change
        if abs(change) <= mpf(2) ** (-mp.prec // 2 - 10) * abs(w):
            tail = distribution(w)
            return w - tail * mp.log(tail / p) / density(w)


def gelu_tanh(x):
    # x/2 (1 + tanh z), of which the sum has no digits far left.
    z = mp.sqrt(2 / mp.pi) * (x + mpf("0.044715") * x**3)
    return x / (1 + mp.exp(-2 * z))


def ln_gamma(x):
    return mp.log(abs(mp.gamma(x)))


def beta(x, y):
    return mp.exp(ln_beta(x, y))


def ln_beta(x, y):
    return mp.loggamma(x) + mp.loggamma(y) - mp.loggamma(x + y)


def spherical(n, x):
    if x == 0:
        return mpf(n == 0)
    half = mp.sqrt(mp.pi / (2 * abs(x))) * mp.besselj(n + mpf(1) / 2, abs(x))
    return half * (-1 if x < 0 and n % 2 else 1)


EVERYDAY = [single(x) for x in (0.0625, 0.3, 0.48, 0.7, 1.0, 1.29, 1.9, 2.2, 2.5, 3.3, 4.7, 5.1, 7.7)]
TINY = [single(x) for x in (1e-3, 1e-8, 1e-20, 1e-38)] + [1e-160, 1e-300]
TAILS = [single(x) for x in (8.2, 10.5, 13.1, 13.3, 18.7, 26.3)] + [26.5, 26.9, 27.2]
REAL = [0.0] + both_signs(EVERYDAY + TINY)
NORMAL = REAL + both_signs(TAILS + [single(x) for x in (0.49, 0.51, 1.4, 1.5, 30.0)] + [37.4, 37.7, 38.2, 38.5])

# The normal distribution
one("erf", mp.erf, REAL + both_signs(TAILS), 1200)
one("erfc", mp.erfc, REAL + both_signs(TAILS), 1200)
one("norm_pdf", density, NORMAL)
one("norm_cdf", distribution, NORMAL, 1200)
one("gelu", lambda x: x * distribution(x), NORMAL, 1200)
one("gelu_tanh", gelu_tanh, NORMAL + both_signs([single(x) for x in (0.75, 0.76, 1.41, 1.43, 1e10)]) + [-20.9, -21.2, -21.5, -21.7], 1200)
one("mish", lambda x: x * mp.tanh(mp.log1p(mp.exp(x))), REAL + both_signs(TAILS[:6]) + both_signs([single(x) for x in (1.19, 1.4, 2.3, 37.2, 87.0, 102.0)]) + [350.5, 370.2, -372.0, -700.0, -710.0, -740.0], 2200)
CENTRE = [single(x) for x in (0.5, 0.50001, 0.4999, 0.51, 0.4, 0.6, 0.3, 0.2, 0.8, 0.92, 0.93, 0.07, 0.08, 0.99, 0.9999)]
DEEP = [single(x) for x in (1e-3, 1e-6, 2e-11, 1e-12, 1e-20, 1e-37)] + [1e-100, 1e-200, 1e-300, 2e-308, 3e-310, 1e-320, 1 - 2.0**-24, 1 - 2.0**-53, 1 - 1e-10]
one("inv_norm_cdf", quantile, CENTRE + DEEP)

# The gamma function
POSITIVE = EVERYDAY + [single(x) for x in (1.4616, 1.47, 2.01, 3.02, 4.99, 6.5, 7.99, 8.0, 8.01, 9.5, 12.3, 20.7, 33.3)]
LARGE = [50.25, 100.5, 140.3, 165.7, 168.1]
# Between the poles, and next to them.
NEGATIVE = [-single(x) for x in (0.02, 0.3, 0.5, 0.504, 0.7, 0.999, 1.01, 1.5, 1.573, 2.3, 2.457, 2.75, 3.5, 4.2, 6.6, 7.9, 8.3, 10.5, 20.5)]
NEXT_TO_POLES = [-1 - 2.0**-40, -1 + 2.0**-41, -3 - 2.0**-20, -5 + 2.0**-30, -33.4, -60.5, -120.3, -170.6, -175.3]
TO_ZERO = both_signs(TINY)
one("gamma", mp.gamma, POSITIVE + LARGE + [171.5] + TO_ZERO + NEGATIVE + NEXT_TO_POLES)
FAR = [single(1e4), single(1e7), single(1e20), 1e100, 1e200]
one("ln_gamma", ln_gamma, POSITIVE + LARGE + FAR[:3] + TO_ZERO + NEGATIVE + NEXT_TO_POLES[:-2])
one("digamma", mp.digamma, POSITIVE + LARGE + FAR + TO_ZERO + NEGATIVE + NEXT_TO_POLES[:-2])
one("trigamma", lambda x: mp.psi(1, x), POSITIVE + LARGE + FAR + TO_ZERO + NEGATIVE + NEXT_TO_POLES[:-2])
ordered("polygamma", lambda n, x: mp.psi(n, x), [2, 3, 6], POSITIVE[::2] + FAR[:3] + [1e-3, single(1e-6)] + NEGATIVE[::2])
ordered("polygamma", lambda n, x: mp.psi(n, x), [0, 1], [single(0.3), 2.5, -0.75])

# The exponential integrals
ENDS = [single(x) for x in (0.29, 0.3725, 0.44, 0.46, 0.999, 1.01, 1.99, 2.01, 2.99, 3.01, 4.99, 5.01, 8.0, 11.9, 12.1, 19.9, 20.1, 31.9, 32.1, 86.9, 100.7)]
ROOTS = [0.372507410781366, 0.372507410781367, 0.37, 0.3, 0.45]
INTEGRATED = TINY + EVERYDAY + ENDS + [350.5, 599.5, 650.5, 700.1]
one("expint_e1", mp.e1, INTEGRATED + [708.5, 720.5, 735.5])
one("expint_ei", mp.ei, both_signs(INTEGRATED) + ROOTS + [709.5, 712.3, 716.3, -710.5, -735.5])

# Bessel functions
WAVES = EVERYDAY + [single(x) for x in (2.4048, 3.8317, 5.5201, 7.0156, 7.999, 8.0, 8.65, 11.79, 13.3, 20.3, 33.3, 101.25, 1000.1, 12345.6, 1e6)]
one("bessel_j0", lambda x: mp.besselj(0, x), [0.0] + both_signs(WAVES + TINY) + [1e10])
one("bessel_j1", lambda x: mp.besselj(1, x), [0.0] + both_signs(WAVES + TINY) + [1e10])
one("bessel_y0", lambda x: mp.bessely(0, x), WAVES + TINY + [single(0.8936)])
one("bessel_y1", lambda x: mp.bessely(1, x), WAVES + TINY + [single(0.8936)])
ordered("bessel_jn", mp.besselj, [2, 3, 5, 12, 30], [0.0] + WAVES[::2] + [single(x) for x in (-2.2, 1e-3, 11.9, 12.1, 29.7, 30.3)])
ordered("bessel_yn", mp.bessely, [2, 3, 5, 12], WAVES[::2] + [single(x) for x in (1e-3, 11.9, 12.1)])
GROWING = EVERYDAY + [single(x) for x in (1.99, 2.01, 8.1, 11.9, 15.9, 16.1, 33.3, 80.5)]
one("bessel_i0", lambda x: mp.besseli(0, x), [0.0] + both_signs(GROWING + TINY) + [350.5, 599.5, 650.5, 700.1, 710.3])
one("bessel_i1", lambda x: mp.besseli(1, x), [0.0] + both_signs(GROWING + TINY) + [350.5, 599.5, 650.5, 700.1, 710.3])
ordered("bessel_in", mp.besseli, [2, 3, 5, 12], [0.0] + GROWING[::2] + [single(x) for x in (-2.2, 1e-3, 30.5, 80.5)] + [650.5])
for n in range(3):
    one(f"spherical_j{n}", lambda x: spherical(n, x), [0.0] + both_signs(WAVES[:-3] + TINY[:3]))
ordered("spherical_jn", spherical, [3, 5, 12], [0.0] + WAVES[:-3:2] + [single(x) for x in (-2.2, 1e-3, 11.9, 12.6)])

# The beta function
SIDES = [single(x) for x in (0.3, 1.1, 2.5, 7.7, 9.3)]
PAIRS = [(x, y) for x in SIDES for y in SIDES] + [(1.0, 1.0), (1.0, 2.0), (0.5, 0.5), (30.5, 40.25), (100.5, 3.25), (single(0.01), 50.5), (15.5, single(0.02))]
PAIRS += [(single(x), single(y)) for x, y in ((1e-3, 2.5), (1e-6, 1e-5), (1e-6, 3e6), (1e4, 0.7), (1e5, 1e-4), (1e10, 1.5), (1e-20, 0.5), (3.5, 1e-20))]
two("beta", beta, PAIRS + [(1e-150, 0.5), (200.5, 310.25), (1e-3, 1e200)])
two("ln_beta", ln_beta, PAIRS + [(1e-150, 0.5), (200.5, 310.25), (1e-3, 1e200), (3e3, 2e4), (1e15, 2e15)])

(pathlib.Path(__file__).parent / "table.txt").write_text("\n".join(LINES) + "\n")
