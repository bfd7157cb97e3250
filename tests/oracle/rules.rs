// Written by generate.py: the rules that have points in table.txt.

one_argument! { exp exp2 exp_m1 ln ln_1p log2 log10 sqrt cbrt recip sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh abs signum floor ceil round round_ties_even trunc fract to_degrees to_radians next_up next_down sigmoid logit softplus log_sigmoid silu softsign relu sinc log1mexp logexpm1 }

two_arguments! { powf log hypot atan2 max min copysign abs_sub midpoint rem rem_euclid div_euclid div logaddexp xlogy leaky_relu }
