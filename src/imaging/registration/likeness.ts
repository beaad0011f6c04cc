import { type Affine, compose, invert } from '../affine.js';
import type { Grid } from './auto-frame.js';

/** Greys that a picture is told apart into, for counting how two go together. */
const greys = 16;

/** Left out: beyond all greys. */
const noGrey = 255;

/** A picture in few greys. */
export interface GreyGrid {
  readonly width: number;
  readonly height: number;
  /** 0 to `greys` - 1; `noGrey` where it is left out. */
  readonly levels: Uint8Array;
  readonly place: Affine;
}

/** Tells values apart in steps of equal width between the 1st and the 99th hundredth of them. */
export function inGreys({ width, height, data, place }: Grid): GreyGrid {
  const sorted = data.filter((value) => Number.isFinite(value)).sort();
  const at = (share: number): number =>
    sorted[Math.round(share * (sorted.length - 1))];
  let [low, high] = [at(0.01), at(0.99)];
  // Nearly all of it may be one value.
  if (!(high > low)) [low, high] = [at(0), at(1)];
  const scale = greys / (high - low || 1);
  const levels = Uint8Array.from(data, (value) =>
    Number.isFinite(value)
      ? Math.max(0, Math.min(greys - 1, Math.floor((value - low) * scale)))
      : noGrey,
  );
  return { width, height, levels, place };
}

/** Pixels of the moving image that count, with their places in the frame. */
export interface Samples {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly levels: Uint8Array;
}

export function samplesOf({ width, levels, place }: GreyGrid): Samples {
  const kept: number[] = [];
  levels.forEach((level, n) => {
    if (level !== noGrey) kept.push(n);
  });
  const [a, b, c, d, e, f] = place;
  const along = (p: number, q: number, r: number): Float64Array =>
    Float64Array.from(
      kept,
      (n) => p * (n % width) + q * Math.floor(n / width) + r,
    );
  return {
    x: along(a, b, c),
    y: along(d, e, f),
    levels: Uint8Array.from(kept, (n) => levels[n]),
  };
}

/** How well two images go together, and over what share of the moving one's pixels. */
export interface Likeness {
  readonly likeness: number;
  readonly overlap: number;
}

/** Counts how greys of two images go together: one for many counts. */
export class Counter {
  readonly #joint = new Int32Array(greys * greys);
  readonly #columns = new Int32Array(greys);
  /** n log n */
  readonly #logs: Float64Array;

  constructor(
    private readonly samples: Samples,
    private readonly fixed: GreyGrid,
  ) {
    this.#logs = Float64Array.from(
      { length: samples.levels.length + 1 },
      (_, n) => (n > 1 ? n * Math.log(n) : 0),
    );
  }

  /** After a move of the moving image in the frame: the nearest pixels of the fixed one are taken. */
  after(move: Affine): Likeness {
    const [a, b, c, d, e, f] = compose(invert(this.fixed.place), move);
    const { x, y, levels } = this.samples;
    const { width, height, levels: under } = this.fixed;
    const joint = this.#joint.fill(0);
    let total = 0;
    for (let n = 0; n < levels.length; n++) {
      const i = Math.round(a * x[n] + b * y[n] + c);
      const j = Math.round(d * x[n] + e * y[n] + f);
      if (i < 0 || j < 0 || i >= width || j >= height) continue;
      const level = under[j * width + i];
      if (level === noGrey) continue;
      joint[levels[n] * greys + level]++;
      total++;
    }
    return this.#counted(total);
  }

  /**
   * The same, where the pixels under the samples are known.
   * @param at index of the pixel of `field` under each sample, before it is shifted
   * @param field greys of a grid that is wide enough for every shift
   * @param shift what to add to each index
   */
  shifted(at: Int32Array, field: Uint8Array, shift: number): Likeness {
    const { levels } = this.samples;
    const joint = this.#joint.fill(0);
    let total = 0;
    for (let n = 0; n < at.length; n++) {
      const level = field[at[n] + shift];
      if (level === noGrey) continue;
      joint[levels[n] * greys + level]++;
      total++;
    }
    return this.#counted(total);
  }

  /**
   * Normalised mutual information (H(A) + H(B)) / H(A, B) of Studholme, Hill and Hawkes 1999. With S the sum of n log n over the
   * counts n of N pixels, an entropy is log N - S / N.
   */
  #counted(total: number): Likeness {
    const overlap = total / this.samples.levels.length;
    const logs = this.#logs;
    const columns = this.#columns.fill(0);
    let [together, one, other] = [0, 0, 0];
    for (let a = 0; a < greys; a++) {
      let row = 0;
      for (let b = 0; b < greys; b++) {
        const n = this.#joint[a * greys + b];
        if (n === 0) continue;
        together += logs[n];
        row += n;
        columns[b] += n;
      }
      one += logs[row];
    }
    for (let b = 0; b < greys; b++) other += logs[columns[b]];
    const whole = logs[total];
    return {
      likeness:
        whole > together ? (2 * whole - one - other) / (whole - together) : 1,
      overlap,
    };
  }
}

/** Greys with a margin of nothing to each side, for `shifted`. */
export interface Field {
  readonly width: number;
  readonly margin: number;
  readonly levels: Uint8Array;
}

/** The field around an image, with a margin in its pixels. */
export function fieldOf(
  { width, height, levels }: GreyGrid,
  margin: number,
): Field {
  const across = width + 2 * margin;
  const out = new Uint8Array(across * (height + 2 * margin)).fill(noGrey);
  for (let y = 0; y < height; y++)
    out.set(
      levels.subarray(y * width, (y + 1) * width),
      (y + margin) * across + margin,
    );
  return { width: across, margin, levels: out };
}
