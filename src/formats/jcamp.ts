import type { SpectralAxis } from '../spectral/axis.js';
import { UnmixingError } from '../spectral/errors.js';
import { keepPace } from '../spectral/pace.js';
import { type Block, numberOf, readBlocks, textOf } from './jcamp-records.js';
import { readPairs, readTable } from './jcamp-values.js';
import { type Group, type OpenOptions, type Opened, partOf } from './opened.js';
import { evenly, requirePositions } from './positions.js';
import { allocate } from './samples.js';
import { asTheyAre, tidy } from './values.js';
import { bytes, readQuantity, readUnit, stem } from './words.js';

/** A file longer than this is read by nobody at once. */
const longestFile = 200e6;
/** Points that a byte of the file may stand for: repeats are short. */
const pointsPerByte = 100;

interface Curve {
  readonly title: string;
  readonly axis: SpectralAxis;
  readonly y: readonly number[];
}

/** Points as the block lays them out; null when it holds no spectrum. */
function readPoints(
  block: Block,
  size: number,
  name: string,
): { x: Float64Array; y: readonly number[] } | null {
  const [xFactor, yFactor] = ['XFACTOR', 'YFACTOR'].map(
    (label) => numberOf(block, label, name) ?? 1,
  );
  const table = block.records.get('XYDATA') ?? block.records.get('XYPOINTS');
  if (!table) return null;
  const [form, ...lines] = table;
  const declared = numberOf(block, 'NPOINTS', name);
  const requireCount = (found: number): void => {
    if (found === 0 || (declared !== null && found !== declared))
      throw new UnmixingError(
        'file',
        `${name} is cut short or damaged: "${block.title}" holds ${found} of ${declared ?? 'its'} points.`,
      );
  };
  if (!form.includes('++')) {
    const { x, y } = readPairs(lines, name);
    requireCount(y.length);
    return {
      x: Float64Array.from(x, (value) => value * xFactor),
      y: y.map((value) => value * yFactor),
    };
  }
  const most = Math.min(declared ?? Infinity, pointsPerByte * size);
  const { y, lineX } = readTable(lines, most, name);
  requireCount(y.length);
  const first = numberOf(block, 'FIRSTX', name);
  const last = numberOf(block, 'LASTX', name);
  // With a line a point, as we write it, every position is said; otherwise those of lines are rounded checks.
  const isSaid = lineX.length === y.length;
  if (!isSaid && (first === null || last === null))
    throw new UnmixingError(
      'file',
      `${name} does not say FIRSTX and LASTX of "${block.title}".`,
    );
  return {
    x: isSaid
      ? Float64Array.from(lineX, (value) => value * xFactor)
      : evenly(first ?? 0, last ?? 0, y.length),
    y: y.map((value) => value * yFactor),
  };
}

function readCurve(
  block: Block,
  size: number,
  name: string,
  warnings: string[],
): Curve | null {
  const points = readPoints(block, size, name);
  if (!points) return null;
  const unit = readUnit(textOf(block, 'XUNITS'));
  const units = textOf(block, 'YUNITS');
  const quantity =
    readQuantity(units) ?? readQuantity(textOf(block, 'DATATYPE'));
  const values = points.x.map((value) => value * (unit?.factor ?? 1));
  requirePositions(values, name);
  if (/%|percent/i.test(units))
    warnings.push(
      `"${block.title}" is in percent ("${units.slice(0, 60)}"): values are as in the file, 100 being all of the light.`,
    );
  if (unit && unit.factor !== 1)
    warnings.push(
      `Positions of "${block.title}" were converted from "${textOf(block, 'XUNITS').slice(0, 60)}" to ${unit.unit}.`,
    );
  return {
    title: block.title,
    axis: { values, unit: unit?.unit ?? null, quantity },
    y: points.y,
  };
}

const sameAxis = (a: SpectralAxis, b: SpectralAxis): boolean =>
  a.unit === b.unit &&
  a.quantity === b.quantity &&
  a.values.length === b.values.length &&
  a.values.every((value, i) => value === b.values[i]);

/** Curves that lie on one axis, together, in the order in which the first of each comes. */
function byAxis(curves: readonly Curve[]): Curve[][] {
  const groups: Curve[][] = [];
  for (const curve of curves) {
    const group = groups.find(([first]) => sameAxis(first.axis, curve.axis));
    if (group) group.push(curve);
    else groups.push([curve]);
  }
  return groups;
}

/**
 * Opens a JCAMP-DX file (4.24 and what 5 shares with it): spectra in XYDATA or XYPOINTS, alone or in the blocks of a
 * LINK. Those on one axis come together. Peak tables, NTUPLES and structures are skipped and listed.
 * @throws UnmixingError `file` with one sentence
 */
export async function openJcamp(
  { file }: Group,
  task: OpenOptions,
): Promise<Opened[]> {
  if (file.size > longestFile)
    throw new UnmixingError(
      'file',
      `${file.name} holds ${bytes(file.size)}, too much for JCAMP-DX (at most ${bytes(longestFile)}).`,
    );
  const pace = keepPace(task.signal, task.onProgress);
  const blocks = readBlocks(await file.text(), file.name);
  const warnings: string[] = [];
  const curves: Curve[] = [];
  const skipped: string[] = [];
  for (const [i, block] of blocks.entries()) {
    const type = textOf(block, 'DATATYPE');
    const curve = readCurve(block, file.size, file.name, warnings);
    if (curve) curves.push(curve);
    else if (!/^link$/i.test(type))
      skipped.push(`${block.title} (${type || 'no data type'})`);
    await pace((0.8 * i) / blocks.length);
  }
  if (curves.length === 0)
    throw new UnmixingError(
      'file',
      `${file.name} holds no spectrum (want XYDATA or XYPOINTS; it holds ${skipped.slice(0, 5).join(', ') || 'nothing else'}).`,
    );
  if (skipped.length > 0)
    warnings.push(
      `Skipped, no spectra: ${skipped.slice(0, 10).join(', ')}${skipped.length > 10 ? ' and more' : ''}.`,
    );
  const opened: Opened[] = [];
  const name = stem(file.name);
  for (const group of byAxis(curves)) {
    const [{ axis }] = group;
    const bands = axis.values.length;
    const data = allocate(group.length * bands, file.name);
    group.forEach(({ y }, n) => data.set(y, n * bands));
    const said = opened.length === 0 ? warnings : [];
    await tidy(data, bands, asTheyAre, said, partOf(task, 0.8, 1));
    const names = group.map(({ title }, n) => title || `Spectrum ${n + 1}`);
    opened.push({
      kind: 'spectra',
      type: 'JCAMP-DX',
      warnings: said,
      spectra: { name, axis, names, data },
    });
  }
  return opened;
}
