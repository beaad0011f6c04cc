import { motionOf } from '../../imaging/affine.js';
import { lengthLabel } from '../../imaging/scale-bar.js';
import type { SessionState } from '../state.js';
import { formatNumber } from '../format.js';
import { figuresOf, registrationOf } from './fit.js';
import {
  type ImagePair,
  type RegisterImage,
  middleOf,
  pairOf,
  placementOf,
} from './images.js';

/** A length in the world of an image, in µm where that is known: two figures, none finer than a hundredth. */
export function residualWords(
  length: number,
  { source: { unit } }: RegisterImage,
): string {
  const told = unit === 'mm' ? 1000 * length : length;
  const figure = Number((Math.round(100 * told) / 100).toPrecision(2));
  if (unit !== null && figure >= 1000) return lengthLabel(figure, 'µm');
  return `${figure}\u00a0${unit === null ? 'px' : 'µm'}`;
}

/** What was done to an image, as "turned 4.2°, scaled 1.030, moved 12 µm". */
export function motionWords(
  image: RegisterImage,
  placements: SessionState['placements'],
): string {
  const map = placementOf(placements, image);
  if (!map) return 'Lies where its file puts it';
  const { turn, scale, stretch, mirrors, shift } = motionOf(
    map,
    middleOf(image),
  );
  const told = [
    ...(mirrors ? ['mirrored'] : []),
    `turned ${formatNumber(turn, 1)}°`,
    `scaled ${formatNumber(scale, 3)}`,
    ...(stretch > 1.0005
      ? [`stretched ${formatNumber(100 * (stretch - 1), 1)}\u00a0%`]
      : []),
    `moved ${residualWords(shift, image)}`,
  ].join(', ');
  return told[0].toUpperCase() + told.slice(1);
}

/** How the image lies that is moved, in a word or two: the worst residual, or that it was moved. */
export function registerSummary(
  session: SessionState,
  { moving, fixed }: ImagePair = pairOf(session),
): string {
  const { registrations, registering, placements } = session;
  if (!moving || !fixed) return 'with a second image';
  if (registering.work.state === 'running') return 'searching';
  if (registering.work.state === 'proposed') return 'a proposal';
  const registration = registrationOf(registrations, moving.id, fixed.id);
  const map = placementOf(placements, moving);
  const worst =
    registration && map ? figuresOf(registration, placements).worst : null;
  return worst !== null
    ? residualWords(worst, fixed)
    : map
      ? 'moved'
      : 'as in the files';
}
