import { expect } from '@open-wc/testing';
import { editResult } from '../../src/engine/edit.js';
import {
  type EndmemberChange,
  onRecord,
} from '../../src/engine/endmember-edits.js';
import { atOneHeight, fitEndmembers } from '../../src/engine/fit-endmembers.js';
import type { AbundanceRule, UnmixRequest } from '../../src/engine/options.js';
import { abundanceRules, resolveOptions } from '../../src/engine/options.js';
import { prepare } from '../../src/engine/prepare.js';
import type { UnmixResult } from '../../src/engine/protocol.js';
import { unmix } from '../../src/engine/run.js';
import type { Cube } from '../../src/spectral/cube.js';
import { spectralAngle } from '../../src/spectral/metrics.js';
import { keepPace } from '../../src/spectral/pace.js';
import { columnsInOrder } from '../../src/spectral/reorder.js';
import type { Unmixing } from '../../src/spectral/unmixing.js';
import { size, tinyCube, trueShares, trueSpectra } from './synthetic.js';

const { bands, endmembers: order } = size;

const ran = async (
  cube: Cube,
  request: Partial<UnmixRequest> = {},
): Promise<UnmixResult> =>
  (await unmix(cube, { endmembers: order, ...request })).result;

const done = async (
  cube: Cube,
  result: UnmixResult,
  change: EndmemberChange,
): Promise<UnmixResult> =>
  (await editResult(cube, result, onRecord(change, result.unmixing, 7))).result;

const farthest = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  expect(a.length).to.equal(b.length);
  let most = 0;
  for (let i = 0; i < a.length; i++)
    most = Math.max(most, Math.abs(a[i] - b[i]));
  return most;
};

const spectrum = ({ endmembers }: Unmixing, r: number): Float32Array =>
  endmembers.subarray(r * bands, (r + 1) * bands);

const refitted = async (
  cube: Cube,
  { unmixing, report }: UnmixResult,
  endmembers = unmixing.endmembers,
  names = unmixing.names,
): Promise<Unmixing> => {
  const options = resolveOptions(report.options);
  return fitEndmembers(
    await prepare(cube, options, {}),
    endmembers,
    names,
    keepPace(),
  );
};

describe('maps of given endmembers', () => {
  for (const abundances of abundanceRules)
    it(`are those of the run for its own endmembers, under the rule ${abundances}`, async () => {
      const cube = tinyCube();
      const result = await ran(cube, { abundances });
      const again = await refitted(cube, result);
      const { unmixing } = result;
      expect(farthest(again.endmembers, unmixing.endmembers)).to.equal(0);
      expect(farthest(again.abundances, unmixing.abundances)).to.be.below(1e-5);
      expect(farthest(again.gain, unmixing.gain)).to.be.below(1e-5);
      expect(again.residual.rmse).to.be.closeTo(unmixing.residual.rmse, 1e-7);
    });

  it('of the true spectra are the true shares', async () => {
    const cube = tinyCube(1e-5);
    const again = await refitted(cube, await ran(cube), trueSpectra());
    expect(farthest(again.abundances, trueShares())).to.be.below(1e-3);
  });

  it('are the same whatever the heights of the spectra that are given', async () => {
    const cube = tinyCube();
    const result = await ran(cube);
    const { endmembers, abundances } = result.unmixing;
    const tall = endmembers.map(
      (v, i) => v * (1 - 0.2 * Math.floor(i / bands)),
    );
    const again = await refitted(cube, result, tall);
    expect(farthest(again.abundances, abundances)).to.be.below(1e-4);
  });

  it('bring spectra to one height, and leave those that have it as they are', () => {
    const given = Float32Array.of(1, 4, 9, 2, 1, 0);
    const out = Uint8Array.of(0, 0, 1);
    expect([...atOneHeight(given, out)]).to.deep.equal([1, 4, 9, 4, 2, 0]);
    expect([...atOneHeight(given, out, 2)]).to.deep.equal([
      0.5, 2, 4.5, 2, 1, 0,
    ]);
  });
});

describe('editing endmembers', () => {
  let cube: Cube;
  let result: UnmixResult;
  before(async () => {
    cube = tinyCube();
    result = await ran(cube);
  });

  /** The result with its first endmember twice, as a run that found it twice would give it. */
  const doubled = (share: number): UnmixResult => {
    const { unmixing } = result;
    const { endmembers, abundances, names } = unmixing;
    const more = order + 1;
    return {
      ...result,
      unmixing: {
        ...unmixing,
        names: [...names, 'Endmember 4'],
        endmembers: Float32Array.from([
          ...endmembers,
          ...spectrum(unmixing, 0),
        ]),
        abundances: Float32Array.from(
          { length: (abundances.length / order) * more },
          (_, i) => {
            const [n, r] = [Math.floor(i / more), i % more];
            if (r === order) return (1 - share) * abundances[n * order];
            return (r === 0 ? share : 1) * abundances[n * order + r];
          },
        ),
      },
    };
  };

  it('merging two copies of one endmember gives the sum of their maps', async () => {
    for (const spectrumOf of ['mean', 'first', 'second'] as const) {
      const { unmixing } = await done(cube, doubled(0.3), {
        kind: 'merge',
        endmembers: [0, 3],
        spectrum: spectrumOf,
      });
      expect(unmixing.names).to.deep.equal(result.unmixing.names);
      expect(
        farthest(unmixing.abundances, result.unmixing.abundances),
      ).to.be.below(1e-5);
    }
  });

  it('merging takes the mean by area, in the place of the first', async () => {
    const { unmixing } = result;
    const areas = [0, 1, 2].map((r) =>
      unmixing.abundances
        .filter((_, i) => i % order === r)
        .reduce((sum, v) => sum + v, 0),
    );
    const merged = await done(cube, result, {
      kind: 'merge',
      endmembers: [2, 0],
      spectrum: 'mean',
    });
    const wanted = spectrum(unmixing, 2).map(
      (v, b) =>
        (areas[2] * v + areas[0] * spectrum(unmixing, 0)[b]) /
        (areas[2] + areas[0]),
    );
    expect(merged.unmixing.names).to.deep.equal(['Endmember 1', 'Endmember 2']);
    expect(
      farthest(spectrum(merged.unmixing, 0), spectrum(unmixing, 1)),
    ).to.equal(0);
    const angle = spectralAngle(wanted, spectrum(merged.unmixing, 1));
    expect(angle).to.be.below(1e-3);
  });

  it('splitting a mixture of two gives back both', async () => {
    // Two of the three true spectra as one: the split must find what a whole run finds.
    const merged = await done(cube, result, {
      kind: 'merge',
      endmembers: [0, 1],
      spectrum: 'mean',
    });
    const split = await done(cube, merged, {
      kind: 'split',
      endmember: 0,
      threshold: 0.5,
    });
    const { unmixing } = split;
    expect(unmixing.names).to.have.length(order);
    const truth = trueSpectra();
    const nearest = [0, 1, 2].map((t) =>
      Math.min(
        ...[0, 1, 2].map((r) =>
          spectralAngle(
            truth.subarray(t * bands, (t + 1) * bands),
            spectrum(unmixing, r),
          ),
        ),
      ),
    );
    expect(Math.max(...nearest)).to.be.below(0.1);
    expect(split.report.rmse).to.be.below(merged.report.rmse / 5);
  });

  it('refuses to split where too few pixels have most of it, and says so', async () => {
    const error = await done(cube, result, {
      kind: 'split',
      endmember: 0,
      threshold: 1,
    }).catch((caught: unknown) => String(caught));
    expect(error).to.include('too few to tell two spectra apart');
  });

  it('deleting one fits the rest as they are', async () => {
    const { unmixing, report } = await done(cube, result, {
      kind: 'delete',
      endmember: 1,
    });
    expect(unmixing.names).to.deep.equal(['Endmember 1', 'Endmember 2']);
    expect(
      farthest(spectrum(unmixing, 1), spectrum(result.unmixing, 2)),
    ).to.equal(0);
    for (let n = 0; n < unmixing.mask.length; n++)
      expect(
        unmixing.abundances[2 * n] + unmixing.abundances[2 * n + 1],
      ).to.be.closeTo(1, 1e-6);
    expect(report.rmse).to.be.above(result.report.rmse);
    expect(report.rmse).to.equal(unmixing.residual.rmse);
  });

  it('replacing one by its own spectrum at another height changes no map', async () => {
    const own = spectrum(result.unmixing, 1);
    const { unmixing } = await done(cube, result, {
      kind: 'replace',
      endmember: 1,
      spectrum: {
        name: 'Quartz',
        positions: Array.from(cube.axis.values).reverse(),
        values: Array.from(own, (v) => 3 * v).reverse(),
      },
      from: 'from quartz.csv',
    });
    expect(unmixing.names).to.deep.equal([
      'Endmember 1',
      'Quartz',
      'Endmember 3',
    ]);
    expect(
      farthest(unmixing.abundances, result.unmixing.abundances),
    ).to.be.below(1e-5);
  });

  it('refuses a spectrum that misses bands that count', async () => {
    const error = await done(cube, result, {
      kind: 'replace',
      endmember: 1,
      spectrum: { name: 'Short', positions: [1, 20], values: [1, 2] },
      from: 'from short.csv',
    }).catch((caught: unknown) => String(caught));
    expect(error).to.include('invalid spectrum "Short": no values from 21');
  });

  it('flipping twice gives the spectrum and the maps back', async () => {
    const once = await done(cube, result, { kind: 'flip', endmember: 0 });
    const low = Math.min(...spectrum(result.unmixing, 0));
    const high = Math.max(...spectrum(result.unmixing, 0));
    expect(
      farthest(
        spectrum(once.unmixing, 0),
        spectrum(result.unmixing, 0).map((v) => low + high - v),
      ),
    ).to.be.below(1e-6);
    const twice = await done(cube, once, { kind: 'flip', endmember: 0 });
    expect(
      farthest(twice.unmixing.abundances, result.unmixing.abundances),
    ).to.be.below(1e-5);
  });

  it('another order moves spectra, maps and names together, without a fit', async () => {
    const given = {
      ...result,
      unmixing: {
        ...result.unmixing,
        names: ['Calcite', 'Endmember 2', 'Endmember 3'],
      },
    };
    const { unmixing } = await done(cube, given, {
      kind: 'reorder',
      order: [2, 0, 1],
    });
    expect(unmixing.names).to.deep.equal([
      'Endmember 1',
      'Calcite',
      'Endmember 3',
    ]);
    expect([...unmixing.abundances]).to.deep.equal([
      ...columnsInOrder(given.unmixing.abundances, [2, 0, 1]),
    ]);
    expect(unmixing.residual).to.equal(given.unmixing.residual);
  });

  it('puts each edit on record, and the given result stays as it is', async () => {
    const before = result.unmixing.abundances.slice();
    const one = await done(cube, result, { kind: 'delete', endmember: 2 });
    const two = await done(cube, one, {
      kind: 'rename',
      endmember: 0,
      name: 'Gypsum',
    });
    expect(two.report.edits).to.deep.equal([
      { kind: 'delete', endmember: 2, names: ['Endmember 3'], at: 7 },
      {
        kind: 'rename',
        endmember: 0,
        name: 'Gypsum',
        names: ['Endmember 1'],
        at: 7,
      },
    ]);
    expect(one.report.warnings.at(-1)).to.include('fitted anew');
    expect(two.resumable).to.equal(false);
    expect(result.report.edits).to.equal(undefined);
    expect(farthest(before, result.unmixing.abundances)).to.equal(0);
  });

  it('keeps two endmembers, and refuses places that are not there', async () => {
    const two = await done(cube, result, { kind: 'delete', endmember: 0 });
    const refused = async (of: UnmixResult, change: EndmemberChange) =>
      done(cube, of, change).catch((caught: unknown) => String(caught));
    expect(await refused(two, { kind: 'delete', endmember: 0 })).to.include(
      'At least 2 endmembers must stay.',
    );
    expect(await refused(result, { kind: 'flip', endmember: 3 })).to.include(
      'invalid endmember: 3 (want one of 3, from 0)',
    );
    expect(
      await refused(result, { kind: 'reorder', order: [0, 0, 1] }),
    ).to.include('each of the 3 endmembers once');
  });

  it('ends when it is aborted', async () => {
    const abort = new AbortController();
    abort.abort(new DOMException('enough', 'AbortError'));
    const edit = onRecord({ kind: 'delete', endmember: 0 }, result.unmixing, 1);
    const error = await editResult(cube, result, edit, {
      signal: abort.signal,
    }).catch((caught: unknown) => caught);
    expect(error).to.equal(abort.signal.reason);
  });

  it('keeps to the rule and the excluded bands of the run', async () => {
    const rule: AbundanceRule = 'fcls';
    const own = await ran(cube, { abundances: rule, exclude: [[10, 14]] });
    const { unmixing } = await done(cube, own, {
      kind: 'delete',
      endmember: 1,
    });
    expect([...unmixing.excludedBands]).to.deep.equal([
      ...own.unmixing.excludedBands,
    ]);
    expect(unmixing.gain.every((g) => g === 1)).to.equal(true);
  });
});
