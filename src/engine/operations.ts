import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';

/**
 * An operation of tensors with its own gradient.
 * @param kept which tensors `backward` is given again: what lives only during the forward pass is gone by then
 */
function differentiable(
  forward: (...inputs: tf.Tensor[]) => tf.Tensor,
  backward: (dy: tf.Tensor, kept: tf.Tensor[]) => tf.Tensor[],
  kept: (inputs: tf.Tensor[]) => tf.Tensor[] = () => [],
): (...inputs: tf.Tensor[]) => tf.Tensor {
  return tf.customGrad((...given) => {
    const inputs = given.filter((x) => x instanceof tf.Tensor);
    const save = given.find((x) => typeof x === 'function');
    save?.(kept(inputs));
    return { value: forward(...inputs), gradFunc: backward };
  });
}

/**
 * Product of two matrices. tfjs differentiates its own product with transpose flags, which its wasm backend runs
 * ten times slower than a product of explicitly transposed matrices.
 */
export const matMul = differentiable(
  (a, b) => tf.matMul(a, b),
  (dy, [a, b]) => [
    tf.matMul(dy, tf.transpose(b)),
    tf.matMul(tf.transpose(a), dy),
  ],
  (inputs) => inputs,
);

/** Product of a constant matrix and a trained one: the constant's gradient is never computed. */
export function matMulConstant(constant: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return differentiable(
    (x) => tf.matMul(constant, x),
    (dy, [left]) => [tf.matMul(tf.transpose(left), dy)],
    () => [constant],
  )(b);
}

/**
 * Neighbourhoods of `side` x `side` pixels within a stack of equal patches, with zeros beyond their edges.
 * Pixels are rows, patch after patch, row by row; tap q stands at offset (q mod side, q div side) - (side - 1) / 2.
 */
export interface Taps {
  readonly side: number;
  /** Of pixel p and tap q at p * side² + q: the row of the neighbour, or one past the last row. */
  readonly neighbour: tf.Tensor1D;
  /** Likewise: where, among all rows of all taps, tap q of the neighbour opposite lies. */
  readonly opposite: tf.Tensor1D;
}

/** Kept on the device, also inside `tf.tidy`, until `disposeTaps`. */
export function createTaps(
  side: number,
  patches: number,
  height: number,
  width: number,
): Taps {
  const count = side * side;
  const reach = (side - 1) / 2;
  const rows = patches * height * width;
  const neighbour = new Int32Array(rows * count);
  const opposite = new Int32Array(rows * count);
  const rowAt = (start: number, y: number, x: number): number =>
    y < 0 || y >= height || x < 0 || x >= width ? rows : start + y * width + x;
  for (let row = 0; row < rows; row++) {
    const within = row % (height * width);
    const start = row - within;
    const x = within % width;
    const y = (within - x) / width;
    for (let q = 0; q < count; q++) {
      const dx = (q % side) - reach;
      const dy = Math.floor(q / side) - reach;
      neighbour[row * count + q] = rowAt(start, y + dy, x + dx);
      const across = rowAt(start, y - dy, x - dx);
      opposite[row * count + q] =
        across === rows ? rows * count : across * count + q;
    }
  }
  return {
    side,
    neighbour: tf.keep(tf.tensor1d(neighbour, 'int32')),
    opposite: tf.keep(tf.tensor1d(opposite, 'int32')),
  };
}

export function disposeTaps({ neighbour, opposite }: Taps): void {
  neighbour.dispose();
  opposite.dispose();
}

const withZeroRow = (x: tf.Tensor): tf.Tensor =>
  tf.pad(x, [
    [0, 1],
    [0, 0],
  ]);

/** n x C → n x (side² · C): every row followed by those of its neighbours, tap after tap. */
function collect({ side, neighbour }: Taps, x: tf.Tensor): tf.Tensor {
  const [rows, channels] = x.shape;
  return tf.reshape(tf.gather(withZeroRow(x), neighbour), [
    rows,
    side * side * channels,
  ]);
}

/** n x (side² · C) → n x C, the adjoint of `collect`: tap q of each row goes to its neighbour at tap q, and is summed there. */
function distribute({ side, opposite }: Taps, x: tf.Tensor): tf.Tensor {
  const rows = x.shape[0];
  const count = side * side;
  const channels = (x.shape[1] ?? 0) / count;
  const byTap = withZeroRow(tf.reshape(x, [rows * count, channels]));
  return tf.sum(
    tf.reshape(tf.gather(byTap, opposite), [rows, count, channels]),
    1,
  );
}

/** Neighbourhoods as rows: the decoder's convolution is this, then one matrix product. */
export const gatherTaps = (taps: Taps, x: tf.Tensor): tf.Tensor =>
  differentiable(
    (input) => collect(taps, input),
    (dy) => [distribute(taps, dy)],
  )(x);

/** Taps summed where they fall: the encoder's convolution is one matrix product, then this. */
export const scatterTaps = (taps: Taps, x: tf.Tensor): tf.Tensor =>
  differentiable(
    (input) => distribute(taps, input),
    (dy) => [collect(taps, dy)],
  )(x);
