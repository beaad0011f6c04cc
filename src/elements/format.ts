import type { Backend, Preset } from '../engine/options.js';
import type { Stage } from '../engine/protocol.js';
import type { AxisUnit, Quantity, Window } from '../spectral/axis.js';

const thin = '\u2009';
const minus = '\u2212';
/** Between a number and its unit. */
const space = '\u00a0';

/** Digits in groups of three with a thin space, true minus. */
export function formatNumber(value: number, decimals = 0): string {
  const [whole, part] = Math.abs(value).toFixed(decimals).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, thin);
  const sign = value < 0 && Number(value.toFixed(decimals)) !== 0 ? minus : '';
  return sign + (part ? `${grouped}.${part}` : grouped);
}

/** Marks of a scale, all with as many decimals as tell the finest of them exactly. */
export function formatTicks(ticks: readonly number[]): string[] {
  const step = Math.abs((ticks[1] ?? 1) - (ticks[0] ?? 0)) || 1;
  const exact = (decimals: number): boolean =>
    ticks.every(
      (tick) => Math.abs(tick - Number(tick.toFixed(decimals))) < step * 1e-6,
    );
  let decimals = 0;
  while (decimals < 12 && !exact(decimals)) decimals++;
  return ticks.map((tick) => formatNumber(tick, decimals));
}

/** Two or three figures that mean something, for a value of any size. */
export function formatFigure(value: number): string {
  if (!Number.isFinite(value)) return '\u2013';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 100) return formatNumber(value);
  if (size < 1e-4 || size >= 1e6)
    return value.toExponential(1).replace(/-/g, minus);
  return formatNumber(value, size >= 1 ? 2 : size >= 0.01 ? 3 : 4);
}

const digits = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const superscript = (exponent: number): string =>
  `${exponent < 0 ? '⁻' : ''}${Array.from(`${Math.abs(exponent)}`, (d) => digits[Number(d)]).join('')}`;

/** A number of any size in few characters: powers of ten as such. */
export function formatSize(value: number): string {
  const exponent = Math.floor(Math.log10(Math.abs(value)));
  if (value === 0 || (exponent > -4 && exponent < 5))
    return Number.isInteger(value)
      ? formatNumber(value)
      : formatFigure(value).replace(/0+$/, '');
  const figure = Number((value / 10 ** exponent).toPrecision(2));
  return `${figure === 1 ? '' : `${figure}·`}10${superscript(exponent)}`;
}

export const formatShare = (share: number): string =>
  `${formatNumber(100 * share)}${space}%`;

/** How long something took. */
export function formatSeconds(seconds: number): string {
  if (seconds < 100) return `${formatNumber(seconds, 1)}${space}s`;
  return `${formatNumber(seconds / 60, 1)}${space}min`;
}

/** How long something may still take: no more figures than the guess has. */
export function formatSecondsLeft(seconds: number): string {
  if (seconds < 90) return `${formatNumber(Math.ceil(seconds))}${space}s left`;
  return `${formatNumber(Math.ceil(seconds / 60))}${space}min left`;
}

export const unitNames: Readonly<Record<AxisUnit, string>> = {
  'cm-1': 'cm\u207b\u00b9',
  nm: 'nm',
  µm: 'µm',
  band: 'band',
};

export const quantityNames: Readonly<Record<Quantity, string>> = {
  absorbance: 'Absorbance',
  transmittance: 'Transmittance',
  reflectance: 'Reflectance',
  intensity: 'Intensity',
};

export const presetNames: Readonly<Record<Preset, string>> = {
  auto: 'Auto',
  network: 'Network',
  pande2026: 'Pande',
  cnnaeu: 'CNNAEU',
};

export const backendNames: Readonly<Record<Backend, string>> = {
  webgpu: 'WebGPU',
  webgl: 'WebGL',
  wasm: 'WASM',
  cpu: 'CPU',
};

export const stageNames: Readonly<Record<Stage, string>> = {
  preparing: 'Reading noise and bad pixels',
  subspace: 'Finding the subspace',
  extracting: 'Extracting endmembers',
  training: 'Refining with the network',
  fitting: 'Fitting abundances',
};

/** Ends of a window in the order in which the axis is drawn. */
export function formatWindow([a, b]: Window, unit: AxisUnit | null): string {
  const ends = [Math.min(a, b), Math.max(a, b)];
  if (unit === 'cm-1') ends.reverse();
  const decimals = unit === 'µm' ? 2 : 0;
  return ends.map((end) => formatNumber(end, decimals)).join('\u2013');
}

export const formatPosition = (
  value: number,
  unit: AxisUnit | null,
): string => {
  const text = formatNumber(value, unit === 'µm' ? 3 : 0);
  return unit === null || unit === 'band'
    ? `band${space}${text}`
    : `${text}${space}${unitNames[unit]}`;
};
