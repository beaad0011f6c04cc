import { type LibrarySpectrum, librarySpectra } from '../session/library.js';
import { identifier } from '../session/identify.js';
import { spectraIn } from '../session/spectra-in.js';
import { type SpectralAxis, bandsInside } from '../spectral/axis.js';
import type { Spectra } from '../spectral/cube.js';
import { UnmixingError } from '../spectral/errors.js';
import type { IdentifyCommand } from './command.js';
import { progressLine } from './progress.js';
import { findSource } from './sources.js';
import { tell } from './tell.js';
import type { Opened } from '../formats/opened.js';

/** More spectra than this to be named are an image: unmix it first. */
const mostSought = 1000;

/** The lists of spectra in a file that shall be named. */
function soughtIn(opened: readonly Opened[], file: string): Spectra[] {
  const lists = opened.flatMap((one) => spectraIn(one, mostSought));
  if (lists.length === 0)
    throw new UnmixingError(
      'file',
      `${file} holds no list of spectra to name (want such as endmembers.csv; an image is unmixed first).`,
    );
  return lists;
}

/** One a band: 1 where it shall be compared. */
function weightsOf(
  axis: SpectralAxis,
  { ranges, exclude }: IdentifyCommand,
): Float64Array {
  const wanted = ranges.length > 0 ? bandsInside(axis, ranges) : null;
  const out = bandsInside(axis, exclude);
  const weights = Float64Array.from(axis.values, (_, b) =>
    Number((wanted?.[b] ?? 1) === 1 && out[b] === 0),
  );
  if (!weights.includes(1))
    throw new UnmixingError(
      'input',
      `--range and --exclude leave no band to compare: the axis goes from ${axis.values[0]} to ${axis.values[axis.values.length - 1]}${axis.unit === null ? '' : ` ${axis.unit}`}.`,
    );
  return weights;
}

/**
 * Prints, for each spectrum of the files, which references it may be.
 * @throws UnmixingError with one sentence; `signal.reason` when interrupted
 */
export async function identify(
  command: IdentifyCommand,
  signal: AbortSignal,
): Promise<void> {
  const line = progressLine(process.stderr);
  const open = async (path: string): Promise<Opened[]> => {
    const source = await findSource(path);
    const opened = await source.open(null, {
      signal,
      onProgress: (fraction) => line.show(`reading ${path}`, fraction),
    });
    line.clear();
    for (const { warnings } of opened)
      for (const warning of warnings) tell(`warning: ${warning}`);
    return opened;
  };
  const shelves: { path: string; opened: Opened[] }[] = [];
  for (const path of command.library)
    shelves.push({ path, opened: await open(path) });
  for (const file of command.files)
    for (const { axis, names, data } of soughtIn(await open(file), file)) {
      const weights = weightsOf(axis, command);
      const library = shelves.flatMap(({ path, opened }): LibrarySpectrum[] =>
        librarySpectra(opened, axis, path, command),
      );
      const likely = identifier(library, axis, weights);
      const bands = axis.values.length;
      names.forEach((spectrum, n) => {
        const found = likely(
          data.subarray(n * bands, (n + 1) * bands),
          command,
        );
        process.stdout.write(
          `${JSON.stringify({ file, spectrum, ...found })}\n`,
        );
      });
    }
}
