import { expect } from '@open-wc/testing';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import {
  initialValues,
  shapesOf,
  trainedNames,
} from '../../src/engine/network-values.js';
import { networkDefaults } from '../../src/engine/options.js';
import { Trainer } from '../../src/engine/trainer.js';
import type { TrainingSet } from '../../src/engine/training-set.js';
import { randomSource } from '../../src/spectral/random.js';
import { spectralAngle } from '../../src/spectral/metrics.js';
import { difference, size, tinyCube, twoSpaces } from './synthetic.js';

const published = networkDefaults.pande2026;
const { width, height, bands, endmembers } = size;
const uneven = Float32Array.from({ length: bands }, (_, b) =>
  b % 7 === 0 ? 0.05 : 0.3 + 0.7 * Math.sin(b) ** 2,
);
const even = new Float32Array(bands).fill(1);

/** Loss and gradients of the first patches, by the names of the network. */
async function firstStep(
  set: TrainingSet,
  options = published,
): Promise<{ loss: number; gradients: Record<string, Float32Array> }> {
  const trainer = new Trainer(
    set,
    options,
    initialValues(set, options, randomSource(1)),
  );
  const byId = trainer.gradients(Uint32Array.of(0, 5, 9), randomSource(2));
  const gradients: Record<string, Float32Array> = {};
  for (const name of trainedNames)
    gradients[name] = Float32Array.from(
      byId[trainer.network[name].name].dataSync(),
    );
  tf.dispose(byId);
  const { loss } = await trainer.readLoss();
  trainer.dispose();
  return { loss, gradients };
}

/** Vᵀ diag(w) G: what a gradient on all bands is in the subspace, where x̃ = w∘x = V z. */
function seenFromSubspace(
  gradient: Float32Array,
  basis: Float64Array,
  weights: Float32Array,
): Float32Array {
  const columns = gradient.length / bands;
  const out = new Float32Array((basis.length / bands) * columns);
  return out.map((_, i) => {
    const k = Math.floor(i / columns);
    let sum = 0;
    for (let b = 0; b < bands; b++)
      sum +=
        basis[k * bands + b] *
        weights[b] *
        gradient[b * columns + (i % columns)];
    return sum;
  });
}

/** Losses of plain gradient descent, which does not care in which orthonormal coordinates it runs. */
async function descend(
  set: TrainingSet,
  decoder: number,
  constants = published,
  rate = 0.05,
): Promise<number[]> {
  const options = { ...constants, decoder };
  const trainer = new Trainer(
    set,
    options,
    initialValues(set, options, randomSource(1)),
  );
  const losses: number[] = [];
  for (let step = 0; step < 6; step++) {
    const gradients = trainer.gradients(
      Uint32Array.of(step, 20 + step).map(
        (patch) => patch % trainer.tiling.corners.length,
      ),
      randomSource(step),
    );
    tf.tidy(() => {
      for (const name of trainedNames) {
        const variable = trainer.network[name];
        variable.assign(
          tf.sub(variable, tf.mul(gradients[variable.name], rate)),
        );
      }
    });
    tf.dispose(gradients);
    losses.push((await trainer.readLoss()).loss);
  }
  trainer.dispose();
  return losses;
}

describe('network', () => {
  before(async () => {
    await tf.setBackend('cpu');
  });

  it('has the 1 026 382 parameters of Pande et al. 2026 at 1504 bands and 10 endmembers', () => {
    const { full } = twoSpaces(even);
    const shapes = shapesOf(
      {
        ...full,
        endmembers: 10,
        channels: 1504,
        model: {
          kind: 'spectra',
          bands: 1504,
          weights: new Float32Array(1504),
          basis: null,
        },
      },
      published,
    );
    const count = trainedNames.reduce(
      (sum, name) => sum + shapes[name][0] * shapes[name][1],
      0,
    );
    expect(count).to.equal(1026382);
  });

  it('measures the weighted spectral angle of Eq. 4, as computed pixel by pixel', async () => {
    const { full } = twoSpaces(uneven);
    const options = { ...published, decoder: 1 };
    const values = initialValues(full, options, randomSource(1));
    const trainer = new Trainer(full, options, values);
    const { abundances, angle } = await trainer.evaluate();
    trainer.dispose();
    const spectra = values.decoder.map((v) => Math.log1p(Math.exp(v)));
    let sum = 0;
    for (let n = 0; n < width * height; n++) {
      const modelled = new Float64Array(bands);
      for (let r = 0; r < endmembers; r++)
        for (let b = 0; b < bands; b++)
          modelled[b] +=
            abundances[n * endmembers + r] * spectra[r * bands + b];
      const measured = full.inputs.subarray(n * bands, (n + 1) * bands);
      sum += spectralAngle(measured, modelled, uneven);
    }
    expect(angle).to.be.closeTo(sum / (width * height), 1e-5);
  });

  it('gives abundances that are positive and sum to one', async () => {
    const { subspace } = twoSpaces(even);
    const trainer = new Trainer(
      subspace,
      published,
      initialValues(subspace, published, randomSource(1)),
    );
    const { abundances } = await trainer.evaluate();
    trainer.dispose();
    for (let n = 0; n < width * height; n++) {
      const row = abundances.subarray(n * endmembers, (n + 1) * endmembers);
      expect(Math.min(...row)).to.be.above(0);
      expect(row.reduce((a, b) => a + b)).to.be.closeTo(1, 1e-5);
    }
  });

  it('evaluates an image in strips as it does in others', async () => {
    // 170 rows of 100 pixels are strips of 40 rows, cut elsewhere than those of the rows from 60 on.
    const { data } = tinyCube();
    const evaluate = async (from: number): Promise<Float32Array> => {
      const rows = 170 - from;
      const set: TrainingSet = {
        ...twoSpaces(even).full,
        width: 100,
        height: rows,
        usable: new Uint8Array(100 * rows).fill(1),
        norms: new Float32Array(100 * rows).fill(1),
        inputs: Float32Array.from(
          { length: 100 * rows * bands },
          (_, i) => data[(from * 100 * bands + i) % data.length],
        ),
      };
      const options = { ...published, features: 4 };
      const values = initialValues(set, options, randomSource(1));
      const trainer = new Trainer(set, options, values);
      const { abundances } = await trainer.evaluate();
      trainer.dispose();
      return abundances;
    };
    const row = 100 * endmembers;
    const strips = (await evaluate(0)).subarray(65 * row);
    const once = (await evaluate(60)).subarray(5 * row);
    expect(strips).to.have.length(105 * row);
    expect(difference(strips, once)).to.be.below(1e-6);
  });

  it('has the same loss and gradients in a subspace that holds the data as on all bands, to 1e-4', async () => {
    const { full, subspace, basis } = twoSpaces(uneven);
    const options = { ...published, decoder: 1 };
    const a = await firstStep(full, options);
    const b = await firstStep(subspace, options);
    expect(b.loss).to.be.closeTo(a.loss, 1e-5);
    for (const name of trainedNames.slice(1))
      if (!name.startsWith('bias'))
        expect(
          difference(b.gradients[name], a.gradients[name]),
          name,
        ).to.be.below(1e-4);
    expect(
      difference(
        b.gradients.kernel1,
        seenFromSubspace(a.gradients.kernel1, basis, uneven),
      ),
      'kernel1',
    ).to.be.below(1e-4);
  });

  it('descends along the same losses in both spaces, to 1e-4', async () => {
    const { full, subspace } = twoSpaces(even);
    const a = await descend(full, 1);
    const b = await descend(subspace, 1);
    expect(a[5]).not.to.be.closeTo(a[0], 1e-3);
    expect(difference(b, a)).to.be.below(1e-4);
  });

  it('does so with a 5x5 decoder where the subspace is complete', async () => {
    const { full, subspace } = twoSpaces(even, bands - endmembers);
    expect(subspace.channels).to.equal(bands);
    expect(
      difference(await descend(subspace, 5), await descend(full, 5)),
    ).to.be.below(1e-4);
  });

  it('does so as cnnaeu, with an 11x11 decoder and patches of 40 on a smaller image', async () => {
    const { full, subspace } = twoSpaces(even, bands - endmembers);
    const constants = networkDefaults.cnnaeu;
    expect(constants).to.include({ decoder: 11, patch: 40 });
    const a = await descend(full, 11, constants, 50);
    expect(a[5]).not.to.be.closeTo(a[0], 1e-3);
    expect(
      difference(await descend(subspace, 11, constants, 50), a),
    ).to.be.below(1e-4);
  });

  for (const normalisation of ['before', 'after'] as const)
    it(`evaluates layers normalised ${normalisation} LeakyReLU as computed pixel by pixel`, async () => {
      const { full } = twoSpaces(even);
      const options = { ...networkDefaults.cnnaeu, normalisation, features: 4 };
      const random = randomSource(8);
      const uniform = (values: Float32Array) =>
        values.map(() => random.uniform() - 0.5);
      const drawn = initialValues(full, options, random);
      const values = {
        ...drawn,
        beta1: uniform(drawn.beta1),
        beta2: uniform(drawn.beta2),
        mean1: uniform(drawn.mean1),
        gamma1: uniform(drawn.gamma1),
      };
      const trainer = new Trainer(full, options, values);
      const { abundances } = await trainer.evaluate();
      trainer.dispose();
      const layer = (x: number, j: number, at: 1 | 2): number => {
        const leaky = (v: number) => (v > 0 ? v : 0.02 * v);
        const normal = (v: number) =>
          (values[`gamma${at}`][j] * (v - values[`mean${at}`][j])) /
            Math.sqrt(1 + 1e-5) +
          values[`beta${at}`][j];
        return normalisation === 'before' ? leaky(normal(x)) : normal(leaky(x));
      };
      for (const [x, y] of [
        [0, 0],
        [5, 4],
        [11, 9],
      ]) {
        const hidden = [0, 1, 2, 3].map((f) => {
          let sum = 0;
          for (let tap = 0; tap < 9; tap++) {
            // A convolution: the kernel is turned by half a turn.
            const [u, v] = [x + 1 - (tap % 3), y + 1 - Math.floor(tap / 3)];
            if (u < 0 || v < 0 || u >= width || v >= height) continue;
            for (let b = 0; b < bands; b++)
              sum +=
                full.inputs[(v * width + u) * bands + b] *
                values.kernel1[b * 36 + tap * 4 + f];
          }
          return layer(sum, f, 1);
        });
        const powers = [0, 1, 2].map((r) =>
          Math.exp(
            3 *
              layer(
                hidden.reduce(
                  (sum, h, f) => sum + h * values.kernel2[f * endmembers + r],
                  0,
                ),
                r,
                2,
              ),
          ),
        );
        const total = powers.reduce((a, b) => a + b);
        powers.forEach((v, r) =>
          expect(abundances[(y * width + x) * endmembers + r]).to.be.closeTo(
            v / total,
            1e-5,
          ),
        );
      }
    });
});
