import { keepPace } from '../../spectral/pace.js';
import { type Affine, compose, identity } from '../affine.js';
import { planeImage, mapOf, parametersFor } from './auto-elastix.js';
import { type Frame, checkGrey, framed, worldMap } from './auto-frame.js';
import { runElastix } from './auto-pipeline.js';
import { asAffine, search } from './auto-search.js';
import { planOf } from './auto-start.js';
import type { GreyImage, RegisterOptions, Registered } from './auto-types.js';
import { UnmixingError } from '../../spectral/errors.js';
import { Counter, inGreys, samplesOf } from './likeness.js';

/** The share of a run that the search is taken to be. */
const searchShare = 0.5;

/** What is left of the likeness above 1 when elastix has wandered off. */
const wandered = 0.9;

/**
 * Brings elastix's own result into the frame. Elastix maps from its fixed image to its moving one; it is given our moving image, already
 * moved, as its fixed one, so that its map is ours and its samples are the pixels of the cube.
 */
async function refined(
  frame: Frame,
  move: Affine,
  { kind, assets, seed = 1 }: RegisterOptions,
): Promise<Affine> {
  const place = compose(move, frame.moving.place);
  const answer = await runElastix(
    {
      parameters: parametersFor(kind, seed),
      fixed: planeImage({ ...frame.moving, place }),
      moving: planeImage(frame.fixed),
    },
    assets,
  );
  return compose(mapOf(answer), move);
}

/**
 * Registers two images by mutual information, where it is called: a search on coarse grids finds the neighbourhood, elastix the place in
 * it. Heavy: pages have `registerImages` do it in a worker.
 * @throws UnmixingError `input` with one sentence; `signal.reason` when aborted
 */
export async function runRegistration(
  moving: GreyImage,
  fixed: GreyImage,
  start: Affine | null,
  options: RegisterOptions,
): Promise<Registered> {
  const { kind, signal, onProgress } = options;
  signal?.throwIfAborted();
  checkGrey('moving', moving);
  checkGrey('fixed', fixed);
  const plan = planOf(moving, fixed, start, kind);
  const frame = framed(moving, fixed, plan.start);
  const pace = keepPace(signal, (fraction) =>
    onProgress?.({ stage: 'search', fraction: searchShare * fraction }),
  );
  const moves = await search(frame, plan.reach, pace);
  const found = moves.at(0);
  if (!found)
    throw new UnmixingError(
      'input',
      'The images do not lie on each other anywhere near the start: place some landmarks first.',
    );
  signal?.throwIfAborted();
  onProgress?.({ stage: 'refine', fraction: searchShare });
  const move = asAffine(found.move);
  const better = await refined(frame, move, options);
  signal?.throwIfAborted();
  const counter = new Counter(
    samplesOf(inGreys(frame.moving)),
    inGreys(frame.fixed),
  );
  const after = counter.after(better);
  const kept = after.likeness - 1 >= wandered * (found.likeness - 1);
  onProgress?.({ stage: 'refine', fraction: 1 });
  return {
    map: worldMap(frame, kept ? better : move, plan.start),
    likeness: kept ? after.likeness : found.likeness,
    likenessBefore: start ? counter.after(identity).likeness : null,
    overlap: kept ? after.overlap : found.overlap,
  };
}
