// What the fuzzer needs of the program: everything that opens files, and what an opened file must be.
import { openSource } from '../../src/cli/sources.js';
import type { Opened } from '../../src/formats/opened.js';
import { checkAxis } from '../../src/spectral/axis.js';
import { checkCube } from '../../src/spectral/cube.js';

export { openFiles } from '../../src/formats/open.js';
export { madeSamples } from './made.js';
export { isUnmixingError } from '../../src/spectral/errors.js';
export { randomSource } from '../../src/spectral/random.js';

function check(one: Opened): string | null {
  switch (one.kind) {
    case 'cube': {
      checkCube(one.cube);
      const { spacing, origin, direction } = one.cube.geometry;
      return [...spacing, ...origin, ...direction].every(Number.isFinite) &&
        spacing.every((step) => step > 0)
        ? null
        : `geometry is ${JSON.stringify(one.cube.geometry)}`;
    }
    case 'spectra': {
      const { axis, data, names } = one.spectra;
      checkAxis(axis);
      return data.length === names.length * axis.values.length
        ? null
        : `${names.length} spectra of ${axis.values.length} bands in ${data.length} values`;
    }
    case 'picture': {
      const { width, height, data } = one.picture;
      return width > 0 && data.length === 4 * width * height
        ? null
        : `${width} x ${height} pixels in ${data.length} bytes`;
    }
    case 'variables':
      return one.variables.length > 1
        ? null
        : `${one.variables.length} variables to choose from`;
  }
}

/** Paths of a file and of those that belong to it. */
export const companionsOf = async (path: string): Promise<readonly string[]> =>
  (await openSource(path)).paths;

/** What is wrong with the shape of what was opened; null when nothing is. */
export function faultOf(opened: readonly Opened[]): string | null {
  if (opened.length === 0) return 'nothing was opened and nothing refused';
  for (const one of opened)
    try {
      const fault = check(one);
      if (fault) return `wrong shape: ${fault}`;
    } catch (error) {
      return `wrong shape: ${error instanceof Error ? error.message : String(error)}`;
    }
  return null;
}
