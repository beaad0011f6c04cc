import * as tf from '@tensorflow/tfjs-core';
import { differentiable, gatherRows, rowNumbers } from './operations.js';

/**
 * Neighbourhoods of `side` x `side` pixels within a stack of equal patches, with zeros beyond their edges.
 * Pixels are rows, patch after patch, row by row; tap q stands at offset (q mod side, q div side) - (side - 1) / 2.
 */
export interface Taps {
  readonly side: number;
  /** Of pixel p and tap q at p * side² + q: the row of the neighbour, or one past the last row. One column. */
  readonly neighbour: tf.Tensor2D;
  /** Likewise: where, among all rows of all taps, tap q of the neighbour opposite lies. */
  readonly opposite: tf.Tensor2D;
}

/**
 * Kept on the device, also inside `tf.tidy`, until `disposeTaps`.
 * @param turned by half a turn: every tap stands at the opposite offset
 */
export function createTaps(
  side: number,
  patches: number,
  height: number,
  width: number,
  turned = false,
): Taps {
  const count = side * side;
  const reach = (side - 1) / 2;
  const sign = turned ? -1 : 1;
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
      const dx = sign * ((q % side) - reach);
      const dy = sign * (Math.floor(q / side) - reach);
      neighbour[row * count + q] = rowAt(start, y + dy, x + dx);
      const across = rowAt(start, y - dy, x - dx);
      opposite[row * count + q] =
        across === rows ? rows * count : across * count + q;
    }
  }
  return {
    side,
    neighbour: tf.keep(rowNumbers(neighbour)),
    opposite: tf.keep(rowNumbers(opposite)),
  };
}

export function disposeTaps({ neighbour, opposite }: Taps): void {
  neighbour.dispose();
  opposite.dispose();
}

const withZeroRow = (x: tf.Tensor): tf.Tensor =>
  tf.concat([x, tf.zeros([1, ...x.shape.slice(1)])]);

/** n x C → n x (side² · C): the neighbourhood of each row, tap after tap. */
export function gatherTaps({ side, neighbour }: Taps, x: tf.Tensor): tf.Tensor {
  const [rows, channels] = x.shape;
  return tf.reshape(gatherRows(withZeroRow(x), neighbour), [
    rows,
    side * side * channels,
  ]);
}

/** n x (side² · C) → n x C, the adjoint of `gatherTaps`: tap q of each row goes to its neighbour at tap q, and is summed there. */
function distribute({ side, opposite }: Taps, x: tf.Tensor): tf.Tensor {
  const rows = x.shape[0];
  const count = side * side;
  const channels = (x.shape[1] ?? 0) / count;
  const byTap = withZeroRow(tf.reshape(x, [rows * count, channels]));
  return tf.sum(
    tf.reshape(gatherRows(byTap, opposite), [rows, count, channels]),
    1,
  );
}

/**
 * Convolution, with zeros beyond the edges, of a constant image, n x C, by a trained kernel, C x (side² · F): n x F. Tap q of a pixel goes to its neighbour at tap q.
 * @param image must live until the gradient is taken
 */
export const convolveConstant = (
  taps: Taps,
  image: tf.Tensor,
  kernel: tf.Tensor,
): tf.Tensor =>
  differentiable(
    (_, given) => distribute(taps, tf.matMul(image, given)),
    (dy) => [tf.matMul(tf.transpose(image), gatherTaps(taps, dy))],
  )(kernel);

/**
 * The same of an image whose neighbourhoods, n x (side² · C), were gathered by turned taps before: cheaper while C is no larger than F.
 * @param gathered must live until the gradient is taken
 */
export function convolveGathered(
  gathered: tf.Tensor,
  kernel: tf.Tensor,
): tf.Tensor {
  const [channels, columns] = kernel.shape;
  const count = (gathered.shape[1] ?? 0) / channels;
  const features = columns / count;
  return differentiable(
    (_, given) => {
      const byTap = tf.transpose(
        tf.reshape(given, [channels, count, features]),
        [1, 0, 2],
      );
      return tf.matMul(gathered, tf.reshape(byTap, [-1, features]));
    },
    (dy) => {
      const byTap = tf.reshape(tf.matMul(tf.transpose(gathered), dy), [
        count,
        channels,
        features,
      ]);
      return [tf.reshape(tf.transpose(byTap, [1, 0, 2]), [channels, columns])];
    },
  )(kernel);
}
