import { expect } from '@open-wc/testing';
import {
  type NetworkOptions,
  type Preset,
  resolveOptions,
} from '../../src/engine/options.js';
import { prepare } from '../../src/engine/prepare.js';
import { publishedSet } from '../../src/engine/published.js';
import type {
  SpectraModel,
  TrainingSet,
} from '../../src/engine/training-set.js';
import { randomSource } from '../../src/spectral/random.js';
import { scene } from '../algorithms/synthetic.js';
import { size, tinyCube } from './synthetic.js';

const { bands, endmembers } = size;

async function setOf(
  preset: Preset,
  network: Partial<NetworkOptions> = {},
): Promise<TrainingSet & { readonly model: SpectraModel }> {
  const prepared = await prepare(
    tinyCube(),
    resolveOptions({ endmembers, preset, exclude: [[5, 7]], network }),
    {},
  );
  const set = await publishedSet(prepared, randomSource(1), {});
  if (set.model.kind !== 'spectra') throw new Error('no spectra');
  return { ...set, model: set.model };
}

describe('what a published network learns from', () => {
  it('is weighed by reliability or evenly in both presets, without the excluded bands', async () => {
    for (const preset of ['pande2026', 'cnnaeu'] as const) {
      const { model } = await setOf(preset, { bandWeights: 'even' });
      expect([...model.weights]).to.eql(
        Array.from({ length: bands }, (_, b) => (b >= 4 && b <= 6 ? 0 : 1)),
      );
      const { model: other } = await setOf(preset, {
        bandWeights: 'reliability',
      });
      const uneven = other.weights;
      expect(Math.min(...uneven.filter((w) => w > 0))).to.be.below(0.9);
      expect([...uneven.subarray(4, 7)]).to.eql([0, 0, 0]);
    }
  });

  it('is scaled band by band in pande2026 and as measured in cnnaeu', async () => {
    const { data } = tinyCube();
    const measured = await setOf('cnnaeu', { space: 'full' });
    const scaled = await setOf('pande2026', { space: 'full' });
    const column = (values: Float32Array) =>
      values.filter((_, i) => i % bands === 20);
    expect(column(measured.inputs)).to.eql(column(data));
    expect(Math.min(...column(scaled.inputs))).to.equal(0);
    expect(Math.max(...column(scaled.inputs))).to.be.closeTo(1, 1e-6);
  });

  it('keeps carbon dioxide unless the user leaves it out, in both presets', async () => {
    for (const preset of ['pande2026', 'cnnaeu'] as const) {
      const { excludedBands } = await prepare(
        scene(3).cube,
        resolveOptions({ endmembers: 3, preset }),
        {},
      );
      expect(excludedBands.some(Boolean)).to.equal(false);
    }
  });
});
