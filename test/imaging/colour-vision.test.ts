import { expect } from '@open-wc/testing';
import { endmemberFill, parseHex } from '../../src/imaging/colour.js';

/**
 * Whole loss of one kind of cone: matrices of linear sRGB at severity 1 in Machado, Oliveira & Fernandes 2009, "A
 * physiologically-based model for simulation of color vision deficiency" (IEEE TVCG 15), row by row.
 */
const deficiencies = {
  protan: [
    0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882,
    -0.048116, 1.051998,
  ],
  deutan: [
    0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182,
    0.04294, 0.968881,
  ],
  tritan: [
    1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733,
    0.691367, 0.3039,
  ],
  none: [1, 0, 0, 0, 1, 0, 0, 0, 1],
} as const;

const linear = (hex: string): number[] =>
  parseHex(hex).map((level) => {
    const c = level / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });

const times = (matrix: readonly number[], v: readonly number[]): number[] =>
  [0, 1, 2].map(
    (row) =>
      matrix[3 * row] * v[0] +
      matrix[3 * row + 1] * v[1] +
      matrix[3 * row + 2] * v[2],
  );

/** Linear sRGB to OKLab (Ottosson 2020). */
const oklab = (rgb: readonly number[]): number[] =>
  times(
    [
      0.2104542553, 0.793617785, -0.0040720468, 1.9779984951, -2.428592205,
      0.4505937099, 0.0259040371, 0.7827717662, -0.808675766,
    ],
    times(
      [
        0.4122214708, 0.5363325363, 0.0514459929, 0.2119034982, 0.6806995451,
        0.1073969566, 0.0883024619, 0.2817188376, 0.6299787005,
      ],
      rgb,
    ).map(Math.cbrt),
  );

/** Least distance of two colours of a palette, as an eye with a deficiency sees them: OKLab x 100. */
function nearest(
  palette: readonly string[],
  deficiency: keyof typeof deficiencies,
): number {
  const seen = palette.map((hex) =>
    oklab(
      times(deficiencies[deficiency], linear(hex)).map((c) =>
        Math.min(1, Math.max(0, c)),
      ),
    ),
  );
  const distances = seen.flatMap((a, i) =>
    seen
      .slice(0, i)
      .map((b) => Math.hypot(...a.map((value, k) => value - b[k]))),
  );
  return 100 * Math.min(...distances);
}

describe('the eight fills, as eyes without one kind of cone see them', () => {
  const fills = [0, 1, 2, 3, 4, 5, 6, 7].map(endmemberFill);

  it('are as far apart as colour.ts says', () => {
    const measured = (['protan', 'deutan', 'tritan'] as const).map((one) =>
      nearest(fills, one),
    );
    [10.5, 10.5, 7.2].forEach((wanted, i) =>
      expect(measured[i]).to.be.closeTo(wanted, 0.05),
    );
    expect(nearest(fills, 'none')).to.be.at.least(16);
  });

  it('are never as near as those of Okabe and Ito, whose black is a grey here as it cannot be seen on dark, are at worst', () => {
    const okabeIto = [
      '#E69F00',
      '#56B4E9',
      '#009E73',
      '#F0E442',
      '#0072B2',
      '#D55E00',
      '#CC79A7',
      '#999999',
    ];
    const worst = (palette: readonly string[]): number =>
      Math.min(
        ...(['protan', 'deutan', 'tritan'] as const).map((one) =>
          nearest(palette, one),
        ),
      );
    expect(worst(fills)).to.be.above(3 * worst(okabeIto));
  });
});
