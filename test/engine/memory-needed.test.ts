import { expect } from '@open-wc/testing';
import {
  checkMemory,
  memoryNeeded,
  memoryThere,
} from '../../src/engine/memory-needed.js';
import {
  type Preset,
  presets,
  resolveOptions,
} from '../../src/engine/options.js';
import { unmix } from '../../src/engine/run.js';
import { size, tinyCube } from './synthetic.js';

const big = { width: 512, height: 512, bands: 1500 };
const cubeBytes = 4 * 512 * 512 * 1500;
const optionsOf = (preset: Preset, network = {}) =>
  resolveOptions({ endmembers: 5, preset, network });

const refusal = (check: () => void): string => {
  try {
    check();
  } catch (error) {
    return String(error);
  }
  return '';
};

describe('memory that a run needs', () => {
  it('is less than half the image for every preset, and more than three times the image on all bands', () => {
    for (const preset of presets)
      expect(memoryNeeded(big, optionsOf(preset)), preset).to.be.below(
        cubeBytes / 2,
      );
    const published = memoryNeeded(big, optionsOf('pande2026'));
    const full = memoryNeeded(big, optionsOf('pande2026', { space: 'full' }));
    expect(full - published).to.be.within(3 * cubeBytes, 5 * cubeBytes);
  });

  it('covers what runs were measured to take in Node, and not three times as much', () => {
    // Most resident memory beyond that before the run, R = 5, Node 20.20, wasm, 2026-11-26.
    const measured = [
      ['auto', 256, 256, 200, 94e6],
      ['auto', 96, 96, 1500, 56e6],
      ['network', 96, 64, 1504, 57e6],
      ['network', 320, 64, 1504, 95e6],
      ['pande2026', 96, 64, 1504, 65e6],
      ['pande2026', 320, 64, 1504, 88e6],
      ['cnnaeu', 96, 64, 1504, 249e6],
      ['cnnaeu', 320, 64, 1504, 292e6],
    ] as const;
    for (const [preset, width, height, bands, bytes] of measured)
      expect(
        memoryNeeded({ width, height, bands }, optionsOf(preset)) / bytes,
        preset,
      ).to.be.within(1, 3);
  });

  it('is taken when it is there to the byte, and refused when one is missing', () => {
    const options = optionsOf('auto');
    const needed = memoryNeeded(big, options);
    expect(refusal(() => checkMemory(big, options, needed))).to.equal('');
    expect(refusal(() => checkMemory(big, options, needed - 1))).not.to.equal(
      '',
    );
    expect(refusal(() => checkMemory(big, options, null))).to.equal('');
  });

  it('tells what is needed, what is there, and the least that helps', () => {
    const options = optionsOf('pande2026');
    expect(refusal(() => checkMemory(big, options, 4e8))).to.match(
      /^UnmixingError: Unmixing 512 x 512 pixels of 1500 bands with the preset pande2026 needs about [\d.]+ GB beyond the image, 0\.40 GB are there \(crop the image, bin its pixels by 2, take the preset auto, or close other programs\)\.$/,
    );
  });

  it('refuses a run before anything is computed', async () => {
    const stages: string[] = [];
    const error: unknown = await unmix(
      tinyCube(),
      { endmembers: size.endmembers },
      { onProgress: ({ stage }) => stages.push(stage) },
      { memory: 1e6 },
    ).catch((caught: unknown) => caught);
    expect(String(error)).to.contain('0.0010 GB are there');
    expect(stages).to.eql([]);
  });

  it('is found out where the machine tells, less what is held', () => {
    const there = memoryThere(0);
    if (there === null) return;
    expect(there).to.be.above(0);
    expect(memoryThere(1000)).to.equal(there - 1000);
  });
});
