import type { Missing, OpenOptions } from '../formats/opened.js';
import { type Wanted, readInWorker } from '../formats/reader.js';
import type { Host } from '../hosts/host.js';
import { bandAxis } from '../spectral/axis.js';
import type { Cube, Picture } from '../spectral/cube.js';
import { UnmixingError } from '../spectral/errors.js';

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

const spectraOf = (count: number): string =>
  count === 1 ? 'one spectrum' : `${count} spectra`;

/** How files are read, and where what reads them lies. */
export interface ReadOptions extends OpenOptions {
  /** reader-worker.js, when not next to this module. */
  readonly readerUrl?: string | URL;
}

/**
 * Reads files: one cube, any number of pictures.
 * @throws UnmixingError `file` when there is neither, or more than one cube
 */
export async function readFiles(
  wanted: Wanted,
  options: ReadOptions,
): Promise<Source> {
  const opened = await readInWorker(wanted, options);
  const cubes = opened.filter((one) => one.kind === 'cube');
  const pictures = opened.filter((one) => one.kind === 'picture');
  const spectra = opened.filter((one) => one.kind === 'spectra');
  if (cubes.length > 1)
    throw new UnmixingError(
      'file',
      `${cubes.length} cubes at once: ${cubes.map(({ cube }) => cube.name).join(', ')} (want one; open the others after it).`,
    );
  if (cubes.length === 0 && pictures.length === 0)
    throw new UnmixingError(
      'file',
      spectra.length > 0
        ? `${spectra[0].spectra.name} holds ${spectraOf(spectra[0].spectra.names.length)}, not an image: open a spectral cube.`
        : 'No files were given: choose a spectral cube.',
    );
  const [cube] = cubes;
  return {
    cube:
      cubes.length > 0
        ? {
            ...cube,
            warnings: [
              ...cube.warnings,
              ...spectra.map(
                ({ spectra }) =>
                  `${spectra.name} was left out: it holds spectra, not an image.`,
              ),
            ],
          }
        : null,
    pictures: pictures.map(({ picture }) => picture),
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
