import type { AxisUnit } from '../../spectral/axis.js';
import { readUnit } from '../common/words.js';

/** Whether a title says that its column is the spectral axis. */
export const isAxisTitle = (title: string): boolean =>
  /wave|raman|shift|frequen|energ/i.test(title) || readUnit(title) !== null;

/** The unit that a title gives, with the values converted where it is a multiple of ours. */
export function unitOf(
  title: string,
  values: Float64Array,
  warnings: string[],
): AxisUnit | null {
  const said = readUnit(title);
  if (said && said.factor !== 1) {
    values.forEach((value, b) => (values[b] = value * said.factor));
    warnings.push(`Positions were converted from "${title}" to ${said.unit}.`);
  }
  return said?.unit ?? null;
}
