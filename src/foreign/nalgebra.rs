//! Functions of nalgebra's matrices that algorithms over our numbers compute slowly, or get wrong: the floats are factorised by
//! nalgebra, the derivatives follow in closed form.

macro_rules! define_version {
    ($nalgebra:ident, $number:literal) => {
        #[doc = concat!("Functions of the matrices of nalgebra ", $number, " whose derivatives have a closed form.")]
        ///
        /// The values are factorised by nalgebra as floats, so they are its own, bit for bit; the derivatives follow from the factors, to
        /// any order that the numbers carry. That is several times faster than the same algorithm over the numbers, and right where
        /// the algorithm is not: QR iterations stop when the *values* have converged, and skip steps where a value is zero, though its
        /// derivative is not.
        ///
        /// LU, Cholesky and QR decompositions, the inverse, the determinant and the exponential may run over the numbers themselves.
        pub mod $nalgebra {
            use ::$nalgebra::allocator::Allocator;
            use ::$nalgebra::{
                Const, DefaultAllocator, Dim, DimDiff, DimMin, DimMinimum, DimSub, MatrixViewMut, OMatrix, OVector, RealField, SVD,
                SymmetricEigen, U1,
            };
            use num_traits::{Float, Zero};

            use crate::matrix::{self, Eigen, MatrixError, Scratch, Singular};
            use crate::parts::Parts;
            use crate::rules::Scalar;

            /// As many steps for each row as no factorisation of finite floats needs.
            const STEPS: usize = 1000;

            type Primal<S> = <S as Scalar>::Primal;

            /// The solution `X` of `A X = B`.
            ///
            /// `X' = A⁻¹ (B' - A' X)`, by the LU decomposition of the values.
            ///
            /// # Errors
            /// A matrix that is not square, is singular, or has no elements; a right-hand side with another number of rows; NaN and infinities.
            ///
            /// # Examples
            /// ```
            #[doc = concat!("use chainrule::{Dual, ", stringify!($nalgebra), "::solve};")]
            #[doc = concat!("use ", stringify!($nalgebra), "::{Matrix2, Vector2};")]
            /// let (one, x) = (Dual::constant(1.0), Dual::variable(2.0));
            /// let y = solve(&Matrix2::new(x, one, one, one), &Vector2::new(one * 3.0, one * 2.0))?;
            /// assert_eq!((y[0].re, y[1].re), (1.0, 1.0));
            /// assert_eq!((y[0].derivative(), y[1].derivative()), (-1.0, 1.0)); // 1/(x-1), 2 - 1/(x-1)
            /// # Ok::<(), chainrule::MatrixError>(())
            /// ```
            pub fn solve<S, D, C>(
                matrix: &OMatrix<S, D, D>,
                right: &OMatrix<S, D, C>,
            ) -> Result<OMatrix<S, D, C>, MatrixError>
            where
                S: Parts<Primal: RealField> + 'static,
                D: DimMin<D, Output = D>,
                C: Dim,
                DefaultAllocator: Allocator<D, D> + Allocator<D, C> + Allocator<D>,
            {
                let n = check_square(matrix)?;
                if right.nrows() != n {
                    return Err(MatrixError::WrongRows { rows: right.nrows(), expected: n });
                }
                matrix::all_finite(right.as_slice(), n)?;
                let lu = matrix.map(S::primal).lu();
                let values = lu.solve(&right.map(S::primal)).ok_or(MatrixError::Singular)?;
                let (lower, upper) = (lu.l(), lu.u());
                let rows = matrix.shape_generic().0;
                let mut x = values.map(S::from_primal);
                let mut residual = OVector::<S, D>::from_element_generic(rows, Const::<1>, S::zero());
                matrix::refine(matrix.as_slice(), right.as_slice(), x.as_mut_slice(), residual.as_mut_slice(), |residual| {
                    lu.p().permute_rows(&mut MatrixViewMut::from_slice_generic(residual, rows, Const::<1>));
                    matrix::substitute(lower.as_slice(), upper.as_slice(), residual);
                });
                matrix::all_finite(x.as_slice(), n).map_err(|_| MatrixError::Singular)?;
                Ok(x)
            }

            /// `ln |det A|`, which does not overflow where the determinant does.
            ///
            /// First derivative `tr (A⁻¹ A')`, by the LU decomposition of the values. The value is the sum of the logarithms of its pivots.
            ///
            /// # Errors
            /// A matrix that is not square, is singular, or has no elements; NaN and infinities.
            ///
            /// # Examples
            /// ```
            #[doc = concat!("use chainrule::{Dual, ", stringify!($nalgebra), "::log_determinant};")]
            #[doc = concat!("use ", stringify!($nalgebra), "::Matrix2;")]
            /// let (one, x) = (Dual::constant(1.0), Dual::variable(3.0));
            /// let log = log_determinant(&Matrix2::new(x, one, one, one))?;
            /// assert!((log.re - 2_f64.ln()).abs() < 1e-15);
            /// assert!((log.derivative() - 0.5).abs() < 1e-15); // of ln(x - 1)
            /// # Ok::<(), chainrule::MatrixError>(())
            /// ```
            pub fn log_determinant<S, D>(matrix: &OMatrix<S, D, D>) -> Result<S, MatrixError>
            where
                S: Parts<Primal: RealField> + 'static,
                D: DimMin<D, Output = D>,
                DefaultAllocator: Allocator<D, D> + Allocator<D>,
            {
                let n = check_square(matrix)?;
                let lu = matrix.map(S::primal).lu();
                let inverse = lu.try_inverse().ok_or(MatrixError::Singular)?;
                let upper = lu.u();
                let logarithms = upper.diagonal().iter().fold(Primal::<S>::zero(), |sum, pivot| sum + Float::ln(Float::abs(*pivot)));
                let mut log = matrix::trace_of_rest(matrix.as_slice(), inverse.as_slice(), n);
                if S::ORDER > 1 {
                    let mut scratch = [(); 3].map(|()| zeros_like(matrix));
                    let scratch = scratch.each_mut().map(|scratch| scratch.as_mut_slice());
                    log += matrix::log_of_higher_orders(matrix.as_slice(), inverse.as_slice(), n, scratch);
                }
                let log = log.with_primal(logarithms);
                if log.all_finite() { Ok(log) } else { Err(MatrixError::Singular) }
            }

            /// The eigenvalues of a symmetric matrix, of which the lower triangle is read, in the order of nalgebra's `symmetric_eigen`.
            ///
            /// First derivative `qᵢᵀ A' qᵢ`, with the eigenvector `qᵢ`.
            ///
            /// Where two are equal to rounding, they have derivatives only if `qᵢᵀ A' qⱼ` is zero; for a diagonal matrix they have.
            ///
            /// # Errors
            /// A matrix that is not square, or without elements; repeated eigenvalues that the derivatives pull apart; NaN and infinities.
            ///
            /// # Examples
            /// ```
            #[doc = concat!("use chainrule::{Dual, ", stringify!($nalgebra), "::symmetric_eigenvalues};")]
            #[doc = concat!("use ", stringify!($nalgebra), "::Matrix2;")]
            /// let (one, x) = (Dual::constant(1.0), Dual::variable(0.0));
            /// let values = symmetric_eigenvalues(&Matrix2::new(one, x, x, one * 3.0))?;
            /// assert_eq!(values.map(|value| value.derivative()).sum(), 0.0); // that of the trace
            /// # Ok::<(), chainrule::MatrixError>(())
            /// ```
            pub fn symmetric_eigenvalues<S, D>(matrix: &OMatrix<S, D, D>) -> Result<OVector<S, D>, MatrixError>
            where
                S: Parts<Primal: RealField> + 'static,
                D: DimSub<U1>,
                DefaultAllocator: Allocator<D, D> + Allocator<D> + Allocator<DimDiff<D, U1>>,
            {
                eigen(matrix, false).map(|(values, _)| values)
            }

            /// The eigenvalues and eigenvectors of a symmetric matrix, of which the lower triangle is read, as nalgebra's `symmetric_eigen`
            /// orders and scales them.
            ///
            /// First derivatives `λᵢ' = qᵢᵀ A' qᵢ` and `qᵢ' = Σ qⱼ (qⱼᵀ A' qᵢ) / (λᵢ - λⱼ)` over `j ≠ i`.
            ///
            /// # Errors
            /// As [`symmetric_eigenvalues`]; and any repeated eigenvalues, since their eigenvectors are arbitrary, unless no element has
            /// a derivative.
            ///
            /// # Examples
            /// ```
            #[doc = concat!("use chainrule::{Dual, ", stringify!($nalgebra), "::symmetric_eigen};")]
            #[doc = concat!("use ", stringify!($nalgebra), "::Matrix2;")]
            /// let (one, x) = (Dual::constant(1.0_f64), Dual::variable(0.0));
            /// let eigen = symmetric_eigen(&Matrix2::new(one, x, x, one * 3.0))?;
            /// let turn = eigen.eigenvectors.map(|element| element.derivative().abs());
            /// assert_eq!(turn, Matrix2::new(0.0, 0.5, 0.5, 0.0));
            /// # Ok::<(), chainrule::MatrixError>(())
            /// ```
            pub fn symmetric_eigen<S, D>(matrix: &OMatrix<S, D, D>) -> Result<SymmetricEigen<S, D>, MatrixError>
            where
                S: Parts<Primal: RealField> + RealField,
                D: DimSub<U1>,
                DefaultAllocator: Allocator<D, D> + Allocator<D> + Allocator<DimDiff<D, U1>>,
            {
                let (eigenvalues, eigenvectors) = eigen(matrix, true)?;
                Ok(SymmetricEigen { eigenvectors, eigenvalues })
            }

            /// The values, and with vectors wanted those.
            fn eigen<S, D>(
                matrix: &OMatrix<S, D, D>,
                wants_vectors: bool,
            ) -> Result<(OVector<S, D>, OMatrix<S, D, D>), MatrixError>
            where
                S: Parts<Primal: RealField> + 'static,
                D: DimSub<U1>,
                DefaultAllocator: Allocator<D, D> + Allocator<D> + Allocator<DimDiff<D, U1>>,
            {
                let n = check_square(matrix)?;
                let floats = SymmetricEigen::try_new(matrix.map(S::primal), Float::epsilon(), STEPS.saturating_mul(n))
                    .ok_or(MatrixError::NotConverged)?;
                let mut values = floats.eigenvalues.map(S::from_primal);
                let vectors = floats.eigenvectors.map(S::from_primal);
                let eigen = Eigen::new(matrix.as_slice(), floats.eigenvectors.as_slice(), floats.eigenvalues.as_slice());
                if !wants_vectors && eigen.differentiate_once(values.as_mut_slice()) {
                    return Ok((values, vectors));
                }
                let [mut e, mut c, mut w] = [(); 3].map(|()| zeros_like(matrix));
                let scratch = [e.as_mut_slice(), c.as_mut_slice(), w.as_mut_slice()];
                eigen.differentiate(values.as_mut_slice(), wants_vectors, scratch)?;
                if wants_vectors {
                    matrix::turn(floats.eigenvectors.as_slice(), w.as_slice(), n, e.as_mut_slice());
                    return Ok((values, vectors + e));
                }
                Ok((values, vectors))
            }

            /// The singular values, in falling order.
            ///
            /// First derivative `uᵢᵀ A' vᵢ`, with the singular vectors `uᵢ` and `vᵢ`.
            ///
            /// Where two are equal to rounding, or one is zero, they have derivatives only if these do not pull them apart, or move it from
            /// zero.
            ///
            /// # Errors
            /// A matrix without elements; repeated and zero singular values that the derivatives pull apart or move; NaN and infinities.
            ///
            /// # Examples
            /// ```
            #[doc = concat!("use chainrule::{Dual, ", stringify!($nalgebra), "::singular_values};")]
            #[doc = concat!("use ", stringify!($nalgebra), "::Matrix3x2;")]
            /// let (zero, x) = (Dual::constant(0.0_f64), Dual::variable(-2.0));
            /// let values = singular_values(&Matrix3x2::new(zero, x, x * x * x, zero, zero, zero))?;
            /// let cubed = values[0] + x * x * x;
            /// assert!(cubed.re.abs() < 1e-14 && cubed.derivative().abs() < 1e-14);
            /// assert!((values[1].re - 2.0).abs() < 1e-15 && (values[1].derivative() + 1.0).abs() < 1e-15); // |x|
            /// # Ok::<(), chainrule::MatrixError>(())
            /// ```
            pub fn singular_values<S, R, C>(
                matrix: &OMatrix<S, R, C>,
            ) -> Result<OVector<S, DimMinimum<R, C>>, MatrixError>
            where
                S: Parts<Primal: RealField> + 'static,
                R: DimMin<C>,
                C: Dim,
                DimMinimum<R, C>: DimSub<U1>,
                DefaultAllocator: Allocator<R, C>
                    + Allocator<R>
                    + Allocator<C>
                    + Allocator<DimMinimum<R, C>>
                    + Allocator<DimMinimum<R, C>, C>
                    + Allocator<R, DimMinimum<R, C>>
                    + Allocator<DimMinimum<R, C>, DimMinimum<R, C>>
                    + Allocator<DimDiff<DimMinimum<R, C>, U1>>,
            {
                let (rows, columns) = matrix.shape();
                if matrix.is_empty() {
                    return Err(MatrixError::Empty);
                }
                matrix::all_finite(matrix.as_slice(), rows)?;
                let five = Primal::<S>::literal(5.0);
                let steps = STEPS.saturating_mul(rows.max(columns));
                let floats = SVD::try_new(matrix.map(S::primal), true, true, Primal::<S>::epsilon() * five, steps)
                    .ok_or(MatrixError::NotConverged)?;
                let (Some(u), Some(v_t)) = (&floats.u, &floats.v_t) else {
                    return Err(MatrixError::NotConverged);
                };
                let mut values = floats.singular_values.map(S::from_primal);
                let floats = floats.singular_values.as_slice();
                if rows >= columns {
                    let (left, right) = (|i, j| u[(i, j)], |i, j| v_t[(j, i)]);
                    let singular = Singular::new(rows, |i, j| matrix[(i, j)], left, floats, right);
                    differentiate(matrix, singular, &mut values)?;
                } else {
                    let (left, right) = (|i, j| v_t[(j, i)], |i, j| u[(i, j)]);
                    let singular = Singular::new(columns, |i, j| matrix[(j, i)], left, floats, right);
                    differentiate(matrix, singular, &mut values)?;
                }
                Ok(values)
            }

            fn differentiate<S, R, C, D, A, U, V>(
                matrix: &OMatrix<S, R, C>,
                singular: Singular<'_, S, A, U, V>,
                values: &mut OVector<S, D>,
            ) -> Result<(), MatrixError>
            where
                S: Parts + 'static,
                R: Dim,
                C: Dim,
                D: Dim,
                A: Fn(usize, usize) -> S,
                U: Fn(usize, usize) -> Primal<S>,
                V: Fn(usize, usize) -> Primal<S>,
                DefaultAllocator: Allocator<R, C> + Allocator<D> + Allocator<D, D>,
            {
                if singular.differentiate_once(values.as_mut_slice()) {
                    return Ok(());
                }
                let shape = values.shape_generic().0;
                let mut tall = [(); 3].map(|()| zeros_like(matrix));
                let mut square = [(); 5].map(|()| OMatrix::from_element_generic(shape, shape, S::zero()));
                let scratch = Scratch {
                    tall: tall.each_mut().map(|tall| tall.as_mut_slice()),
                    square: square.each_mut().map(|square| square.as_mut_slice()),
                };
                singular.differentiate(values.as_mut_slice(), scratch)
            }

            fn check_square<S, D>(matrix: &OMatrix<S, D, D>) -> Result<usize, MatrixError>
            where
                S: Parts + 'static,
                D: Dim,
                DefaultAllocator: Allocator<D, D>,
            {
                let (rows, columns) = matrix.shape();
                if rows != columns {
                    return Err(MatrixError::NotSquare { rows, columns });
                }
                if rows == 0 {
                    return Err(MatrixError::Empty);
                }
                matrix::all_finite(matrix.as_slice(), rows)?;
                Ok(rows)
            }

            fn zeros_like<S, R, C>(matrix: &OMatrix<S, R, C>) -> OMatrix<S, R, C>
            where
                S: Scalar + 'static,
                R: Dim,
                C: Dim,
                DefaultAllocator: Allocator<R, C>,
            {
                let (rows, columns) = matrix.shape_generic();
                OMatrix::from_element_generic(rows, columns, S::zero())
            }
        }
    };
}

#[cfg(feature = "nalgebra_v0_34")]
define_version!(nalgebra_v0_34, "0.34");
#[cfg(feature = "nalgebra_v0_35")]
define_version!(nalgebra_v0_35, "0.35");
