import * as tf from '@tensorflow/tfjs-core';
import { readBack } from './device.js';

const decay1 = 0.9;
const decay2 = 0.999;
const epsilon = 1e-8;

/** The optimiser's memory as plain arrays: steps done, then first and second moments of each variable. */
export interface AdamState {
  readonly steps: number;
  readonly first: readonly Float32Array[];
  readonly second: readonly Float32Array[];
}

/** Adam (Kingma & Ba 2015) whose state can be taken out and put back, so that training can go on later. */
export class Adam {
  #steps: number;
  readonly #first: tf.Variable[];
  readonly #second: tf.Variable[];

  constructor(
    readonly variables: readonly tf.Variable[],
    readonly learningRate: number,
    state: AdamState | null = null,
  ) {
    this.#steps = state?.steps ?? 0;
    const moments = (from?: readonly Float32Array[]): tf.Variable[] =>
      variables.map((variable, i) =>
        tf.tidy(() =>
          tf.variable(
            from ? tf.tensor(from[i], variable.shape) : tf.zerosLike(variable),
            false,
          ),
        ),
      );
    this.#first = moments(state?.first);
    this.#second = moments(state?.second);
  }

  /** Changes the variables along their gradients, by name. */
  apply(gradients: tf.NamedTensorMap): void {
    const t = ++this.#steps;
    const correction = Math.sqrt(1 - decay2 ** t);
    const step = (this.learningRate * correction) / (1 - decay1 ** t);
    tf.tidy(() => {
      this.variables.forEach((variable, i) => {
        const gradient = gradients[variable.name];
        const first = this.#first[i];
        const second = this.#second[i];
        first.assign(
          tf.add(tf.mul(first, decay1), tf.mul(gradient, 1 - decay1)),
        );
        second.assign(
          tf.add(
            tf.mul(second, decay2),
            tf.mul(tf.square(gradient), 1 - decay2),
          ),
        );
        const scale = tf.add(tf.sqrt(second), epsilon * correction);
        variable.assign(tf.sub(variable, tf.mul(tf.div(first, scale), step)));
      });
    });
  }

  async read(): Promise<AdamState> {
    const all = (moments: tf.Variable[]): Promise<Float32Array[]> =>
      Promise.all(moments.map(readBack));
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
