import type { CubeSummary } from '../engine/protocol.js';
import { endmemberFill, parseHex } from '../imaging/colour.js';
import { layerStyleDefaults } from '../imaging/layer.js';
import type { LayerImage } from '../imaging/layer.js';
import { classMap } from '../session/classes.js';
import type { Unmixing } from '../spectral/unmixing.js';
import { cubeLayerId } from './entries.js';
import type { LayerEntry, SessionState } from './state.js';

export const classesId = 'classes';

type Classes = Extract<LayerImage, { readonly kind: 'classes' }>;
type Told = Pick<SessionState, 'unmixing' | 'colours' | 'classThreshold'>;

let last: {
  readonly of: Float32Array;
  readonly threshold: number;
  readonly classes: Uint8Array;
} | null = null;

/** The same array as long as nothing of it changed. */
function classesOf(unmixing: Unmixing, threshold: number): Uint8Array {
  if (last?.of !== unmixing.abundances || last.threshold !== threshold)
    last = {
      of: unmixing.abundances,
      threshold,
      classes: classMap(unmixing, threshold),
    };
  return last.classes;
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
  unmixing: Unmixing,
  told: Told,
  { geometry }: Pick<CubeSummary, 'geometry'>,
): LayerEntry => ({
  id: classesId,
  role: 'diagnostic',
  endmember: null,
  name: 'Classes',
  image: imageOf(unmixing, told),
  owner: cubeLayerId,
  source: geometry,
  geometry,
  locked: false,
  style: { ...layerStyleDefaults, opacity: 1 },
});

const sameImage = (a: Classes, b: Classes): boolean =>
  a.classes === b.classes &&
  a.names.join('\n') === b.names.join('\n') &&
  a.colours.join(' ') === b.colours.join(' ');

/** Layers in which the classes have names, colours and threshold as they are now; the others, and these, stay the same objects where nothing changed. */
export function followClasses(
  layers: readonly LayerEntry[],
  told: Told,
): readonly LayerEntry[] {
  const { unmixing } = told;
  if (!unmixing) return layers;
  return layers.map((layer) => {
    if (layer.image.kind !== 'classes') return layer;
    const image = imageOf(unmixing, told);
    return sameImage(layer.image, image) ? layer : { ...layer, image };
  });
}
