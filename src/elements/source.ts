import type {
  Missing,
  OpenOptions,
  Opened,
  Variable,
} from '../formats/opened.js';
import { type Wanted, readInWorker } from '../formats/reader.js';
import type { Host } from '../hosts/host.js';
import { bandAxis } from '../spectral/axis.js';
import type { Cube, Picture } from '../spectral/cube.js';
import { UnmixingError } from '../spectral/errors.js';
import type { Answers } from './asking.js';
import { formatNumber } from './format.js';
import type { Choice } from './state.js';

/** A data set that lies next to the page: its files, on the same origin. */
export interface Sample {
  readonly name: string;
  readonly urls: readonly string[];
}

/** A cube to work on, and the pictures that came with it. */
export interface Source {
  readonly cube: {
    readonly cube: Cube;
    readonly type: string;
    readonly missing: readonly Missing[];
    readonly warnings: readonly string[];
  } | null;
  readonly pictures: readonly Picture[];
}

/** Several things could be the cube: which one is meant? */
export interface Question extends Choice {
  /** Name of the format that does not say, as far as its files are alike; null when nothing can be learned for the next. */
  readonly type: string | null;
}

/** How files are read, and where what reads them lies. */
export interface ReadOptions extends OpenOptions {
  /** reader-worker.js, when not next to this module. */
  readonly readerUrl?: string | URL;
}

type Opens<Kind extends Opened['kind']> = Extract<Opened, { kind: Kind }>;

/** Names of which no two are alike: what repeats is numbered. */
export function unlike(
  names: readonly string[],
  taken: readonly string[] = [],
): string[] {
  const all = new Set(taken);
  return names.map((name) => {
    let own = name;
    for (let n = 2; all.has(own); n++) own = `${name} ${n}`;
    all.add(own);
    return own;
  });
}

const spectraOf = (count: number): string =>
  count === 1 ? 'one spectrum' : `${count} spectra`;

function describeCube({ cube, type }: Opens<'cube'>, id: string): Variable {
  const { width, height, axis } = cube;
  const [x, y, bands] = [width, height, axis.values.length].map((n) =>
    formatNumber(n),
  );
  return { id, description: `${x} × ${y} px, ${bands} bands, ${type}` };
}

/** The cube that was chosen, or the question which one; the others are told in its warnings. */
function chosenOf(
  cubes: readonly Opens<'cube'>[],
  chosen: string | undefined,
): Opens<'cube'> | Question {
  const ids = unlike(cubes.map(({ cube }) => cube.name));
  const at = cubes.length === 1 ? 0 : ids.indexOf(chosen ?? '');
  if (at < 0)
    return {
      file: null,
      type: null,
      choices: cubes.map((cube, i) => describeCube(cube, ids[i])),
    };
  const others = ids.filter((_, i) => i !== at);
  const cube = cubes[at];
  return others.length === 0
    ? cube
    : {
        ...cube,
        warnings: [
          ...cube.warnings,
          `${others.join(', ')} ${others.length === 1 ? 'was' : 'were'} opened too and left out.`,
        ],
      };
}

/**
 * Reads files: one cube, any number of pictures.
 * @param answers to what was asked before
 * @returns a question where several things could be the cube
 * @throws UnmixingError `file` when there is neither cube nor picture
 */
export async function readFiles(
  wanted: Wanted,
  options: ReadOptions,
  answers: Answers,
): Promise<Source | Question> {
  const opened = await readInWorker(wanted, { ...options, variables: answers });
  const unclear = opened.find((one) => one.kind === 'variables');
  if (unclear) {
    const { name, type, variables } = unclear;
    return { file: name, type, choices: variables };
  }
  const cubes = opened.filter((one) => one.kind === 'cube');
  const pictures = opened
    .filter((one) => one.kind === 'picture')
    .map(({ picture }) => picture);
  const spectra = opened
    .filter((one) => one.kind === 'spectra')
    .map((one) => one.spectra);
  if (cubes.length === 0) {
    if (pictures.length > 0) return { cube: null, pictures };
    throw new UnmixingError(
      'file',
      spectra.length > 0
        ? `${spectra[0].name} holds ${spectraOf(spectra[0].names.length)}, not an image: open a spectral cube.`
        : 'No files were given: choose a spectral cube.',
    );
  }
  const cube = chosenOf(cubes, answers['']);
  if ('choices' in cube) return cube;
  return {
    cube: {
      ...cube,
      warnings: [
        ...cube.warnings,
        ...spectra.map(
          ({ name }) => `${name} was left out: it holds spectra, not an image.`,
        ),
      ],
    },
    pictures,
  };
}

/** Reads a volume that the viewer holds. Without an axis its bands are numbered. */
export async function readVolume(
  host: Host,
  id: string,
  options: OpenOptions,
): Promise<Source> {
  const { name, width, height, bands, data, geometry, axis } =
    await host.readVolume(id, options);
  const known = axis ?? bandAxis(bands, null);
  return {
    cube: {
      cube: { name, width, height, axis: known, data, geometry },
      type: 'this viewer',
      missing: [
        ...(known.unit === null ? (['unit'] as const) : []),
        ...(known.quantity === null ? (['quantity'] as const) : []),
      ],
      warnings: axis
        ? []
        : ['The viewer does not know the spectral axis: bands are numbered.'],
    },
    pictures: [],
  };
}

/**
 * The addresses of a sample, whole.
 * @throws UnmixingError `file` unless all are on the page's own origin
 */
export function sampleUrls({ urls }: Sample): readonly string[] {
  return urls.map((url) => {
    const { href, origin } = new URL(url, document.baseURI);
    if (origin !== location.origin)
      throw new UnmixingError(
        'file',
        `invalid sample: ${href} (want an address on ${location.origin})`,
      );
    return href;
  });
}
