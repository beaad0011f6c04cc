import { expect } from '@open-wc/testing';
import { commonEnvelope, lowered } from '../../src/algorithms/offsets.js';

const bands = 300;
const position = (b: number) => (2 * b) / (bands - 1) - 1;
const terms = Float64Array.from({ length: 2 * bands }, (_, i) =>
  i < bands ? 1 : position(i - bands),
);
const band = (centre: number) =>
  Float64Array.from(
    { length: bands },
    (_, b) => 1 / (1 + ((b - centre) / 6) ** 2),
  );
const broad = Float64Array.from(
  { length: bands },
  (_, b) => 0.6 + 0.4 * position(b),
);
const truth = Float64Array.from([
  ...band(60),
  ...band(140),
  ...band(220),
  ...broad,
]);
const weights = new Float64Array(bands).fill(1);

/** Covariance of offsets: `shared` of what all have in common, `own` of each. */
const covariance = (shared: number, own: number) =>
  Float64Array.from({ length: 16 }, (_, i) => shared + (i % 5 === 0 ? own : 0));

function worst(found: Float64Array): number {
  return Math.max(...found.map((v, i) => Math.abs(v - truth[i])));
}

describe('commonEnvelope', () => {
  it('takes away an offset that all spectra share, and leaves a broad spectrum its own', () => {
    const lifted = truth.map((v, i) => v + 0.3 - 0.2 * position(i % bands));
    const loose = covariance(1, 1e-7);
    const offsets = commonEnvelope(lifted, 4, terms, [loose, loose], weights);
    const left = lowered(lifted, terms, offsets, 2, bands);
    expect(worst(left)).to.be.below(0.05);
  });

  it('lowers each spectrum by itself where its own offset is open', () => {
    const lifted = truth
      .slice(0, 3 * bands)
      .map((v, i) => v + [0.1, -0.2, 0.4][Math.floor(i / bands)]);
    const open = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
    const offsets = commonEnvelope(lifted, 3, terms, [open, open], weights);
    const left = lowered(lifted, terms, offsets, 2, bands);
    left.forEach((v, i) => expect(v).to.be.closeTo(truth[i], 0.03));
  });

  it('moves nothing where all offsets are known', () => {
    const closed = covariance(1e-12, 1e-12);
    const lifted = truth.map((v) => v + 0.3);
    const offsets = commonEnvelope(lifted, 4, terms, [closed, closed], weights);
    offsets.forEach((v) => expect(Math.abs(v)).to.be.below(1e-5));
  });

  it('does not see bands that do not count', () => {
    const lifted = truth.map((v) => v + 0.3);
    for (let r = 0; r < 4; r++) lifted.fill(-50, r * bands, r * bands + 20);
    const some = weights.map((v, b) => (b < 20 ? 0 : v));
    const loose = covariance(1, 1e-7);
    const offsets = commonEnvelope(lifted, 4, terms, [loose, loose], some);
    expect(offsets[0]).to.be.closeTo(0.3, 0.03);
  });
});
