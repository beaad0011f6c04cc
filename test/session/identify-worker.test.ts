import { expect } from '@open-wc/testing';
import { IdentifyClient } from '../../src/session/identify-client.js';
import type { Search } from '../../src/session/identify-client.js';
import type { SpectralAxis } from '../../src/spectral/axis.js';
import type { Spectra } from '../../src/spectral/cube.js';
import { isUnmixingError } from '../../src/spectral/errors.js';

const bands = 200;
const axisOf = (unit: SpectralAxis['unit']): SpectralAxis => ({
  values: Float64Array.from({ length: bands }, (_, b) => 3000 - 10 * b),
  unit,
  quantity: 'absorbance',
});
const peak = (...centres: readonly number[]): number[] =>
  Array.from(axisOf('cm-1').values, (v) =>
    centres.reduce((sum, at) => sum + Math.exp(-(((v - at) / 40) ** 2)), 0),
  );
const shelf = (
  names: readonly string[],
  data: readonly number[],
  unit: SpectralAxis['unit'] = 'cm-1',
): Spectra => ({
  name: `${names.join()}.csv`,
  axis: axisOf(unit),
  names,
  data: Float32Array.from(data),
});
const search: Search = {
  libraries: [{ id: 'a', name: 'minerals' }],
  axis: axisOf('cm-1'),
  weights: new Float64Array(bands).fill(1),
  spectra: Float32Array.from([
    ...peak(1740, 2900).map((v) => 3 * v),
    ...peak(1400, 2500).map((v, b) => v + 0.5 * peak(1740, 2900)[b] + 0.2),
  ]),
  measure: 'derivative',
  most: 2,
  members: 3,
  penetration: false,
};
const forever = new AbortController().signal;

describe('search of libraries in its worker', () => {
  let client: IdentifyClient;
  beforeEach(() => {
    client = new IdentifyClient();
    client.hold('a', [
      shelf(['chalk', 'oil'], [...peak(1400, 2500), ...peak(1740, 2900)]),
      shelf(['numbered'], peak(1500), 'band'),
      shelf(['glue'], peak(1650)),
    ]);
  });
  afterEach(() => client.dispose());

  it('gives candidates of each spectrum under the name of the library, and says what could not be compared', async () => {
    const { found, references, skipped } = await client.search(search, {
      signal: forever,
    });
    expect(found.map(({ candidates }) => candidates[0].name)).to.deep.equal([
      'oil',
      'chalk',
    ]);
    expect(found[0].candidates).to.have.length(2);
    expect(found[0].candidates[0].source).to.equal('minerals');
    expect(references).to.equal(3);
    expect(skipped).to.have.length(1);
    expect(skipped[0]).to.contain('numbered.csv has positions in band');
  });

  it('draws the true reference onto the spectrum to 1e-5 of its height, and the sum of a mixture', async () => {
    const {
      found: [oil, both],
    } = await client.search(
      {
        ...search,
        spectra: search.spectra.map((v, i) => (i < bands ? v : v - 0.2)),
      },
      { signal: forever },
    );
    oil.lines[0].forEach((value, b) =>
      expect(value).to.be.closeTo(search.spectra[b], 3e-5),
    );
    expect(both.mixtures).to.have.length(1);
    both.sums[0].forEach((value, b) =>
      expect(value).to.be.closeTo(search.spectra[bands + b] - 0.2, 1e-4),
    );
  });

  it('leaves a line out where its reference has no values', async () => {
    client.hold('b', [
      {
        ...shelf(['short'], []),
        axis: {
          ...axisOf('cm-1'),
          values: axisOf('cm-1').values.slice(0, 150),
        },
        data: Float32Array.from(peak(1740, 2900).slice(0, 150)),
      },
    ]);
    const {
      found: [{ candidates, lines }],
    } = await client.search(
      { ...search, libraries: [{ id: 'b', name: 'b' }] },
      { signal: forever },
    );
    expect(candidates[0].range).to.deep.equal([3000, 1510]);
    expect(Array.from(lines[0], Number.isNaN)).to.deep.equal(
      Array.from({ length: bands }, (_, b) => b >= 150),
    );
  });

  it('ends when it is aborted while the library is prepared, and is there for the next search', async () => {
    const many = 4000;
    const one = peak(1650);
    const data = new Float32Array(many * bands);
    for (let n = 0; n < many; n++) data.set(one, n * bands);
    client.hold('many', [
      {
        name: 'many',
        axis: axisOf('cm-1'),
        names: Array.from({ length: many }, (_, n) => `copy ${n}`),
        data,
      },
    ]);
    const call = new AbortController();
    const fractions: number[] = [];
    const reason = new Error('no longer wanted');
    let thrown: unknown;
    try {
      await client.search(
        { ...search, libraries: [{ id: 'many', name: 'many' }] },
        {
          signal: call.signal,
          onProgress: (fraction) => {
            fractions.push(fraction);
            call.abort(reason);
          },
        },
      );
    } catch (error) {
      thrown = error;
    }
    expect(thrown).to.equal(reason);
    expect(fractions[0]).to.be.within(0, 1);
    const { found } = await client.search(search, { signal: forever });
    expect(found[0].candidates[0].name).to.equal('oil');
  });

  it('tells in a sentence where its worker is not to be had', async () => {
    const lost = new IdentifyClient('/nowhere/identify-worker.js');
    let thrown: unknown;
    try {
      await lost.search(search, { signal: forever });
    } catch (error) {
      thrown = error;
    }
    lost.dispose();
    expect(isUnmixingError(thrown) && thrown.message).to.contain(
      'identify-worker.js must lie beside the other parts',
    );
  });
});
