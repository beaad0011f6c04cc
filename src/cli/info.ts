import type { Opened } from '../formats/open.js';
import { openFiles } from '../formats/open.js';
import type { SpectralAxis } from '../spectral/axis.js';
import { isUnmixingError } from '../spectral/errors.js';
import { progressLine } from './progress.js';
import { openSource } from './sources.js';
import { tell } from './tell.js';

function describeAxis({ values, unit }: SpectralAxis) {
  return { first: values[0], last: values[values.length - 1], unit };
}

/** What `info` prints of a file. */
function describe(opened: Opened): object {
  const { kind, type, warnings } = opened;
  switch (kind) {
    case 'cube': {
      const { width, height, axis } = opened.cube;
      return {
        kind,
        width,
        height,
        bands: axis.values.length,
        axis: describeAxis(axis),
        quantity: axis.quantity,
        type,
        warnings,
      };
    }
    case 'spectra': {
      const { names, axis } = opened.spectra;
      return {
        kind,
        count: names.length,
        bands: axis.values.length,
        axis: describeAxis(axis),
        quantity: axis.quantity,
        type,
        warnings,
      };
    }
    case 'picture': {
      const { width, height } = opened.picture;
      return {
        kind,
        width,
        height,
        bands: null,
        axis: null,
        quantity: null,
        type,
        warnings,
      };
    }
    case 'variables':
      return { kind, variables: opened.variables, type, warnings };
  }
}

/**
 * Prints one JSON object a line and file; a header and its data are one. A file that cannot be opened
 * gets a sentence on standard error, and the others are still told.
 * @returns the code of exit: 2 when a file could not be opened
 */
export async function info(
  paths: readonly string[],
  signal: AbortSignal,
): Promise<number> {
  const seen = new Set<string>();
  const progress = progressLine(process.stderr);
  let code = 0;
  for (const path of paths) {
    try {
      const source = await openSource(path);
      if (source.paths.every((one) => seen.has(one))) continue;
      source.paths.forEach((one) => seen.add(one));
      const opened = await openFiles(source.files, {
        signal,
        onProgress: (fraction) => progress.show(`reading ${path}`, fraction),
      });
      progress.clear();
      for (const one of opened)
        process.stdout.write(`${JSON.stringify(describe(one))}\n`);
    } catch (error) {
      progress.clear();
      if (!isUnmixingError(error)) throw error;
      tell(error.message);
      code = 2;
    }
  }
  return code;
}
