import { rowsOf } from '../algorithms/columns.js';
import type { Prepared } from './steps.js';

/**
 * What was prepared, as if only some of the kept pixels were there.
 * @param sample positions in `kept`, ascending
 */
export function sampled(prepared: Prepared, sample: Uint32Array): Prepared {
  const { kept, scores, dimensions, variability } = prepared;
  return {
    ...prepared,
    kept: sample.map((i) => kept[i]),
    scores: Float32Array.from(
      rowsOf(Float64Array.from(scores), sample, dimensions),
    ),
    variability: variability && {
      ...variability,
      scores: rowsOf(variability.scores, sample, variability.dimensions),
    },
  };
}
