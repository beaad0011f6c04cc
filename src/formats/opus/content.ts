import type { AxisUnit, Quantity } from '../../spectral/axis.js';
import type { OpusBlock } from './blocks.js';

interface Content {
  readonly code: number;
  readonly name: string;
  /** null where OPUS's values are none of ours: a person must say. */
  readonly quantity: Quantity | null;
}

/** What values of a block can be, in the order in which they are sought. */
const contents: readonly Content[] = [
  { code: 4, name: 'absorbance', quantity: 'absorbance' },
  { code: 5, name: 'transmittance', quantity: 'transmittance' },
  { code: 12, name: 'reflectance', quantity: 'reflectance' },
  { code: 15, name: 'log reflectance', quantity: 'absorbance' },
  { code: 16, name: 'ATR', quantity: null },
  { code: 6, name: 'Kubelka-Munk', quantity: null },
  { code: 17, name: 'photoacoustic', quantity: null },
  { code: 10, name: 'Raman', quantity: 'intensity' },
  { code: 11, name: 'emission', quantity: 'intensity' },
  { code: 19, name: 'calculated absorbance', quantity: 'absorbance' },
  { code: 18, name: 'calculated transmittance', quantity: 'transmittance' },
  { code: 14, name: 'power', quantity: 'intensity' },
  { code: 1, name: 'single channel', quantity: 'intensity' },
];

/** Values over another axis than that of a spectrum. */
const others: ReadonlyMap<number, string> = new Map([
  [2, 'interferogram'],
  [3, 'phase'],
  [7, 'trace'],
  [8, 'interferograms over time'],
  [9, 'spectra over time'],
]);

const kinds: ReadonlyMap<number, string> = new Map([
  [1, 'history'],
  [11, 'annotations'],
  [20, 'pictures'],
]);

const plain = 0;
const series = 2;

export const isSeries = ({ kind }: OpusBlock): boolean => kind === series;

/** Whether a block holds values that were measured or calculated, of whatever content. */
export const isValues = ({ parameters, content, kind }: OpusBlock): boolean =>
  parameters === 0 && content > 0 && (kind === plain || kind === series);

export const contentOf = ({ content }: OpusBlock): Content | undefined =>
  contents.find(({ code }) => code === content);

/**
 * Where a block of spectra stands when one must be chosen: a series before a single spectrum, what was measured before
 * derivatives, then by content, the sample before the reference, the present state before the original.
 */
export const rankOf = (block: OpusBlock): number =>
  (isSeries(block) ? 0 : 1000) +
  (block.derivative > 0 ? 500 : 0) +
  10 * contents.findIndex(({ code }) => code === block.content) +
  (block.source === 2 ? 4 : 0) +
  (block.isOriginal ? 1 : 0);

/** What a block holds, in words. */
export function nameOf(block: OpusBlock): string {
  const { content, source, kind, derivative, isOriginal } = block;
  if (!isValues(block))
    return (
      kinds.get(kind) ??
      `block of kind ${kind}${content > 0 ? ` about values ${content}` : ''}`
    );
  const what =
    contentOf(block)?.name ??
    others.get(content) ??
    `values of kind ${content}`;
  return [
    isOriginal && 'original',
    source === 1 && 'sample',
    source === 2 && 'reference',
    derivative > 0 && 'derivative of',
    what,
    isSeries(block) && 'series',
  ]
    .filter(Boolean)
    .join(' ');
}

/** Units as the parameter DXU names them. */
export const opusUnits: ReadonlyMap<string, AxisUnit> = new Map([
  ['WN', 'cm-1'],
  ['MI', 'µm'],
  ['NM', 'nm'],
]);
