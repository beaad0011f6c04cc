/** Writes into `z` the curve of least Σ w (y - z)² + λ Σ (Δ²z)²; all of one value a band. */
export type Smoother = (
  y: Float64Array,
  w: Float64Array,
  z: Float64Array,
) => void;

/**
 * Whittaker smoother with second differences (Eilers 2003): solves (W + λ DᵀD) z = W y by an LDLᵀ factorisation of
 * the five diagonals, in time that grows with the number of bands alone.
 * @param smoothness λ
 */
export function whittaker(bands: number, smoothness: number): Smoother {
  // The diagonals of λ DᵀD: each row (1, -2, 1) of D adds its square.
  const a = new Float64Array(bands);
  const b = new Float64Array(bands);
  const c = new Float64Array(bands);
  for (let i = 0; i + 2 < bands; i++) {
    a[i] += smoothness;
    a[i + 1] += 4 * smoothness;
    a[i + 2] += smoothness;
    b[i] -= 2 * smoothness;
    b[i + 1] -= 2 * smoothness;
    c[i] += smoothness;
  }
  // Row i of Lᵀ is (1, e, f).
  const e = new Float64Array(bands);
  const f = new Float64Array(bands);
  return (y, w, z) => {
    let e1 = 0; // e, f, d and z of the last row and of the one before
    let f1 = 0;
    let f2 = 0;
    let d1 = 0;
    let d2 = 0;
    let z1 = 0;
    let z2 = 0;
    for (let i = 0; i < bands; i++) {
      const d = a[i] + w[i] - e1 * e1 * d1 - f2 * f2 * d2;
      const zi = w[i] * y[i] - e1 * z1 - f2 * z2;
      const inverse = 1 / d;
      const ei = (b[i] - d1 * e1 * f1) * inverse;
      const fi = c[i] * inverse;
      e[i] = ei;
      f[i] = fi;
      z[i] = zi * inverse;
      e1 = ei;
      f2 = f1;
      f1 = fi;
      d2 = d1;
      d1 = d;
      z2 = z1;
      z1 = zi;
    }
    z1 = 0;
    z2 = 0;
    for (let i = bands - 1; i >= 0; i--) {
      const zi = z[i] - e[i] * z1 - f[i] * z2;
      z[i] = zi;
      z2 = z1;
      z1 = zi;
    }
  };
}
