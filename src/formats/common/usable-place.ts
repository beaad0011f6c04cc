import { type Geometry, unitGeometry } from '../../spectral/cube.js';
import type { Opened } from '../opened.js';

/** Whether an image can lie there: at a finite place, in steps forward. */
const isUsable = ({ origin, spacing, direction }: Geometry): boolean =>
  [...origin, ...spacing, ...direction].every(Number.isFinite) &&
  spacing.every((step) => step > 0);

const sentence = ({ spacing }: Geometry): string =>
  `Where the image lies is not usable (steps of ${spacing.join(', ')}): it is shown as if the file did not say.`;

/** What was opened; an image whose file places it nowhere is placed as if the file did not say where, with a warning. */
export function inUsablePlace(opened: Opened): Opened {
  const placed = <T extends { readonly geometry: Geometry }>(image: T): T =>
    isUsable(image.geometry) ? image : { ...image, geometry: unitGeometry };
  const warned = (geometry: Geometry): readonly string[] =>
    isUsable(geometry)
      ? opened.warnings
      : [...opened.warnings, sentence(geometry)];
  switch (opened.kind) {
    case 'cube': {
      const { cube } = opened;
      return { ...opened, cube: placed(cube), warnings: warned(cube.geometry) };
    }
    case 'picture': {
      const { picture } = opened;
      return {
        ...opened,
        picture: placed(picture),
        warnings: warned(picture.geometry),
      };
    }
    default:
      return opened;
  }
}
