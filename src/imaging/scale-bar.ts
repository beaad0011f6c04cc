import type { Geometry } from '../spectral/cube.js';

export interface ScaleBar {
  /** What the bar stands for, in the unit asked for: 1, 2 or 5 times a power of ten. */
  readonly length: number;
  /** Its length on the screen, at most what was allowed. */
  readonly pixels: number;
  /** As people write it: "500 nm", "20 µm", "2 mm"; "100 px" without a unit. */
  readonly label: string;
}

/**
 * The longest round length that fits.
 * @param unitsPerPixel world units that one screen pixel covers, above 0
 * @param maxPixels room on the screen, above 0
 */
export function scaleBar(
  unitsPerPixel: number,
  maxPixels: number,
  unit: Geometry['unit'] = 'µm',
): ScaleBar {
  const room = unitsPerPixel * maxPixels;
  const power = Math.floor(Math.log10(room) + 1e-9);
  const lead = [5, 2, 1].find((n) => n * 10 ** power <= room * (1 + 1e-9)) ?? 1;
  // Through text, so that 2e-1 is 0.2 and not a neighbour of it.
  const length = Number(`${lead}e${power}`);
  return {
    length,
    pixels: length / unitsPerPixel,
    label: lengthLabel(length, unit),
  };
}

/** A length with the unit that keeps the number short. */
export function lengthLabel(length: number, unit: Geometry['unit']): string {
  const say = (value: number, symbol: string): string =>
    `${Number(value.toPrecision(6))}\u00a0${symbol}`;
  if (unit === null) return say(length, 'px');
  const micrometres = unit === 'mm' ? length * 1000 : length;
  if (micrometres < 1) return say(micrometres * 1000, 'nm');
  if (micrometres < 1000) return say(micrometres, 'µm');
  return say(micrometres / 1000, 'mm');
}
