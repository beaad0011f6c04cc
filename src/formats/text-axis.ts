import type { AxisUnit } from '../spectral/axis.js';
import { UnmixingError } from '../spectral/errors.js';
import { readUnit } from './words.js';

/** Place of the first number that breaks a strictly rising or falling row; -1 when there is none. */
export function breakOf(values: ArrayLike<number>): number {
  const sign = Math.sign(values[values.length - 1] - values[0]);
  for (let b = 0; b < values.length; b++)
    if (
      !Number.isFinite(values[b]) ||
      (b > 0 && Math.sign(values[b] - values[b - 1]) !== sign)
    )
      return b;
  return -1;
}

/**
 * Refuses positions that do not only rise or only fall.
 * @param where "first column" or what else holds them
 * @throws UnmixingError `file`
 */
export function checkPositions(
  values: ArrayLike<number>,
  where: string,
  name: string,
): void {
  const wrong = breakOf(values);
  if (wrong >= 0)
    throw new UnmixingError(
      'file',
      `The ${where} of ${name} is no axis: ${values[wrong]} at place ${wrong + 1} of ${values.length}${wrong > 0 ? ` follows ${values[wrong - 1]}` : ''} (want numbers that only rise or only fall).`,
    );
}

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
