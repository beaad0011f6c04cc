import * as tf from '@tensorflow/tfjs-core';
import { readBack } from './device.js';
import type { NetworkOptions } from './options.js';

const decay1 = 0.9;
const decay2 = 0.999;
const epsilon = 1e-8;
/** The usual constants of RMSprop. */
const rmsDecay = 0.9;
const rmsEpsilon = 1e-7;

/** The optimiser's memory as plain arrays: steps done, then decaying sums of the gradients (Adam's only) and of their squares for each variable. */
export interface OptimiserState {
  readonly steps: number;
  readonly first: readonly Float32Array[];
  readonly second: readonly Float32Array[];
}

/** Decaying sums of past gradients or their squares, one a variable. */
const moments = (
  variables: readonly tf.Variable[],
  from: readonly Float32Array[] | undefined,
): tf.Variable[] =>
  variables.map((variable, i) =>
    tf.tidy(() =>
      tf.variable(
        from ? tf.tensor(from[i], variable.shape) : tf.zerosLike(variable),
        false,
      ),
    ),
  );

/** A decaying sum, 1 / (1 - decay) times the average: that factor is cheaper where the sums are used. */
const accumulate = (sum: tf.Variable, now: tf.Tensor, decay: number): void => {
  sum.assign(tf.add(tf.mul(sum, decay), now));
};

/**
 * Adam (Kingma & Ba 2015) or RMSprop (Hinton 2012, without momentum), whose state can be taken out and put back, so that training can
 * go on later.
 */
export class Optimiser {
  #steps: number;
  readonly #first: tf.Variable[];
  readonly #second: tf.Variable[];

  constructor(
    readonly variables: readonly tf.Variable[],
    readonly kind: NetworkOptions['optimiser'],
    readonly learningRate: number,
    state: OptimiserState | null = null,
  ) {
    this.#steps = state?.steps ?? 0;
    this.#first = kind === 'adam' ? moments(variables, state?.first) : [];
    this.#second = moments(variables, state?.second);
  }

  /** Changes the variables along their gradients, by name. */
  apply(gradients: tf.NamedTensorMap): void {
    this.#steps++;
    tf.tidy(() => {
      this.variables.forEach((variable, i) => {
        const gradient = gradients[variable.name];
        const change =
          this.kind === 'adam'
            ? this.#adam(gradient, i)
            : this.#rmsprop(gradient, i);
        variable.assign(tf.sub(variable, change));
      });
    });
  }

  #adam(gradient: tf.Tensor, i: number): tf.Tensor {
    const t = this.#steps;
    const correction = Math.sqrt((1 - decay2 ** t) / (1 - decay2));
    const step =
      (this.learningRate * correction * (1 - decay1)) / (1 - decay1 ** t);
    accumulate(this.#first[i], gradient, decay1);
    accumulate(this.#second[i], tf.square(gradient), decay2);
    const scale = tf.add(tf.sqrt(this.#second[i]), epsilon * correction);
    return tf.mul(tf.div(this.#first[i], scale), step);
  }

  #rmsprop(gradient: tf.Tensor, i: number): tf.Tensor {
    accumulate(this.#second[i], tf.square(gradient), rmsDecay);
    const scale = tf.sqrt(tf.add(this.#second[i], rmsEpsilon / (1 - rmsDecay)));
    return tf.mul(
      tf.div(gradient, scale),
      this.learningRate / Math.sqrt(1 - rmsDecay),
    );
  }

  async read(): Promise<OptimiserState> {
    const all = (averages: tf.Variable[]): Promise<Float32Array[]> =>
      Promise.all(averages.map(readBack));
    return {
      steps: this.#steps,
      first: await all(this.#first),
      second: await all(this.#second),
    };
  }

  dispose(): void {
    tf.dispose([...this.#first, ...this.#second]);
  }
}
