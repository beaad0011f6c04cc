import type { CubeSummary } from '../engine/protocol.js';
import { endmemberFill, parseHex } from '../imaging/colour.js';
import { layerStyleDefaults } from '../imaging/layer.js';
import type { LayerImage } from '../imaging/layer.js';
import { classMap } from '../spectral/classes.js';
import type { Unmixing } from '../spectral/unmixing.js';
import { layerId, numbered } from './entries.js';
import type { LayerEntry, SessionState } from './state.js';

export const classesId = 'classes';

type Classes = Extract<LayerImage, { readonly kind: 'classes' }>;
type Told = Pick<SessionState, 'unmixing' | 'colours' | 'classThreshold'>;

const known = new WeakMap<
  Float32Array,
  { readonly threshold: number; readonly classes: Uint8Array }
>();

/** The same array as long as nothing of it changed. */
function classesOf(unmixing: Unmixing, threshold: number): Uint8Array {
  const last = known.get(unmixing.abundances);
  if (last?.threshold === threshold) return last.classes;
  const classes = classMap(unmixing, threshold);
  known.set(unmixing.abundances, { threshold, classes });
  return classes;
}

function imageOf(
  unmixing: Unmixing,
  { colours, classThreshold }: Told,
): Classes {
  const { width, height, names } = unmixing;
  return {
    kind: 'classes',
    width,
    height,
    classes: classesOf(unmixing, classThreshold),
    names,
    colours: names.map((_, r) => parseHex(colours[r] ?? endmemberFill(r))),
  };
}

/** The layer of the classes of a result, in the names and colours of its endmembers. */
export const classesEntry = (
  cube: string,
  unmixing: Unmixing,
  told: Told,
  { geometry }: Pick<CubeSummary, 'geometry'>,
): LayerEntry => ({
  id: layerId(cube, classesId),
  role: 'diagnostic',
  endmember: null,
  name: numbered('Classes', cube),
  image: imageOf(unmixing, told),
  owner: cube,
  source: geometry,
  geometry,
  locked: false,
  style: { ...layerStyleDefaults, opacity: 1 },
});

const sameImage = (a: Classes, b: Classes): boolean =>
  a.classes === b.classes &&
  a.names.join('\n') === b.names.join('\n') &&
  a.colours.join(' ') === b.colours.join(' ');

/**
 * Layers in which the classes have names, colours and threshold as they are now in their cubes; the others, and these, stay the same
 * objects where nothing changed.
 */
export function followClasses(
  layers: readonly LayerEntry[],
  told: (cube: string) => Told | null,
): readonly LayerEntry[] {
  return layers.map((layer) => {
    if (layer.image.kind !== 'classes') return layer;
    const now = told(layer.owner);
    if (!now?.unmixing) return layer;
    const image = imageOf(now.unmixing, now);
    return sameImage(layer.image, image) ? layer : { ...layer, image };
  });
}
