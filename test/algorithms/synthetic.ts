import type { AxisUnit } from '../../src/spectral/axis.js';
import { unitGeometry, type Cube } from '../../src/spectral/cube.js';
import { randomSource } from '../../src/spectral/random.js';

/** A small image with exact truth, made by the model of Unmixing: x = gain · Σ a s + baseline + gas + noise. */
export interface Scene {
  readonly cube: Cube;
  /** R spectra of unit maximum. */
  readonly spectra: Float64Array[];
  /** Pixels x R, rows sum to one. */
  readonly shares: Float64Array;
}

export interface SceneOptions {
  readonly width?: number;
  readonly height?: number;
  readonly bands?: number;
  readonly unit?: AxisUnit;
  readonly noise?: number;
  readonly baseline?: number;
  readonly gas?: number;
  /** Height of a wave of 290 cm-1 whose phase differs from place to place. */
  readonly fringe?: number;
  /** v of spectra that vary over the image as s (1 + v u), u from -1 to 1 along the bands. */
  readonly tilt?: number;
  readonly seed?: number;
}

const peaks = [
  [1030, 1420],
  [1240, 1740, 2920],
  [1100, 1650],
  [900, 1535, 3290],
];

export function wavenumbers(bands: number): Float64Array {
  return Float64Array.from(
    { length: bands },
    (_, b) => 3800 - (2900 * b) / (bands - 1),
  );
}

/** Three or four materials in diagonal stripes with soft borders. */
export function scene(
  materials: number,
  {
    width = 24,
    height = 20,
    bands = 200,
    unit = 'cm-1',
    noise = 1e-3,
    baseline = 0,
    gas = 0,
    fringe = 0,
    tilt = 0,
    seed = 5,
  }: SceneOptions = {},
): Scene {
  const random = randomSource(seed);
  const values = wavenumbers(bands);
  const spectra = peaks.slice(0, materials).map((centres) => {
    const spectrum = values.map((v) =>
      centres.reduce(
        (sum, c, i) => sum + 1 / (1 + i) / (1 + ((v - c) / 40) ** 2),
        0,
      ),
    );
    const top = Math.max(...spectrum);
    return spectrum.map((v) => v / top);
  });
  const pixels = width * height;
  const shares = new Float64Array(pixels * materials);
  const data = new Float32Array(pixels * bands);
  const lines = values.map((v, b) =>
    v > 1350 && v < 1900 ? Math.sin(b * 1.9) ** 2 * Math.sin(b * 0.37) : 0,
  );
  for (let n = 0; n < pixels; n++) {
    const x = n % width;
    const y = Math.floor(n / width);
    let sum = 0;
    for (let r = 0; r < materials; r++) {
      const angle = (x + 2 * y) / 7 - (2 * Math.PI * r) / materials;
      shares[n * materials + r] = Math.exp(4 * Math.cos(angle)) - 0.018;
      shares[n * materials + r] = Math.max(0, shares[n * materials + r] - 0.5);
      sum += shares[n * materials + r];
    }
    const gain = 0.5 + 0.1 * Math.sin(x / 9);
    const slope = baseline * Math.cos(y / 8 + x / 20);
    const moist = gas * (1 + Math.sin(x / 11));
    for (let r = 0; r < materials; r++) shares[n * materials + r] /= sum;
    for (let b = 0; b < bands; b++) {
      const t = b / (bands - 1);
      let value =
        slope * (0.4 + t) +
        moist * lines[b] +
        fringe * Math.sin((2 * Math.PI * values[b]) / 290 + x / 4 + y / 9) +
        noise * random.normal();
      for (let r = 0; r < materials; r++)
        value +=
          gain *
          shares[n * materials + r] *
          spectra[r][b] *
          (1 + tilt * Math.sin(x / 5 + ((1 + r) * y) / 4) * (2 * t - 1));
      data[n * bands + b] = value;
    }
  }
  return {
    cube: {
      name: 'scene',
      width,
      height,
      axis: { values, unit, quantity: 'absorbance' },
      data,
      geometry: unitGeometry,
    },
    spectra,
    shares,
  };
}

/** A cube from pixels given one by one. */
export function cubeOf(
  spectra: readonly (readonly number[])[],
  width = spectra.length,
  unit: AxisUnit = 'nm',
): Cube {
  const bands = spectra[0].length;
  return {
    name: 'cube',
    width,
    height: spectra.length / width,
    axis: {
      values: Float64Array.from({ length: bands }, (_, b) => 400 + b),
      unit,
      quantity: 'reflectance',
    },
    data: Float32Array.from(spectra.flat()),
    geometry: unitGeometry,
  };
}
