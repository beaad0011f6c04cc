import { identity } from '../../imaging/affine.js';
import type {
  GreyImage,
  Registered,
  RegisterOptions,
} from '../../imaging/registration/auto-types.js';
import { UnmixingError } from '../../spectral/errors.js';
import { placedGeometry } from '../placements.js';
import type { SessionState } from '../state.js';
import type { RegisterAction } from './action.js';
import type { RegisterImage } from './images.js';

/** Where the registration's worker and its wasm lie. */
export type AutomaticOptions = Pick<RegisterOptions, 'assets' | 'workerUrl'>;

/** Of pictures: what is made one channel. */
const channels = [
  ['luminance', 'Brightness'],
  ['principal', 'Strongest contrast'],
  ['red', 'Red'],
  ['green', 'Green'],
  ['blue', 'Blue'],
] as const;

/** Of cubes: all maps together. */
export const blend = 'blend';

/** What of an image can be compared, the best guess first: the ids and the names. */
export function greyChoices({
  layers,
}: RegisterImage): readonly (readonly [string, string])[] {
  const maps = layers.filter(({ role }) => role === 'abundance');
  const pictures = layers.filter(
    ({ role }) => role === 'cube' || role === 'picture',
  );
  return [
    ...(maps.length > 0 ? [[blend, 'All abundances'] as const] : []),
    ...maps.map(({ id, name }) => [id, name] as const),
    ...pictures.flatMap(({ id, name, image, role }) =>
      image.kind === 'map'
        ? [[id, name] as const]
        : channels.map(
            ([channel, label]) =>
              [
                `${id} ${channel}`,
                role === 'cube' ? `${name}: ${label.toLowerCase()}` : label,
              ] as const,
          ),
    ),
  ];
}

/** One channel of an image, where its file puts it. */
async function greyImage(
  { layers, source: geometry }: RegisterImage,
  choice: string,
): Promise<GreyImage> {
  const grey = await import('../../imaging/registration/grey.js');
  if (choice === blend)
    return grey.blendOf(
      layers.flatMap(({ role, image, source }) =>
        role === 'abundance' && image.kind === 'map'
          ? [{ ...image, data: image.values, geometry: source }]
          : [],
      ),
    );
  for (const { id, name, image } of layers) {
    const { width, height } = image;
    if (image.kind === 'map' && id === choice)
      return { width, height, data: image.values, geometry };
    const channel = channels.find(([one]) => `${id} ${one}` === choice);
    if (image.kind === 'rgba' && channel)
      return grey.greyOf(
        { name, width, height, data: image.data, geometry },
        channel[0],
      );
  }
  throw new UnmixingError(
    'input',
    `invalid image: ${choice} is not there any more (want one that is drawn)`,
  );
}

/** The map that brings one image onto the other where that lies now, by how much they tell of each other. */
export async function findMap(
  {
    moving,
    fixed,
    placements,
    choices,
  }: {
    readonly moving: RegisterImage;
    readonly fixed: RegisterImage;
    readonly placements: SessionState['placements'];
    readonly choices: Extract<RegisterAction, { do: 'automatic' }>;
  },
  options: RegisterOptions,
): Promise<Registered> {
  const [from, onto, { registerImages }] = await Promise.all([
    greyImage(moving, choices.moving),
    greyImage(fixed, choices.fixed),
    import('../../imaging/registration/auto.js'),
  ]);
  const geometry = placedGeometry(onto.geometry, placements[fixed.id]);
  const start =
    choices.from === 'here' ? (placements[moving.id] ?? identity) : null;
  return registerImages(from, { ...onto, geometry }, start, options);
}
