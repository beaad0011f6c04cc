import { expect } from '@open-wc/testing';
import { keptRuns, runBefore } from '../../../src/elements/runs/kept.js';
import { bytesHeld } from '../../../src/elements/runs/memory.js';
import { runName } from '../../../src/elements/runs/run-name.js';
import { formatBytes, formatMoment } from '../../../src/elements/runs/words.js';
import type { KeptRun } from '../../../src/elements/state.js';
import { resolveOptions } from '../../../src/engine/options.js';
import type { UnmixRequest } from '../../../src/engine/options.js';
import type { Step } from '../../../src/preprocess/steps.js';
import { keptFixture } from './kept-fixture.js';

const { result } = keptFixture();

/** Runs named one after another. */
function named(
  ...asked: readonly (Partial<UnmixRequest> & {
    readonly epochs?: number;
    readonly stopped?: boolean;
    readonly steps?: readonly Step[];
  })[]
): string[] {
  const runs: KeptRun[] = [];
  for (const { epochs = 0, stopped = false, steps = [], ...request } of asked) {
    const report = {
      ...result.report,
      options: resolveOptions({ endmembers: 5, seed: 0, ...request }),
      epochs,
      stopped,
    };
    const name = runName({ report, steps }, runs);
    runs.push(keptFixture({ name, steps, result: { ...result, report } }));
  }
  return runs.map(({ name }) => name);
}

describe('names of runs', () => {
  it('tell preset and seed', () => {
    expect(
      named({}, { seed: 4 }, { preset: 'network', network: { epochs: 9 } }),
    ).to.eql(['Auto, seed 0', 'Auto, seed 4', 'Network, seed 0']);
  });

  it('tell what differs from a run of the same preset and seed, and nothing else', () => {
    expect(named({}, { endmembers: 4 }, { method: 'vca' })).to.eql([
      'Auto, seed 0',
      'Auto, seed 0, 4 endmembers',
      'Auto, seed 0, 5 endmembers, method VCA',
    ]);
    const snv: Step = { kind: 'snv', on: true };
    expect(
      named({}, { steps: [snv] }, { exclude: [[2280, 2400]] }, { runs: 3 }),
    ).to.eql([
      'Auto, seed 0',
      'Auto, seed 0, 1 correction',
      'Auto, seed 0, without 1 window, uncorrected',
      'Auto, seed 0, 3 runs, all bands, uncorrected',
    ]);
    expect(named({ epochs: 30 }, { epochs: 17, stopped: true })).to.eql([
      'Auto, seed 0',
      'Auto, seed 0, 17 epochs, stopped',
    ]);
  });

  it('are numbered where nothing differs, also from corrections that are off', () => {
    const off: Step = { kind: 'snv', on: false };
    expect(named({}, { steps: [off] }, {})).to.eql([
      'Auto, seed 0',
      'Auto, seed 0 (2)',
      'Auto, seed 0 (3)',
    ]);
  });
});

describe('runs that are kept', () => {
  const runs = [keptFixture({ id: 'a' }), keptFixture({ id: 'b' })];
  const [{ unmixing, colours }] = runs;
  const of = (more: object) => ({
    runs,
    shownRun: 'b',
    unmixing: runs[1].unmixing,
    colours: runs[1].colours,
    ...more,
  });

  it('have the names and colours of now where they are on show', () => {
    const renamed = { ...unmixing, names: ['Oil', ...unmixing.names.slice(1)] };
    const now = ['#000000', ...colours.slice(1)];
    const [first, second] = keptRuns(of({ unmixing: renamed, colours: now }));
    expect(first).to.equal(runs[0]);
    expect(second.unmixing).to.equal(renamed);
    expect(second.colours).to.eql(now);
  });

  it('are the same list while nothing changed, and when none is on show', () => {
    expect(keptRuns(of({}))).to.equal(runs);
    expect(keptRuns(of({ colours: [...colours, '#000000'] }))).to.equal(runs);
    expect(keptRuns(of({ shownRun: null, unmixing: null }))).to.equal(runs);
  });

  it('are followed by the one on show, else the last', () => {
    expect(runBefore(of({ shownRun: 'a' }))?.id).to.equal('a');
    expect(runBefore(of({ shownRun: null, unmixing: null }))?.id).to.equal('b');
    expect(runBefore(of({ runs: [] }))).to.equal(null);
  });

  it('hold what their arrays hold, and common ones once', () => {
    const {
      axis,
      endmembers,
      abundances,
      gain,
      mask,
      excludedBands,
      residual,
    } = unmixing;
    const bytes = [
      ...[axis.values, endmembers, abundances, gain, mask, excludedBands],
      ...[residual.rmseMap, residual.angleMap, residual.spectrum],
    ].reduce((sum, { byteLength }) => sum + byteLength, 0);
    expect(bytesHeld([runs[0]])).to.equal(bytes);
    expect(bytesHeld([runs[0], { ...runs[0], id: 'c' }])).to.equal(bytes);
  });
});

describe('words about runs', () => {
  it('tell the time of day, and the day when it is another', () => {
    const at = new Date(2026, 10, 26, 9, 5).getTime();
    expect(formatMoment(at, at + 3.6e6)).to.equal('9:05');
    expect(formatMoment(at, at + 24 * 3.6e6)).to.equal('26 Nov 9:05');
  });

  it('tell memory in megabytes', () => {
    expect(formatBytes(345678)).to.equal('0.3\u00a0MB');
    expect(formatBytes(1.23e9)).to.equal('1\u2009230\u00a0MB');
  });
});
