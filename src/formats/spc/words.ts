import type { AxisUnit, Quantity, SpectralAxis } from '../../spectral/axis.js';
import type { SpcHeader } from './header.js';
import { readQuantity, readUnit } from '../common/words.js';

/** What the codes of spc.h for an axis mean, beside those that have one of our units. */
const axisWords: Readonly<Record<number, string>> = {
  4: 'seconds',
  5: 'minutes',
  6: 'hertz',
  7: 'kilohertz',
  8: 'megahertz',
  9: 'm/z',
  10: 'parts per million',
  11: 'days',
  12: 'years',
  14: 'electron volts',
  16: 'numbers of diodes',
  17: 'channels',
  18: 'degrees',
  19: 'degrees Fahrenheit',
  20: 'degrees Celsius',
  21: 'kelvin',
  22: 'numbers of points',
  23: 'milliseconds',
  24: 'microseconds',
  25: 'nanoseconds',
  26: 'gigahertz',
  27: 'centimetres',
  28: 'metres',
  29: 'millimetres',
  30: 'hours',
};

const axisUnits: Readonly<Record<number, AxisUnit>> = {
  1: 'cm-1',
  2: 'µm',
  3: 'nm',
  13: 'cm-1', // Raman shift
};

/** Codes for positions on a stage, in µm. */
export const micrometres: Readonly<Record<number, number>> = {
  2: 1,
  27: 1e4,
  28: 1e6,
  29: 1e3,
};

/** What the codes of spc.h for values mean. Single beams (130, 14) are intensities. */
const valueWords: Readonly<Record<number, string>> = {
  1: 'interferogram',
  2: 'absorbance',
  3: 'Kubelka-Munk units',
  4: 'counts',
  5: 'volts',
  6: 'degrees',
  7: 'milliamperes',
  8: 'millimetres',
  9: 'millivolts',
  10: 'log(1/R)',
  11: 'per cent',
  12: 'intensity',
  13: 'relative intensity',
  14: 'energy',
  16: 'decibels',
  22: 'index of refraction',
  23: 'absorption index',
  24: 'real part',
  25: 'imaginary part',
  26: 'complex numbers',
  128: 'transmission',
  129: 'reflectance',
  130: 'single beam intensity',
  131: 'emission',
};

/** The axis with its unit and quantity: by code, else by the label; what is known and no spectral unit is told in a warning. */
export function nameAxis(
  positions: Float64Array,
  { x, y, xLabel, yLabel }: SpcHeader,
  name: string,
  warnings: string[],
): SpectralAxis {
  const inWords = xLabel || axisWords[x];
  const said =
    x in axisUnits
      ? { unit: axisUnits[x], factor: 1 }
      : xLabel
        ? readUnit(xLabel)
        : null;
  if (!said)
    warnings.push(
      inWords
        ? `The axis of ${name} is in ${inWords}, which is no unit of spectra: it is kept without a unit.`
        : `${name} does not say the unit of its axis.`,
    );
  const valueWord = yLabel || valueWords[y];
  const quantity: Quantity | null = valueWord ? readQuantity(valueWord) : null;
  if (quantity === null)
    warnings.push(
      valueWord
        ? `The values in ${name} are ${valueWord}: no quantity of spectra is known for them.`
        : `${name} does not say what its values are.`,
    );
  return {
    values: said ? positions.map((value) => value * said.factor) : positions,
    unit: said?.unit ?? null,
    quantity,
  };
}
