import type { ComparisonState, SessionState } from '../state.js';

/** A comparison in one line, as "swipe, Micrograph | Abundances". */
export function comparisonWords(
  { layers, runs }: Pick<SessionState, 'layers' | 'runs'>,
  { mode, first, second }: ComparisonState,
): string {
  const name = (id: string): string =>
    layers.find((one) => one.id === id)?.name ??
    runs.find((one) => `run:${one.id}` === id)?.name ??
    (id === 'seen' ? 'all' : 'Abundances');
  return `${mode.replaceAll('-', ' ')}, ${name(first)} | ${name(second)}`;
}
