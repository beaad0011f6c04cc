import type { Opened } from '../formats/opened.js';
import type { SpectralAxis } from '../spectral/axis.js';
import type { Geometry } from '../spectral/cube.js';
import { isUnmixingError } from '../spectral/errors.js';
import type { InfoCommand } from './command.js';
import { progressLine } from './progress.js';
import { findSource } from './sources.js';
import { tell } from './tell.js';

function describeAxis({ values, unit }: SpectralAxis) {
  return { first: values[0], last: values[values.length - 1], unit };
}

function describeGeometry({ origin, spacing, direction, unit }: Geometry) {
  return { pixelSize: spacing.slice(0, 2), unit, origin, direction };
}

/** What `info` prints of a thing that a file holds. */
function describe(opened: Opened): object {
  const { kind, type, warnings } = opened;
  switch (kind) {
    case 'cube': {
      const { name, width, height, axis, geometry } = opened.cube;
      return {
        kind,
        name,
        width,
        height,
        bands: axis.values.length,
        axis: describeAxis(axis),
        quantity: axis.quantity,
        geometry: describeGeometry(geometry),
        missing: opened.missing,
        type,
        warnings,
      };
    }
    case 'spectra': {
      const { name, names, axis } = opened.spectra;
      return {
        kind,
        name,
        count: names.length,
        bands: axis.values.length,
        axis: describeAxis(axis),
        quantity: axis.quantity,
        type,
        warnings,
      };
    }
    case 'picture': {
      const { name, width, height, geometry } = opened.picture;
      return {
        kind,
        name,
        width,
        height,
        geometry: describeGeometry(geometry),
        type,
        warnings,
      };
    }
    case 'variables':
      return {
        kind,
        name: opened.name,
        variables: opened.variables,
        type,
        warnings,
      };
  }
}

/**
 * Prints one JSON object a line and thing found; a header and its data are one. A file that cannot be opened gets a
 * sentence on standard error, and the others are still told.
 * @returns the code of exit: 2 when a file could not be opened
 */
export async function info(
  { files, variable }: InfoCommand,
  signal: AbortSignal,
): Promise<number> {
  const seen = new Set<string>();
  const progress = progressLine(process.stderr);
  let code = 0;
  for (const path of files) {
    try {
      const source = await findSource(path);
      if (source.paths.every((one) => seen.has(one))) continue;
      source.paths.forEach((one) => seen.add(one));
      const opened = await source.open(variable, {
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
