import { Matrix, solve } from 'ml-matrix';
import type { SpectralAxis } from '../spectral/axis.js';
import { UnmixingError } from '../spectral/errors.js';
import type { Correct } from './each-spectrum.js';
import type { StepOf } from './steps.js';

type Parameters = Omit<StepOf<'savitzky-golay'>, 'kind' | 'on'>;

/**
 * Savitzky & Golay 1964: each value becomes that of a polynomial, or of its derivative in the unit of the axis,
 * fitted to the window around it; at the ends to the first and the last full window.
 * The fit uses the true positions, so uneven and falling axes are as exact as even ones.
 */
export function savitzkyGolay(
  axis: SpectralAxis,
  parameters: Parameters,
): Correct {
  const { values } = axis;
  const { window } = parameters;
  const bands = values.length;
  if (window > bands)
    throw new UnmixingError(
      'input',
      `window is ${window} (want at most the ${bands} bands of the image)`,
    );
  const starts = Uint32Array.from(values, (_, b) =>
    Math.max(0, Math.min(bands - window, b - (window >> 1))),
  );
  const weights = new Float64Array(bands * window);
  values.forEach((at, b) => {
    const around = values.subarray(starts[b], starts[b] + window);
    weights.set(weightsAt(at, around, parameters), b * window);
  });
  const from = new Float64Array(bands);
  return (spectrum) => {
    from.set(spectrum);
    for (let b = 0; b < bands; b++) {
      const start = starts[b];
      let sum = 0;
      for (let k = 0; k < window; k++)
        sum += weights[b * window + k] * from[start + k];
      spectrum[b] = sum;
    }
    return true;
  };
}

/** What the values at `around` weigh in the derivative at `at` of the polynomial through them: V (VᵀV)⁻¹ e · d! / scaleᵈ. */
function weightsAt(
  at: number,
  around: Float64Array,
  { degree, derivative }: Parameters,
): Float64Array {
  const scale = Math.abs(around[around.length - 1] - around[0]) / 2;
  const powers = new Matrix(around.length, degree + 1);
  around.forEach((x, k) => {
    for (let p = 0; p <= degree; p++) powers.set(k, p, ((x - at) / scale) ** p);
  });
  const unit = Matrix.zeros(degree + 1, 1);
  unit.set(derivative, 0, (derivative === 2 ? 2 : 1) / scale ** derivative);
  const gram = powers.transpose().mmul(powers);
  return Float64Array.from(powers.mmul(solve(gram, unit)).to1DArray());
}
