//! Map projections and distances on the Earth.

mod mercator {
    use chainrule::differentiate;
    use std::f64::consts::FRAC_PI_4;

    use crate::check;

    const RADIUS: f64 = 6_378_137.0;

    #[differentiate]
    fn mercator(latitude: f64, longitude: f64) -> (f64, f64) {
        let x = RADIUS * longitude.to_radians();
        let y = RADIUS * (FRAC_PI_4 + latitude.to_radians() / 2.0).tan().ln();
        (x, y)
    }

    #[test]
    fn web_mercator_stretches_north_and_south() {
        check::value(mercator(45.0, 0.0).1, 5_621_521.486, 3);
        check::first(
            &[[45.0, 7.5], [-60.0, 130.0]],
            |x| mercator(x[0], x[1]),
            |x| mercator::value_and_jacobian(x[0], x[1]),
        );
    }
}

mod lambert_conic {
    use chainrule::differentiate;
    use std::f64::consts::FRAC_PI_4;

    use crate::check;

    /// Lambert's conformal conic on a sphere with two standard parallels.
    struct Cone {
        n: f64,
        f: f64,
        rho0: f64,
        central: f64,
    }

    impl Cone {
        fn new(origin: f64, central: f64, parallels: (f64, f64)) -> Self {
            let t = |phi: f64| (FRAC_PI_4 + phi / 2.0).tan();
            let (a, b) = parallels;
            let n = (a.cos() / b.cos()).ln() / (t(b) / t(a)).ln();
            let f = a.cos() * t(a).powf(n) / n;
            Cone {
                n,
                f,
                rho0: f / t(origin).powf(n),
                central,
            }
        }
    }

    #[differentiate]
    fn project(cone: &Cone, lat: f64, lon: f64) -> [f64; 2] {
        let rho = cone.f / (FRAC_PI_4 + lat / 2.0).tan().powf(cone.n);
        let theta = cone.n * (lon - cone.central);
        [rho * theta.sin(), cone.rho0 - rho * theta.cos()]
    }

    #[test]
    fn conic_projections_keep_angles() {
        let cone = Cone::new(0.8, 0.2, (0.75, 0.9));
        check::value(project(&cone, 0.8, 0.2)[1], 0.0, 15);
        check::first(
            &[[0.85, 0.3], [0.6, -0.4]],
            |x| project(&cone, x[0], x[1]),
            |x| project::value_and_jacobian(&cone, x[0], x[1]),
        );
    }
}

mod haversine {
    use chainrule::differentiate;

    use crate::check;

    #[derive(Debug, Clone, Copy, chainrule::Differentiable)]
    struct Place {
        lat: f64,
        lon: f64,
        name: &'static str,
    }

    #[differentiate(wrt(from, to))]
    fn haversine(from: &Place, to: &Place) -> f64 {
        let dlat = (to.lat - from.lat).to_radians();
        let dlon = (to.lon - from.lon).to_radians();
        let a = (dlat / 2.0).sin().powi(2)
            + from.lat.to_radians().cos() * to.lat.to_radians().cos() * (dlon / 2.0).sin().powi(2);
        2.0 * 6371.0 * a.sqrt().asin()
    }

    #[test]
    fn great_circles_join_named_places() {
        let paris = Place {
            lat: 48.8566,
            lon: 2.3522,
            name: "Paris",
        };
        let london = Place {
            lat: 51.5074,
            lon: -0.1278,
            name: "London",
        };
        let distance = haversine(&paris, &london);
        assert!(
            (343.0..344.0).contains(&distance),
            "{distance} km from {} to {}",
            paris.name,
            london.name
        );
        let places = |x: &[f64]| {
            (
                Place {
                    lat: x[0],
                    lon: x[1],
                    ..paris
                },
                Place {
                    lat: x[2],
                    lon: x[3],
                    ..london
                },
            )
        };
        check::smooth(
            &[
                [48.8566, 2.3522, 51.5074, -0.1278],
                [-33.9, 151.2, 40.7, -74.0],
            ],
            |x| haversine(&places(x).0, &places(x).1),
            |x| {
                let (value, (from, to)) = haversine::value_and_gradient(&places(x).0, &places(x).1);
                (value, [from.lat, from.lon, to.lat, to.lon])
            },
            |x| haversine::hessian(&places(x).0, &places(x).1),
        );
    }
}

mod vincenty {
    use chainrule::differentiate;

    use crate::check;

    const A: f64 = 6_378_137.0;
    const F: f64 = 1.0 / 298.257_223_563;
    const B: f64 = A * (1.0 - F);

    #[derive(Debug, PartialEq)]
    enum GeodesicError {
        Antipodal { iterations: usize },
    }

    #[differentiate]
    fn vincenty(lat1: f64, lon1: f64, lat2: f64, lon2: f64) -> Result<f64, GeodesicError> {
        let u1 = ((1.0 - F) * lat1.tan()).atan();
        let u2 = ((1.0 - F) * lat2.tan()).atan();
        let (sin_u1, cos_u1) = u1.sin_cos();
        let (sin_u2, cos_u2) = u2.sin_cos();
        let l = lon2 - lon1;
        let mut lambda = l;
        for _ in 0..200 {
            let (sin_l, cos_l) = lambda.sin_cos();
            let sin_sigma = (cos_u2 * sin_l).hypot(cos_u1 * sin_u2 - sin_u1 * cos_u2 * cos_l);
            if sin_sigma == 0.0 {
                return Ok(0.0);
            }
            let cos_sigma = sin_u1 * sin_u2 + cos_u1 * cos_u2 * cos_l;
            let sigma = sin_sigma.atan2(cos_sigma);
            let sin_alpha = cos_u1 * cos_u2 * sin_l / sin_sigma;
            let cos2_alpha = 1.0 - sin_alpha.powi(2);
            let cos_2sm = if cos2_alpha != 0.0 {
                cos_sigma - 2.0 * sin_u1 * sin_u2 / cos2_alpha
            } else {
                0.0
            };
            let c = F / 16.0 * cos2_alpha * (4.0 + F * (4.0 - 3.0 * cos2_alpha));
            let previous = lambda;
            lambda = l
                + (1.0 - c)
                    * F
                    * sin_alpha
                    * (sigma
                        + c * sin_sigma
                            * (cos_2sm + c * cos_sigma * (2.0 * cos_2sm.powi(2) - 1.0)));
            if (lambda - previous).abs() < 1e-14 {
                let u_sq = cos2_alpha * (A * A - B * B) / (B * B);
                let a = 1.0
                    + u_sq / 16384.0 * (4096.0 + u_sq * (-768.0 + u_sq * (320.0 - 175.0 * u_sq)));
                let b = u_sq / 1024.0 * (256.0 + u_sq * (-128.0 + u_sq * (74.0 - 47.0 * u_sq)));
                let delta = b
                    * sin_sigma
                    * (cos_2sm
                        + b / 4.0
                            * (cos_sigma * (-1.0 + 2.0 * cos_2sm.powi(2))
                                - b / 6.0
                                    * cos_2sm
                                    * (-3.0 + 4.0 * sin_sigma.powi(2))
                                    * (-3.0 + 4.0 * cos_2sm.powi(2))));
                return Ok(B * a * (sigma - delta));
            }
        }
        Err(GeodesicError::Antipodal { iterations: 200 })
    }

    #[test]
    fn geodesics_on_the_ellipsoid_have_a_length_or_an_error() {
        // Flinders Peak to Buninyon, from the Australian survey.
        let radians = |d: f64, m: f64, s: f64| (d + m / 60.0 + s / 3600.0).to_radians();
        let peak = [
            -radians(37.0, 57.0, 3.72030),
            radians(144.0, 25.0, 29.52440),
        ];
        let buninyon = [
            -radians(37.0, 39.0, 10.15610),
            radians(143.0, 55.0, 35.38390),
        ];
        check::value(
            vincenty(peak[0], peak[1], buninyon[0], buninyon[1]).unwrap(),
            54_972.271,
            2,
        );
        check::first(
            &[[0.7, 0.1, -0.3, 1.5], [-0.66, 2.52, 0.2, 1.1]],
            |x| vincenty(x[0], x[1], x[2], x[3]).unwrap(),
            |x| vincenty::value_and_gradient(x[0], x[1], x[2], x[3]).unwrap(),
        );
    }
}

mod geodetic {
    use chainrule::differentiate;

    use crate::check;

    /// Earth-centred coordinates into the caller's array.
    #[differentiate]
    fn to_ecef(lat: f64, lon: f64, height: f64, out: &mut [f64; 3]) {
        const A: f64 = 6378.137;
        const E2: f64 = 6.694_379_990_14e-3;
        let n = A / (1.0 - E2 * lat.sin().powi(2)).sqrt();
        out[0] = (n + height) * lat.cos() * lon.cos();
        out[1] = (n + height) * lat.cos() * lon.sin();
        out[2] = (n * (1.0 - E2) + height) * lat.sin();
    }

    #[test]
    fn coordinates_go_into_an_array_of_the_caller() {
        let ecef = |x: &[f64]| {
            let mut out = [0.0; 3];
            to_ecef(x[0], x[1], x[2], &mut out);
            out
        };
        check::value(
            ecef(&[std::f64::consts::FRAC_PI_2, 0.0, 0.0])[2],
            6_356.752_314,
            5,
        );
        check::first(&[[0.8, 0.3, 1.5], [-0.4, 2.0, 400.0]], ecef, |x| {
            to_ecef::value_and_jacobian(x[0], x[1], x[2], &mut [0.0; 3])
        });
    }
}
