import type { SpectralAxis } from '../spectral/axis.js';
import { UnmixingError } from '../spectral/errors.js';
import { type Block, forEachBlock, numberOf, textOf } from './jcamp/records.js';
import { readPairs, readTable } from './jcamp/values.js';
import { type Group, type OpenOptions, type Opened, partOf } from './opened.js';
import { evenly, requirePositions } from './common/positions.js';
import { allocate } from './common/samples.js';
import { asTheyAre, tidy } from './common/values.js';
import { listed, readQuantity, readUnit, stem } from './common/words.js';

/** More points than any spectrum has: a short text may declare and repeat more than memory takes. */
const mostPoints = 1e6;

interface Curve {
  readonly title: string;
  readonly axis: SpectralAxis;
  readonly y: Float32Array;
}

/** Points as the block lays them out; null when it holds no spectrum. */
function readPoints(
  block: Block,
  name: string,
): { x: Float64Array; y: Float32Array } | null {
  const table = block.records.get('XYDATA') ?? block.records.get('XYPOINTS');
  if (!table) return null;
  const [form, ...lines] = table;
  const number = (label: string): number | null => numberOf(block, label, name);
  const declared = number('NPOINTS');
  const isEven = form.includes('++');
  const { x, y } = isEven
    ? readTable(lines, Math.min(declared ?? mostPoints, mostPoints), name)
    : readPairs(lines, name);
  if (y.length === 0 || (declared !== null && y.length !== declared))
    throw new UnmixingError(
      'file',
      `${name} is cut short or damaged: "${block.title}" holds ${y.length} of ${declared ?? 'its'} points.`,
    );
  const [xFactor, yFactor] = [number('XFACTOR') ?? 1, number('YFACTOR') ?? 1];
  const values = Float32Array.from(y, (value) => value * yFactor);
  // With a line a point, as we write it, every position is said; otherwise those of lines are rounded checks.
  if (x.length === y.length)
    return { x: Float64Array.from(x, (value) => value * xFactor), y: values };
  const [first, last] = [number('FIRSTX'), number('LASTX')];
  if (first === null || last === null)
    throw new UnmixingError(
      'file',
      `${name} does not say FIRSTX and LASTX of "${block.title}".`,
    );
  return { x: evenly(first, last, y.length), y: values };
}

function readCurve(
  block: Block,
  name: string,
  warnings: string[],
): Curve | null {
  const points = readPoints(block, name);
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

/**
 * Opens a JCAMP-DX file (4.24 and what 5 shares with it): spectra in XYDATA or XYPOINTS, alone or in the blocks of a
 * LINK. Those on one axis come together. Peak tables, NTUPLES and structures are skipped and listed.
 * @throws UnmixingError `file` with one sentence
 */
export async function openJcamp(
  { file }: Group,
  task: OpenOptions,
): Promise<Opened[]> {
  const warnings: string[] = [];
  /** Curves that lie on one axis, together. */
  const groups: Curve[][] = [];
  const skipped: string[] = [];
  await forEachBlock(
    file,
    (block) => {
      const curve = readCurve(block, file.name, warnings);
      const type = textOf(block, 'DATATYPE');
      if (!curve) {
        if (!/^link$/i.test(type))
          skipped.push(`${block.title} (${type || 'no data type'})`);
        return;
      }
      const group = groups.find(([{ axis }]) => sameAxis(axis, curve.axis));
      // All hold one axis, not one each.
      if (group) group.push({ ...curve, axis: group[0].axis });
      else groups.push([curve]);
    },
    partOf(task, 0, 0.9),
  );
  if (groups.length === 0)
    throw new UnmixingError(
      'file',
      `${file.name} holds no spectrum (want XYDATA or XYPOINTS; it holds ${listed(skipped, 5) || 'nothing else'}).`,
    );
  if (skipped.length > 0)
    warnings.push(`Skipped, no spectra: ${listed(skipped)}.`);
  const opened: Opened[] = [];
  const name = stem(file.name);
  for (const group of groups) {
    const [{ axis }] = group;
    const bands = axis.values.length;
    const data = allocate(group.length * bands, file.name);
    group.forEach(({ y }, n) => data.set(y, n * bands));
    const said = opened.length === 0 ? warnings : [];
    await tidy(data, bands, asTheyAre, said, partOf(task, 0.9, 1));
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
