import type { AxisUnit, Quantity, SpectralAxis } from '../../spectral/axis.js';
import type { Spectra } from '../../spectral/cube.js';
import type { SavedFile } from '../saved.js';
import { shortest } from '../common/shortest.js';

/** Words of the standard where it has one. */
const xUnits: Readonly<Record<AxisUnit, string>> = {
  'cm-1': '1/CM',
  nm: 'NANOMETERS',
  µm: 'MICROMETERS',
  band: 'BAND NUMBER',
};
const unknown = 'ARBITRARY UNITS';

const dataType = (unit: AxisUnit | null, quantity: Quantity | null): string => {
  if (unit !== 'cm-1') return 'UV/VIS SPECTRUM';
  return quantity === 'intensity' ? 'RAMAN SPECTRUM' : 'INFRARED SPECTRUM';
};

/** Text on one line without the sign of a comment. */
const plain = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/\${2,}/g, '$')
    .trim();

/** A number without exponent: readers of the compressed forms take an E for a digit. */
function decimal(text: string): string {
  const parts = /^(-?)(\d+)\.?(\d*)e(.+)$/.exec(text);
  if (!parts) return text;
  const [, sign, whole, fraction, exponent] = parts;
  const at = whole.length + Number(exponent);
  const all = whole + fraction;
  if (at <= 0) return `${sign}0.${'0'.repeat(-at)}${all}`;
  return at >= all.length
    ? `${sign}${all.padEnd(at, '0')}`
    : `${sign}${all.slice(0, at)}.${all.slice(at)}`;
}

/** Whether positions are evenly spaced, to a thousandth of a step. */
function isEven(values: Float64Array): boolean {
  const last = values.length - 1;
  const step = (values[last] - values[0]) / last;
  return (
    last > 0 &&
    values.every(
      (value, b) =>
        Math.abs(value - values[0] - b * step) <= 1e-3 * Math.abs(step),
    )
  );
}

/** Least and greatest of the values that were measured; zeros where none was. */
function limitsOf(values: Float32Array): [number, number] {
  const measured = values.filter(Number.isFinite);
  return measured.length === 0
    ? [0, 0]
    : [
        measured.reduce((a, b) => Math.min(a, b)),
        measured.reduce((a, b) => Math.max(a, b)),
      ];
}

function block(
  title: string,
  { values, unit, quantity }: SpectralAxis,
  spectrum: Float32Array,
): string[] {
  const even = isEven(values);
  const x = Array.from(values, (value) => decimal(String(value)));
  const y = Array.from(spectrum, (value) =>
    Number.isFinite(value) ? decimal(shortest(value)) : '?',
  );
  const last = values.length - 1;
  const [low, high] = limitsOf(spectrum);
  return [
    `##TITLE=${plain(title)}`,
    '##JCAMP-DX=4.24',
    `##DATA TYPE=${dataType(unit, quantity)}`,
    '##ORIGIN=Stratigraph',
    '##OWNER=',
    `##XUNITS=${unit ? xUnits[unit] : unknown}`,
    `##YUNITS=${quantity?.toUpperCase() ?? unknown}`,
    '##XFACTOR=1',
    '##YFACTOR=1',
    `##FIRSTX=${x[0]}`,
    `##LASTX=${x[last]}`,
    ...(even
      ? [`##DELTAX=${decimal(String((values[last] - values[0]) / last))}`]
      : []),
    `##MAXX=${x[values[0] < values[last] ? last : 0]}`,
    `##MINX=${x[values[0] < values[last] ? 0 : last]}`,
    `##MAXY=${decimal(shortest(high))}`,
    `##MINY=${decimal(shortest(low))}`,
    `##FIRSTY=${y[0]}`,
    `##NPOINTS=${x.length}`,
    even ? '##XYDATA=(X++(Y..Y))' : '##XYPOINTS=(XY..XY)',
    ...x.map((at, b) => (even ? `${at} ${y[b]}` : `${at}, ${y[b]}`)),
    '##END=',
  ];
}

/**
 * Spectra as JCAMP-DX 4.24, NAME.jdx: one block each, in a LINK where there are several. With a line a point every
 * position is kept; values that are not measured are "?".
 */
export function writeJcamp({ name, axis, names, data }: Spectra): SavedFile[] {
  const bands = axis.values.length;
  const blocks = names.map((title, n) =>
    block(title, axis, data.subarray(n * bands, (n + 1) * bands)),
  );
  const lines =
    blocks.length === 1
      ? blocks[0]
      : [
          `##TITLE=${plain(name)}`,
          '##JCAMP-DX=4.24',
          '##DATA TYPE=LINK',
          `##BLOCKS=${blocks.length + 1}`,
          '##ORIGIN=Stratigraph',
          '##OWNER=',
          ...blocks.flat(),
          '##END=',
        ];
  return [{ name: `${name}.jdx`, content: [...lines, ''].join('\n') }];
}
