import { UnmixingError } from '../../spectral/errors.js';
import { type Affine, invert } from '../affine.js';

const firstLine = '#Insight Transform File V1.0';
/** Characters: a transform of the plane has a few hundred. */
const longest = 1e5;

/**
 * A map of the plane as an ITK transform file, which ITK, elastix, 3D Slicer and SimpleITK read. ITK's transforms take places of the
 * fixed image to the moving one, as resampling needs them; ours take the moving image to the fixed one: the file holds the inverse.
 * Its matrix stands row by row, then the shift; its centre is the origin.
 * @param map takes x and y of the moving image's world to the fixed one's
 * @param about a line for people, such as the names of the images and the unit
 * @throws UnmixingError `input` when the map has no inverse
 */
export function writeTransform(map: Affine, about: string): string {
  const [a, b, c, d, e, f] = invert(map);
  return [
    firstLine,
    `# ${about.replace(/[\s\p{Cc}]+/gu, ' ').trim()}`,
    '#Transform 0',
    'Transform: AffineTransform_double_2_2',
    `Parameters: ${[a, b, d, e, c, f].join(' ')}`,
    'FixedParameters: 0 0',
    '',
  ].join('\n');
}

function refuse(why: string): never {
  throw new UnmixingError('file', `invalid transform: ${why}`);
}

/** Matrix, row by row, and shift of each transform that we read, by its parameters. */
const readers: Readonly<
  Record<
    string,
    {
      readonly count: number;
      readonly read: (p: readonly number[]) => readonly number[];
    }
  >
> = {
  AffineTransform: { count: 6, read: (p) => p },
  MatrixOffsetTransformBase: { count: 6, read: (p) => p },
  Euler2DTransform: {
    count: 3,
    read: ([angle, x, y]) => [...turning(angle), x, y],
  },
  Similarity2DTransform: {
    count: 4,
    read: ([scale, angle, x, y]) => [...turning(angle, scale), x, y],
  },
  TranslationTransform: { count: 2, read: ([x, y]) => [1, 0, 0, 1, x, y] },
};

const turning = (angle: number, scale = 1): readonly number[] => {
  const [c, s] = [scale * Math.cos(angle), scale * Math.sin(angle)];
  return [c, -s, s, c];
};

/** Numbers of a line; null when one is none. */
function numbersIn(text: string): readonly number[] | null {
  const numbers = text.split(/\s+/).filter(Boolean).map(Number);
  return numbers.every(Number.isFinite) ? numbers : null;
}

/**
 * The map of an ITK transform file of the plane: affine, rigid (Euler2D), similarity or translation, with any centre.
 * @returns the map that takes the moving image's world to the fixed one's: the inverse of what the file holds
 * @throws UnmixingError `file` with what is wrong in one sentence
 */
export function readTransform(text: string): Affine {
  if (text.length > longest || !text.startsWith('#Insight Transform File'))
    refuse(`no ITK transform file (want one that begins with ${firstLine})`);
  const fields = text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => {
      const at = line.indexOf(':');
      return [line.slice(0, at).trim(), line.slice(at + 1).trim()] as const;
    });
  const values = (name: string): readonly string[] =>
    fields.filter(([key]) => key === name).map(([, value]) => value);
  const names = values('Transform');
  if (names.length !== 1)
    refuse(`${names.length} transforms in one file (want 1)`);
  const told = /^(\w+?)(?:_(?:double|float))?(?:_2_2)?$/.exec(names[0]);
  const base = told ? told[1] : '';
  if (!Object.hasOwn(readers, base))
    refuse(
      `${names[0].slice(0, 60)} (want an affine, Euler2D, similarity or translation transform of 2 dimensions)`,
    );
  const { count, read } = readers[base];
  const parameters = numbersIn(values('Parameters').join(' '));
  if (parameters?.length !== count)
    refuse(
      `${parameters ? parameters.length : 'unreadable'} parameters (want ${count} numbers)`,
    );
  const centre = numbersIn(values('FixedParameters').join(' '));
  if (centre?.length !== 2 && centre?.length !== 0)
    refuse('unreadable fixed parameters (want the 2 numbers of a centre)');
  const [a, b, d, e, x, y] = read(parameters);
  const [cx, cy] = centre.length === 2 ? centre : [0, 0];
  try {
    const shift = [cx + x - a * cx - b * cy, cy + y - d * cx - e * cy];
    return invert([a, b, shift[0], d, e, shift[1]]);
  } catch {
    return refuse(
      'it cannot be turned round (want one that keeps areas apart)',
    );
  }
}
