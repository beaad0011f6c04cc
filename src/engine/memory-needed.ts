import type { Cube } from '../spectral/cube.js';
import { UnmixingError } from '../spectral/errors.js';
import { isNode } from './assets.js';
import type { UnmixOptions } from './options.js';
import { encoderReach, stripPixels } from './tiles.js';

/** What the estimate rests on: a cube, or what it would be after binning. */
export type Sizes = Pick<Cube, 'width' | 'height'> & {
  readonly bands: number;
};

const single = 4; // bytes
const double = 8;
/** Code, blocks of spectra and whatever does not grow with the image. */
const fixed = 60e6;
/** Blocks and samples of spectra, directions: bytes a band, measured. */
const perBand = 22e3;
/** Dimensions that the search for the rank keeps, with those it throws away. */
const searched = 46;
/** The module and first pages of a backend. */
const backendItself = 50e6;
/** Copies of the widest activations that live at once in a step: forward, its gradient, and what they are made of. */
const activations = 4;

/** Weights, shares and maps: bytes a pixel. */
const mapBytes = ({ endmembers, runs }: UnmixOptions): number =>
  single * endmembers * (runs > 1 ? 14 : 10) + single * 10;

/** Patches along a side of the image. */
const along = (length: number, patch: number, stride: number): number =>
  Math.max(0, Math.ceil((length - patch) / Math.min(stride, patch))) + 1;

/** The network's data and its widest activations, on its device and beside it. */
function trainingBytes(
  { width, height, bands }: Sizes,
  { endmembers, network, preset }: UnmixOptions,
): number {
  const pixels = width * height;
  const { patch, stride, batch, features, decoder, space, dimensions } =
    network;
  const own = preset === 'network' ? endmembers : dimensions;
  const channels = space === 'full' ? bands : Math.min(bands, own);
  const reach = encoderReach + (decoder - 1) / 2;
  // Patches overlap: a step may see more pixels than there are.
  const patches = along(width, patch, stride) * along(height, patch, stride);
  const rows = Math.max(
    Math.min(batch, patches) * Math.min(patch, width) * Math.min(patch, height),
    Math.min(pixels, stripPixels + 2 * reach * width),
  );
  // Neighbourhoods are gathered of what is narrower; a decoder's convolution lists the neighbours of every pixel.
  const widest = 9 * Math.min(features, channels) + features + channels;
  const neighbours = decoder > 1 ? decoder ** 2 : 0;
  const copies = space === 'full' ? 3 : 2;
  // On all bands the published presets scale them in a copy of the cube.
  const scaled =
    preset === 'network' || space !== 'full' ? 0 : single * pixels * bands;
  return (
    backendItself +
    scaled +
    single * pixels * (copies * channels + 3 * endmembers + 2) +
    single * rows * (activations * widest + neighbours)
  );
}

/**
 * Bytes that a run takes beyond the cube, roughly: measured in Node on cubes of 64² to 256² pixels and 200 to 1500 bands, and
 * counted from the sizes of what grows.
 */
export function memoryNeeded(sizes: Sizes, options: UnmixOptions): number {
  const pixels = sizes.width * sizes.height;
  return (
    fixed +
    perBand * sizes.bands +
    pixels * (2 * double * searched + mapBytes(options)) +
    (options.preset === 'auto' ? 0 : trainingBytes(sizes, options))
  );
}

/** Browsers tell no more than this, GB. */
const mostTold = 8;
/** The share of a machine's memory that one page may hope for. */
const pageShare = 0.75;

/**
 * Bytes that may still be taken; null where nobody can tell.
 * @param held bytes that this page holds already, out of what browsers tell of the whole machine
 */
export function memoryThere(held: number): number | null {
  if (isNode) return process.availableMemory();
  if (typeof navigator === 'undefined' || !('deviceMemory' in navigator))
    return null;
  const { deviceMemory } = navigator;
  return typeof deviceMemory === 'number' && deviceMemory < mostTold
    ? deviceMemory * 2 ** 30 * pageShare - held
    : null;
}

const gigabytes = (bytes: number): string =>
  `${(Math.max(0, bytes) / 1e9).toPrecision(2)} GB`;

const mostBinned = 8;

/** The least bin of pixels that fits, as a piece of advice. */
function advice(sizes: Sizes, options: UnmixOptions, there: number): string {
  const ways: string[] = [];
  for (let bin = 2; bin <= mostBinned; bin++) {
    const binned = {
      ...sizes,
      width: Math.ceil(sizes.width / bin),
      height: Math.ceil(sizes.height / bin),
    };
    if (memoryNeeded(binned, options) > there) continue;
    ways.push(`bin its pixels by ${bin}`);
    break;
  }
  if (
    options.preset !== 'auto' &&
    memoryNeeded(sizes, { ...options, preset: 'auto' }) <= there
  )
    ways.push('take the preset auto');
  return ['crop the image', ...ways].join(', ');
}

/**
 * Refuses a run that cannot fit, before it begins.
 * @param there bytes that may be taken; null where nobody can tell: then nothing is refused
 * @throws UnmixingError `input` with the bytes it would need, those that are there, and what to do
 */
export function checkMemory(
  sizes: Sizes,
  options: UnmixOptions,
  there: number | null,
): void {
  const needed = memoryNeeded(sizes, options);
  if (there === null || needed <= there) return;
  const { width, height, bands } = sizes;
  throw new UnmixingError(
    'input',
    `Unmixing ${width} x ${height} pixels of ${bands} bands with the preset ${options.preset} needs about ${gigabytes(needed)} beyond the image, ${gigabytes(there)} are there (${advice(sizes, options, there)}, or close other programs).`,
  );
}
