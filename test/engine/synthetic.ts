import {
  orthonormalRows,
  timesTransposed,
} from '../../src/algorithms/dense.js';
import type { TrainingSet } from '../../src/engine/training-set.js';
import { type Cube, unitGeometry } from '../../src/spectral/cube.js';
import { randomSource } from '../../src/spectral/random.js';

export const wasmAssets = '/node_modules/@tensorflow/tfjs-backend-wasm/dist/';

export const size = { width: 12, height: 10, bands: 40, endmembers: 3 };

/** R x L: one bell on a floor each. */
export function trueSpectra(): Float32Array {
  const { bands, endmembers } = size;
  return Float32Array.from({ length: endmembers * bands }, (_, i) => {
    const centre = 8 + 12 * Math.floor(i / bands);
    return 0.05 + Math.exp(-(((i % bands) - centre) ** 2) / 20);
  });
}

/** N x R: three regions that fade into each other, rows sum to one. */
export function trueShares(): Float32Array {
  const { width, height, endmembers } = size;
  const shares = new Float32Array(width * height * endmembers);
  for (let n = 0; n < width * height; n++) {
    const x = (n % width) / (width - 1);
    const y = Math.floor(n / width) / (height - 1);
    const raw = [(1 - x) ** 3, x ** 3, 4 * x * (1 - x) * y ** 2 + 0.02];
    const sum = raw.reduce((a, b) => a + b);
    raw.forEach((v, r) => (shares[n * endmembers + r] = v / sum));
  }
  return shares;
}

/** Shares times spectra, with a little noise; a band axis, so that nothing but the mixture is in it. */
export function tinyCube(noise = 1e-3): Cube {
  const { width, height, bands, endmembers } = size;
  const random = randomSource(7);
  const spectra = trueSpectra();
  const shares = trueShares();
  const data = new Float32Array(width * height * bands);
  for (let i = 0; i < data.length; i++) {
    const n = Math.floor(i / bands);
    for (let r = 0; r < endmembers; r++)
      data[i] += shares[n * endmembers + r] * spectra[r * bands + (i % bands)];
    data[i] += noise * random.normal();
  }
  return {
    name: 'tiny',
    width,
    height,
    axis: {
      values: Float64Array.from({ length: bands }, (_, b) => b + 1),
      unit: 'band',
      quantity: 'reflectance',
    },
    data,
    geometry: unitGeometry,
  };
}

/** Orthonormal rows over the bands that hold the weighted true spectra, and `more` random ones. */
function basisOf(weights: Float32Array, more: number): Float64Array {
  const { bands, endmembers } = size;
  const random = randomSource(3);
  const rows = Float64Array.from({ length: (endmembers + more) * bands }, () =>
    random.normal(),
  );
  trueSpectra().forEach((v, i) => (rows[i] = v * weights[i % bands]));
  return orthonormalRows(rows, endmembers + more, bands).rows;
}

/**
 * The same data for the published network twice: on all bands, and on coordinates in a basis that holds them exactly.
 * @param weights one factor a band
 * @param more directions beyond those of the data; `bands - endmembers` make the basis complete
 */
export function twoSpaces(
  weights: Float32Array,
  more = 0,
): { full: TrainingSet; subspace: TrainingSet; basis: Float64Array } {
  const { width, height, bands, endmembers } = size;
  const pixels = width * height;
  const { data } = tinyCube(0);
  const weighted = Float64Array.from(data, (v, i) => v * weights[i % bands]);
  const basis = basisOf(weights, more);
  const channels = basis.length / bands;
  const common = {
    width,
    height,
    endmembers,
    usable: new Uint8Array(pixels).fill(1),
    norms: Float32Array.from({ length: pixels }, (_, n) =>
      Math.hypot(...weighted.subarray(n * bands, (n + 1) * bands)),
    ),
  };
  return {
    basis,
    full: {
      ...common,
      channels: bands,
      inputs: data,
      model: { kind: 'spectra', bands, weights, basis: null },
    },
    subspace: {
      ...common,
      channels,
      inputs: Float32Array.from(
        timesTransposed(weighted, pixels, basis, channels, bands),
      ),
      model: {
        kind: 'spectra',
        bands,
        weights,
        basis: Float32Array.from(basis),
      },
    },
  };
}

/** Largest difference relative to the largest value. */
export function difference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let most = 0;
  let scale = 1e-30;
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    most = Math.max(most, Math.abs(a[i] - b[i]));
    scale = Math.max(scale, Math.abs(b[i]));
  }
  return most / scale;
}

/** Workers that are started from now on, until `restore` is called. */
export function workersOf(): {
  readonly made: readonly Worker[];
  readonly restore: () => void;
} {
  const made: Worker[] = [];
  const Usual = globalThis.Worker;
  globalThis.Worker = class extends Usual {
    constructor(...given: ConstructorParameters<typeof Worker>) {
      super(...given);
      made.push(this);
    }
  };
  return {
    made,
    restore: () => {
      globalThis.Worker = Usual;
    },
  };
}
