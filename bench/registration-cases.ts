import { openAsBlob, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { openFiles } from '../src/formats/open.js';
import {
  type Affine,
  applyTo,
  compose,
  invert,
  turnedAbout,
} from '../src/imaging/affine.js';
import { indexMap } from '../src/imaging/registration/auto-frame.js';
import type { GreyImage } from '../src/imaging/registration/auto-types.js';
import {
  type Geometry,
  type Picture,
  unitGeometry,
} from '../src/spectral/cube.js';
import { randomSource } from '../src/spectral/random.js';

/** A cube's abundances and a micrograph of the same place, with what is true of them. */
export interface RegistrationCase {
  readonly micrograph: Picture;
  readonly names: readonly string[];
  /** One a material. */
  readonly maps: readonly GreyImage[];
  /** Takes the cube's world to the micrograph's. */
  readonly truth: Affine;
}

/** Pixels of the cube, µm: as of a focal plane array behind an ATR crystal. */
const cubePixel = 1.56;

async function opened(path: string) {
  const file = new File([await openAsBlob(path)], basename(path));
  const [first] = await openFiles([file]);
  return first;
}

const grid = (pixel: number, unit: Geometry['unit']): Geometry => ({
  ...unitGeometry,
  spacing: [pixel, pixel, 1],
  unit,
});

/**
 * Reads a phantom. Its truth.json takes places of the micrograph that are counted from the corner of its first pixel to indices of the
 * cube, whole at centres.
 */
export async function readCase(folder: string): Promise<RegistrationCase> {
  const { names, spec, micrograph_to_cube } = JSON.parse(
    readFileSync(join(folder, 'truth.json'), 'utf8'),
  ) as {
    names: string[];
    spec: { width: number; height: number; micrograph: { scale: number } };
    micrograph_to_cube: [[number, number, number], [number, number, number]];
  };
  const { width, height } = spec;
  const shares = readFileSync(join(folder, 'abundances.img'));
  const geometry = grid(cubePixel, null);
  const maps = names.map((_, k) => ({
    width,
    height,
    geometry,
    data: Float32Array.from({ length: width * height }, (_, n) =>
      shares.readFloatLE(4 * (n * names.length + k)),
    ),
  }));
  const picture = await opened(join(folder, 'micrograph.png'));
  if (picture.kind !== 'picture') throw new Error(`${folder}: no micrograph`);
  const micrograph = {
    ...picture.picture,
    geometry: {
      ...grid(cubePixel / spec.micrograph.scale, null),
      origin: [120, -45, 0] as const,
    },
  };
  const [x, y] = micrograph_to_cube;
  const toPixels = compose([1, 0, -0.5, 0, 1, -0.5], invert([...x, ...y]));
  const truth = compose(
    compose(indexMap(micrograph.geometry), toPixels),
    invert(indexMap(geometry)),
  );
  return { micrograph, names, maps, truth };
}

/** A start off the truth by up to 10 degrees, 10 % of size (unless sizes are kept) and 15 pixels of the cube, by chance. */
export function seededStart(
  { maps: [{ width, height, geometry }], truth }: RegistrationCase,
  seed: number,
  keepsSize: boolean,
): Affine {
  const random = randomSource(seed);
  const within = (most: number): number => most * (2 * random.uniform() - 1);
  const middle = applyTo(indexMap(geometry), [
    (width - 1) / 2,
    (height - 1) / 2,
  ]);
  const [turn, scale] = [within(10), 1 + within(0.1)];
  const far = 15 * geometry.spacing[0] * Math.sqrt(random.uniform());
  const angle = within(Math.PI);
  const turned = turnedAbout(middle, turn, keepsSize ? 1 : scale);
  const [x, y] = [far * Math.cos(angle), far * Math.sin(angle)];
  return compose(truth, compose([1, 0, x, 0, 1, y], turned));
}

/** How far a map takes a corner or the middle of the cube from where the truth takes it, at most, in pixels of the cube. */
export function farthestOff(
  { maps: [{ width, height, geometry }], truth }: RegistrationCase,
  map: Affine,
): number {
  const pixels = indexMap(geometry);
  const there = compose(map, pixels);
  const back = compose(invert(compose(truth, pixels)), there);
  const [right, bottom] = [width - 1, height - 1];
  const places: [number, number][] = [
    [0, 0],
    [right, 0],
    [0, bottom],
    [right, bottom],
    [right / 2, bottom / 2],
  ];
  return Math.max(
    ...places.map((place) => {
      const [x, y] = applyTo(back, place);
      return Math.hypot(x - place[0], y - place[1]);
    }),
  );
}
