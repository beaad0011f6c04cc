import type { Geometry } from '../spectral/cube.js';
import { UnmixingError } from '../spectral/errors.js';
import { ending } from './common/words.js';

const endings = ['pgw', 'pngw', 'jgw', 'jpgw', 'tfw', 'tifw', 'wld'];

/** Whether a file is named like one that says where the picture beside it lies. */
export function isWorldFile(name: string): boolean {
  return endings.includes(ending(name));
}

/**
 * Where a picture lies, from its world file (ESRI): six numbers A D B E C F, one a line, with
 * x = A column + B row + C, y = D column + E row + F and (C, F) the centre of the first pixel.
 * World files carry no unit; it is taken to be µm, as under a microscope.
 * @throws UnmixingError `file` when it does not hold six such numbers
 */
export async function readWorldFile(file: File): Promise<Geometry> {
  const words = (await file.slice(0, 4096).text()).trim().split(/\s+/);
  const [a, d, b, e, c, f] = words.map(Number);
  const width = Math.hypot(a, d);
  const height = Math.hypot(b, e);
  if (words.length !== 6 || !(Math.abs(a * e - b * d) > 0) || !isFinite(c + f))
    throw new UnmixingError(
      'file',
      `${file.name} does not say where a picture lies (want six numbers, one a line: steps along x and y, then the first pixel's place).`,
    );
  return {
    origin: [c, f, 0],
    spacing: [width, height, 1],
    direction: [a / width, b / height, 0, d / width, e / height, 0, 0, 0, 1],
    unit: 'µm',
  };
}
