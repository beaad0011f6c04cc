import type { Unmixing } from '../../spectral/unmixing.js';
import type { KeptRun } from '../state.js';

/** Bytes that results hold; what several have in common counts once. */
export function bytesHeld(runs: readonly KeptRun[]): number {
  const buffers = new Set(
    runs.flatMap(({ unmixing }) =>
      arraysOf(unmixing).map(({ buffer }) => buffer),
    ),
  );
  return [...buffers].reduce((sum, { byteLength }) => sum + byteLength, 0);
}

const arraysOf = ({
  axis,
  endmembers,
  abundances,
  gain,
  nuisance,
  mask,
  excludedBands,
  residual,
  spread,
}: Unmixing): readonly (Float32Array | Float64Array | Uint8Array)[] => [
  axis.values,
  ...[endmembers, abundances, gain, mask, excludedBands],
  ...(nuisance ? [nuisance.spectra, nuisance.coefficients] : []),
  ...[residual.rmseMap, residual.angleMap, residual.spectrum],
  ...(spread ? [spread.endmembers, spread.abundances, spread.angles] : []),
];
