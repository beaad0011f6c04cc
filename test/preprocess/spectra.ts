import type { AxisUnit, Quantity } from '../../src/spectral/axis.js';
import { type Cube, unitGeometry } from '../../src/spectral/cube.js';
import { applyChain } from '../../src/preprocess/chain.js';
import type { Step } from '../../src/preprocess/steps.js';

interface Made {
  readonly width?: number;
  readonly positions?: ArrayLike<number>;
  readonly unit?: AxisUnit;
  readonly quantity?: Quantity | null;
  readonly mask?: readonly number[];
}

/** A cube of the given spectra, pixel by pixel; positions 0, 1, 2 … */
export function cubeFrom(
  spectra: readonly ArrayLike<number>[],
  {
    width = spectra.length,
    positions,
    unit = 'cm-1',
    quantity = 'absorbance',
    mask,
  }: Made = {},
): Cube {
  const bands = spectra[0].length;
  const data = new Float32Array(spectra.length * bands);
  spectra.forEach((spectrum, n) => data.set(spectrum, n * bands));
  return {
    name: 'made',
    width,
    height: spectra.length / width,
    axis: {
      values: Float64Array.from(positions ?? spectra[0], (value, b) =>
        positions ? value : b,
      ),
      unit,
      quantity,
    },
    data,
    geometry: unitGeometry,
    ...(mask && { mask: Uint8Array.from(mask) }),
  };
}

/** One spectrum after a chain, as plain numbers. */
export async function corrected(
  spectrum: ArrayLike<number>,
  step: Step,
  made: Made = {},
): Promise<number[]> {
  const { cube } = await applyChain(cubeFrom([spectrum], made), [step]);
  return [...cube.data];
}

export const line = (n: number, f: (b: number) => number): number[] =>
  Array.from({ length: n }, (_, b) => f(b));

/** Two bands on a rising line with a ripple: what the reference values of numpy and scipy were computed from. */
export const bumpy = line(
  15,
  (i) =>
    0.2 +
    0.03 * i +
    Math.exp(-(((i - 6) / 1.5) ** 2)) +
    0.5 * Math.exp(-((i - 11) ** 2)) +
    0.02 * Math.sin(3 * i),
);
