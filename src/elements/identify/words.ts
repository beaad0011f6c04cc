import type { Candidate, Measure } from '../../session/identify.js';
import { formatNumber } from '../format.js';

export const measureNames: Readonly<Record<Measure, string>> = {
  derivative: 'Derivative correlation',
  correlation: 'Correlation',
  angle: 'Spectral angle',
  distance: 'Euclidean distance',
};

/** A score as it is written in a row: .97, or with its unit where less is more alike. */
export function formatScore(measure: Measure, value: number): string {
  if (!Number.isFinite(value)) return '–';
  switch (measure) {
    case 'correlation':
    case 'derivative':
      return formatNumber(value, 2).replace(/^(−?)0\./, '$1.');
    case 'angle':
      return `${formatNumber(value, 2)}\u00a0rad`;
    case 'distance':
      return formatNumber(value, 3);
  }
}

export const scoreOf = (candidate: Candidate, measure: Measure): string =>
  formatScore(measure, candidate[measure]);
