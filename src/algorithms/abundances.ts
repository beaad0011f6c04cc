/**
 * Non-negative weights of endmembers, from normal equations: least |x - Σ g_r s_r|² depends on the spectra only
 * through their products with each other (gram) and with the pixel (target).
 */

/** Solves the R x R Cholesky system on the passive set; false when it is singular. */
function solvePassive(
  gram: Float64Array,
  order: number,
  passive: Int32Array,
  size: number,
  factor: Float64Array,
  right: Float64Array,
): boolean {
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      let sum = gram[passive[i] * order + passive[j]];
      for (let k = 0; k < j; k++)
        sum -= factor[i * order + k] * factor[j * order + k];
      if (i === j) {
        if (!(sum > 1e-14 * gram[passive[i] * order + passive[i]]))
          return false;
        factor[i * order + i] = Math.sqrt(sum);
      } else factor[i * order + j] = sum / factor[j * order + j];
    }
  for (let i = 0; i < size; i++) {
    let sum = right[i];
    for (let k = 0; k < i; k++) sum -= factor[i * order + k] * right[k];
    right[i] = sum / factor[i * order + i];
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = right[i];
    for (let k = i + 1; k < size; k++) sum -= factor[k * order + i] * right[k];
    right[i] = sum / factor[i * order + i];
  }
  return true;
}

/**
 * A solver with its scratch space, to be called pixel after pixel: active sets of Lawson & Hanson (1974) on normal
 * equations (Bro & de Jong 1997). With `sumToOne` the weights are held to the simplex by a Lagrange multiplier (FCLS,
 * Heinz & Chang 2001, exactly instead of by a heavy row).
 * @param gram R x R products of the endmembers with each other
 */
export function weightSolver(
  gram: Float64Array,
  order: number,
  sumToOne = false,
): (target: Float64Array, weights: Float64Array) => void {
  const factor = new Float64Array(order * order);
  const passive = new Int32Array(order);
  const trial = new Float64Array(order);
  const ones = new Float64Array(order);
  const slope = new Float64Array(order);
  const isPassive = new Uint8Array(order);
  let multiplier = 0;
  let size = 0;

  const solve = (target: Float64Array): boolean => {
    size = 0;
    for (let r = 0; r < order; r++) if (isPassive[r]) passive[size++] = r;
    for (let i = 0; i < size; i++) trial[i] = target[passive[i]];
    if (!solvePassive(gram, order, passive, size, factor, trial)) return false;
    if (sumToOne) {
      ones.fill(1, 0, size);
      solvePassive(gram, order, passive, size, factor, ones);
      let sum = 0;
      let unit = 0;
      for (let i = 0; i < size; i++) {
        sum += trial[i];
        unit += ones[i];
      }
      multiplier = (sum - 1) / unit;
      for (let i = 0; i < size; i++) trial[i] -= multiplier * ones[i];
    }
    return true;
  };

  return (target, weights) => {
    weights.fill(0);
    isPassive.fill(0);
    multiplier = 0;
    let scale = 0;
    for (let r = 0; r < order; r++)
      scale = Math.max(scale, Math.abs(target[r]));
    const tolerance = 1e-10 * scale;
    if (sumToOne) {
      // The best single endmember is a feasible start.
      let start = 0;
      let least = Infinity;
      for (let r = 0; r < order; r++) {
        const cost = gram[r * order + r] / 2 - target[r];
        if (cost < least) {
          least = cost;
          start = r;
        }
      }
      isPassive[start] = 1;
      weights[start] = 1;
      multiplier = target[start] - gram[start * order + start];
    }
    for (let round = 0; round < 3 * order; round++) {
      let enter = -1;
      let steepest = tolerance;
      for (let r = 0; r < order; r++) {
        let sum = target[r] - multiplier;
        for (let q = 0; q < order; q++) sum -= gram[r * order + q] * weights[q];
        slope[r] = sum;
        if (!isPassive[r] && sum > steepest) {
          steepest = sum;
          enter = r;
        }
      }
      if (enter < 0) break;
      isPassive[enter] = 1;
      if (!solve(target)) {
        isPassive[enter] = 0;
        break;
      }
      // Steps back to the border as often as a weight would turn negative.
      for (;;) {
        let step = 1;
        let blocking = -1;
        for (let i = 0; i < size; i++)
          if (trial[i] <= 0) {
            const now = weights[passive[i]];
            const reach = now / (now - trial[i]) || 0;
            if (reach < step) {
              step = reach;
              blocking = passive[i];
            }
          }
        if (blocking < 0) break;
        for (let i = 0; i < size; i++)
          weights[passive[i]] += step * (trial[i] - weights[passive[i]]);
        weights[blocking] = 0;
        isPassive[blocking] = 0;
        if (!solve(target)) break;
      }
      for (let i = 0; i < size; i++)
        weights[passive[i]] = Math.max(0, trial[i]);
    }
  };
}
