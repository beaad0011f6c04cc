import { expect } from '@open-wc/testing';
import {
  type Affine,
  applyTo,
  compose,
  identity,
  invert,
  turnedAbout,
} from '../../../src/imaging/affine.js';
import { registerImages } from '../../../src/imaging/registration/auto.js';
import { mapOf } from '../../../src/imaging/registration/auto-elastix.js';
import {
  indexMap,
  thinned,
} from '../../../src/imaging/registration/auto-frame.js';
import type { GreyImage } from '../../../src/imaging/registration/auto-types.js';
import { blendOf, greyOf } from '../../../src/imaging/registration/grey.js';
import {
  Counter,
  inGreys,
  samplesOf,
} from '../../../src/imaging/registration/likeness.js';
import { type Geometry, unitGeometry } from '../../../src/spectral/cube.js';
import { randomSource } from '../../../src/spectral/random.js';

const assets = '/itk-assets/';
const random = randomSource(5);
const blobs = Array.from({ length: 40 }, () => ({
  x: 130 * random.uniform() - 5,
  y: 100 * random.uniform() - 5,
  r: 3 + 6 * random.uniform(),
  grey: random.below(4),
}));
/** What both images show, by a place in the fixed image's world. */
const scene = (x: number, y: number): number =>
  blobs.findLast((one) => Math.hypot(x - one.x, y - one.y) < one.r)?.grey ?? 4;

function drawn(
  width: number,
  height: number,
  geometry: Geometry,
  map: Affine,
  greyOfPart: (part: number) => number,
): GreyImage {
  const there = compose(map, indexMap(geometry));
  const data = Float32Array.from({ length: width * height }, (_, n) =>
    greyOfPart(scene(...applyTo(there, [n % width, Math.floor(n / width)]))),
  );
  return { width, height, data, geometry };
}

const fixed = drawn(
  240,
  180,
  { ...unitGeometry, spacing: [0.5, 0.5, 1] },
  identity,
  (part) => 30 + 45 * part,
);
const truth = compose([0.5, 0, 14, 0, 0.5, 9], turnedAbout([90, 60], 4, 1.02));
// Darkest is brightest and back: no line through these greys, as between instruments.
const moving = drawn(
  80,
  56,
  { ...unitGeometry, spacing: [2, 2, 1], origin: [4, 6, 0] },
  truth,
  (part) => [0.2, 1, 0.4, 0, 0.7][part],
);

/** Most that a map is off at the corners of the moving image, in its pixels. */
function off(map: Affine): number {
  const pixels = indexMap(moving.geometry);
  const back = compose(invert(compose(truth, pixels)), compose(map, pixels));
  return Math.max(
    ...[0, 79].flatMap((i) =>
      [0, 55].map((j) => {
        const [x, y] = applyTo(back, [i, j]);
        return Math.hypot(x - i, y - j);
      }),
    ),
  );
}
const start = compose(
  truth,
  compose([1, 0, 12, 0, 1, -9], turnedAbout([80, 60], -7, 0.94)),
);

describe('automatic registration', () => {
  for (const kind of ['similarity', 'affine'] as const)
    it(`finds the ${kind} by which an image was made, to half a pixel`, async () => {
      const told: number[] = [];
      const found = await registerImages(moving, fixed, start, {
        kind,
        assets,
        onProgress: ({ fraction }) => told.push(fraction),
      });
      expect(off(start)).to.be.greaterThan(5);
      expect(off(found.map)).to.be.lessThan(0.5);
      expect(found.likeness).to.be.greaterThan(found.likenessBefore ?? 2);
      expect(told).to.deep.equal([...told].sort((a, b) => a - b));
      expect(told.at(-1)).to.equal(1);
    });

  it('keeps the sizes of the start when it is rigid', async () => {
    const rigid = compose(truth, turnedAbout([80, 60], 5));
    const { map } = await registerImages(moving, fixed, rigid, {
      kind: 'rigid',
      assets,
    });
    expect(off(map)).to.be.lessThan(0.5);
    const area = ([a, b, , d, e]: Affine): number => a * e - b * d;
    expect(area(map)).to.be.closeTo(area(rigid), 1e-9);
  });

  it('gives the same map for the same seed', async () => {
    const once = { kind: 'rigid', assets, seed: 3 } as const;
    const maps = [
      await registerImages(moving, fixed, truth, once),
      await registerImages(moving, fixed, truth, once),
    ].map(({ map }) => map);
    expect(maps[0]).to.deep.equal(maps[1]);
  });

  it('ends at once with the reason when it is cancelled, also while elastix runs', async () => {
    for (const stage of ['search', 'refine']) {
      const control = new AbortController();
      const reason = new Error('enough');
      const run = registerImages(moving, fixed, start, {
        kind: 'similarity',
        assets,
        signal: control.signal,
        onProgress: (progress) => {
          if (progress.stage === stage) control.abort(reason);
        },
      });
      expect(await run.catch((error: unknown) => error)).to.equal(reason);
    }
  });

  it('says in one sentence what is missing or cannot be registered', async () => {
    const flat = { ...moving, data: new Float32Array(80 * 56) };
    const far: Affine = [1, 0, 1e6, 0, 1, 0];
    for (const [from, at, options, sentence] of [
      [
        moving,
        truth,
        {},
        'Automatic registration needs elastix, and this page does not say where it lies (assets).',
      ],
      [
        flat,
        truth,
        { assets },
        'The moving image is the same everywhere: there is nothing to register it by.',
      ],
      [
        moving,
        far,
        { assets },
        'The images do not lie on each other anywhere near the start: place some landmarks first.',
      ],
      [
        moving,
        truth,
        { assets: '/nowhere/' },
        `Automatic registration needs elastix, which cannot be loaded from ${location.origin}/nowhere/.`,
      ],
      [
        moving,
        truth,
        { assets, workerUrl: '/nowhere/registration-worker.js' },
        'Registration could not be loaded: registration-worker.js must lie beside the other parts of the plugin.',
      ],
    ] as const) {
      const run = registerImages(from, fixed, at, {
        kind: 'rigid',
        ...options,
      });
      const error: unknown = await run.catch((one: unknown) => one);
      expect(error).to.have.property('tag', 'input');
      expect(error).to.have.property('message', sentence);
    }
  });
});

describe('maps of elastix', () => {
  const turn = Math.PI / 6;
  const answer = (...parameters: number[]) => [
    {
      TransformParameters: parameters.map(String),
      CenterOfRotationPoint: ['10', '-4'],
    },
  ];
  it('turn about their centre, then move', () => {
    const map = mapOf(answer(turn, 3, 5));
    expect(applyTo(map, [10, -4])).to.deep.equal([13, 1]);
    const [x, y] = applyTo(map, [11, -4]);
    expect(x).to.be.closeTo(13 + Math.cos(turn), 1e-12);
    expect(y).to.be.closeTo(1 + Math.sin(turn), 1e-12);
  });
  it('scale before the turn, and list a matrix by rows', () => {
    const similar = mapOf(answer(2, turn, 3, 5));
    const [c, s] = [2 * Math.cos(turn), 2 * Math.sin(turn)];
    const affine = mapOf(answer(c, -s, s, c, 3, 5));
    for (const place of [0, 2] as const)
      expect(applyTo(similar, [place, 7])).to.deep.equal(
        applyTo(affine, [place, 7]),
      );
  });
});

describe('likeness of two images', () => {
  const image = (width: number, data: number[]) =>
    inGreys({
      width,
      height: data.length / width,
      data: Float32Array.from(data),
      place: identity,
    });
  const half = image(4, [0, 0, 1, 1]);
  it('is 2 when each grey of one has its own in the other, whichever', () => {
    const other = image(4, [9, 9, 3, 3]);
    const { likeness, overlap } = new Counter(samplesOf(half), other).after(
      identity,
    );
    expect(likeness).to.be.closeTo(2, 1e-12);
    expect(overlap).to.equal(1);
  });
  it('is 1 when they tell nothing of each other', () => {
    const other = image(4, [0, 1, 0, 1]);
    const { likeness } = new Counter(samplesOf(half), other).after(identity);
    expect(likeness).to.be.closeTo(1, 1e-12);
  });
  it('counts only what lies on the other image and is not left out', () => {
    const holed = image(4, [0, NaN, 1, 1]);
    const { overlap } = new Counter(samplesOf(half), holed).after([
      1, 0, 1, 0, 1, 0,
    ]);
    expect(overlap).to.equal(0.5);
  });
});

describe('images to register', () => {
  it('are thinned by means of blocks, placed at their middles', () => {
    const grid = thinned(
      {
        width: 5,
        height: 2,
        data: Float32Array.from([1, 3, 5, 7, 9, 1, 3, NaN, 7, 9]),
      },
      [2, 0, 10, 0, 2, 20],
      2,
    );
    expect([...grid.data]).to.deep.equal([2, 19 / 3].map(Math.fround));
    expect(applyTo(grid.place, [0, 0])).to.deep.equal([11, 21]);
    expect(applyTo(grid.place, [1, 0])).to.deep.equal([15, 21]);
  });

  const picture = {
    name: 'micrograph',
    width: 2,
    height: 1,
    data: Uint8ClampedArray.of(100, 50, 10, 255, 1, 2, 3, 0),
    geometry: unitGeometry,
  };
  it('are the luminance or a channel of a picture, without what is transparent', () => {
    const [grey, none] = greyOf(picture, 'luminance').data;
    expect(grey).to.be.closeTo(0.2126 * 100 + 0.7152 * 50 + 0.0722 * 10, 1e-5);
    expect(none).to.deep.equal(NaN);
    expect(greyOf(picture, 'blue').data[0]).to.equal(10);
  });
  it('lie along the line on which the colours of a picture differ most', () => {
    const data = Uint8ClampedArray.from(
      [0, 1, 2, 3].flatMap((k) => [10 + 3 * k, 200 - 4 * k, 7, 255]),
    );
    const grey = greyOf({ ...picture, width: 4, data }, 'principal').data;
    for (let k = 1; k < 4; k++)
      expect(Math.abs(grey[k] - grey[k - 1])).to.be.closeTo(5, 1e-4);
  });
  it('are maps in greys of their own', () => {
    const map = (...data: number[]): GreyImage => ({
      width: 2,
      height: 1,
      data: Float32Array.from(data),
      geometry: unitGeometry,
    });
    expect([...blendOf([map(1, 0), map(0, 1)]).data]).to.deep.equal([0.5, 1]);
    expect(() => blendOf([])).to.throw('invalid maps: 0');
  });
});
