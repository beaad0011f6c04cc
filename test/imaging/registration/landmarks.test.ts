import { expect } from '@open-wc/testing';
import {
  type Affine,
  applyTo,
  turnedAbout,
} from '../../../src/imaging/affine.js';
import type { RegistrationKind } from '../../../src/imaging/registration/kind.js';
import {
  type PointPair,
  fitLandmarks,
  leaveOneOut,
  residuals,
} from '../../../src/imaging/registration/landmarks.js';
import { randomSource } from '../../../src/spectral/random.js';

type Place = readonly [number, number];

const places: readonly Place[] = [
  [12.5, 3.25],
  [80, 7],
  [75.5, 60.25],
  [20.25, 55],
  [48, 30],
];
const kinds: readonly RegistrationKind[] = ['rigid', 'similarity', 'affine'];
const sheared: Affine = [1.2, 0.4, -7, -0.1, 0.8, 3];

const pairsOf = (map: Affine, moving: readonly Place[] = places): PointPair[] =>
  moving.map((place) => ({ moving: place, fixed: applyTo(map, place) }));

const expectMap = (
  found: Affine,
  wanted: readonly number[],
  off = 1e-9,
): void =>
  found.forEach((part, at) => expect(part).to.be.closeTo(wanted[at], off));

describe('a map fitted to landmarks', () => {
  it('is the map that made them, from the least pairs on', () => {
    const exact: Record<RegistrationKind, Affine> = {
      rigid: turnedAbout([30, -4], -38),
      similarity: turnedAbout([1e4, 2e4], 171, 0.02),
      affine: sheared,
    };
    for (const kind of kinds)
      for (const count of [kind === 'affine' ? 3 : 2, 5]) {
        const pairs = pairsOf(exact[kind], places.slice(0, count));
        const map = fitLandmarks(pairs, kind);
        expectMap(map, exact[kind], 1e-8);
        for (const left of residuals(map, pairs))
          expect(left).to.be.closeTo(0, 1e-8);
      }
  });

  it("is numpy's: Umeyama by its singular value decomposition, affine by lstsq", () => {
    const fixed: readonly Place[] = [
      [103.2, 40.1],
      [165.9, 62.4],
      [144.7, 110.8],
      [91.6, 88.9],
      [127.3, 76.2],
    ];
    const pairs = places.map((moving, i) => ({ moving, fixed: fixed[i] }));
    const wanted: Record<RegistrationKind, [number[], number[]]> = {
      rigid: [
        [
          0.949910296445, -0.312522685108, 91.3761939998, 0.312522685108,
          0.949910296445, 31.3710929092,
        ],
        [
          1.98575713783, 0.950619347066, 1.46475624506, 2.10125950572,
          1.36308254237,
        ],
      ],
      similarity: [
        [
          0.942431477341, -0.31006213632, 91.6530451352, 0.31006213632,
          0.942431477341, 31.7199451135,
        ],
        [
          1.63616874189, 1.25198182245, 1.25092239709, 2.28296471661,
          1.35506339347,
        ],
      ],
      affine: [
        [
          0.966084561054, -0.341506111286, 91.5133445512, 0.291761597111,
          0.91638855947, 33.394580337,
        ],
        [
          0.72493621179, 0.906918002168, 0.839392811284, 1.06200897301,
          1.35269015891,
        ],
      ],
    };
    for (const kind of kinds) {
      const map = fitLandmarks(pairs, kind);
      expectMap(map, wanted[kind][0], 1e-9);
      residuals(map, pairs).forEach((left, i) =>
        expect(left).to.be.closeTo(wanted[kind][1][i], 1e-9),
      );
    }
  });

  it('neither mirrors nor scales unless it may', () => {
    const mirrored = pairsOf([-1, 0, 0, 0, 1, 0]);
    const [a, b, , d, e] = fitLandmarks(mirrored, 'rigid');
    expect(a * e - b * d).to.be.closeTo(1, 1e-12);
    expectMap(fitLandmarks(mirrored, 'affine'), [-1, 0, 0, 0, 1, 0]);
  });

  it('lies within 1 cube pixel everywhere with 8 landmarks and 1 pixel of click noise', () => {
    // A cube pixel is 6 of the micrograph's; each click is off by a normal of 1 micrograph pixel, and in the cube by rounding.
    const toMicrograph: Affine = [5.9, -0.42, 61, 0.38, 6.07, -17];
    const [w, h] = [96, 64];
    const spread = [0.1, 0.5, 0.9].flatMap((y) =>
      [0.1, 0.5, 0.9].map((x): Place => [x * w, y * h]),
    );
    const eight = spread.filter((_, i) => i !== 4);
    for (let seed = 1; seed <= 20; seed++) {
      const random = randomSource(seed);
      const pairs = eight.map((place): PointPair => {
        const [x, y] = applyTo(toMicrograph, place);
        return {
          moving: [Math.round(place[0]), Math.round(place[1])],
          fixed: [x + random.normal(), y + random.normal()],
        };
      });
      const map = fitLandmarks(pairs, 'affine');
      for (const corner of [
        [-0.5, -0.5],
        [w - 0.5, -0.5],
        [-0.5, h - 0.5],
        [w - 0.5, h - 0.5],
      ] as const) {
        const [x, y] = applyTo(map, corner);
        const [u, v] = applyTo(toMicrograph, corner);
        expect(Math.hypot(x - u, y - v) / 6).to.be.below(1);
      }
    }
  });

  it('asks for more pairs, and for places that tell it', () => {
    const refused = (pairs: readonly PointPair[], kind: RegistrationKind) => {
      try {
        fitLandmarks(pairs, kind);
        return 'none';
      } catch (error) {
        return (error as Error).message;
      }
    };
    const line = places.map(([x]): Place => [x, 2 * x + 1e-4]);
    expect(refused(pairsOf(sheared, places.slice(0, 2)), 'affine')).to.equal(
      'invalid landmarks: 2 pairs (want at least 3 for an affine map)',
    );
    expect(refused(pairsOf(sheared, places.slice(0, 1)), 'rigid')).to.equal(
      'invalid landmarks: 1 pair (want at least 2 for a rigid map)',
    );
    expect(refused(pairsOf(sheared, line), 'affine')).to.equal(
      'invalid landmarks: all on one line of the moved image (want three that span a triangle)',
    );
    const onto = pairsOf([1, 0, 0, 2, 0, 0]);
    expect(refused(onto, 'affine')).to.contain('one line of the fixed image');
    const one = places.map((): Place => [700.1, 0.3]);
    expect(refused(pairsOf(sheared, one), 'similarity')).to.equal(
      'invalid landmarks: all in one place of the moved image (want them apart)',
    );
    const balanced: readonly Place[] = [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ];
    expect(refused(pairsOf([1, 0, 0, 0, -1, 0], balanced), 'rigid')).to.contain(
      'at no angle better',
    );
  });

  it('left without one pair tells how far that pair is off, and nothing where it cannot', () => {
    const pairs = pairsOf(sheared, places.slice(0, 4));
    const [first, ...others] = pairs;
    const off = {
      moving: first.moving,
      fixed: [first.fixed[0] + 3, first.fixed[1] - 4] as const,
    };
    expect(leaveOneOut([off, ...others], 'affine')[0]).to.be.closeTo(5, 1e-9);
    expect(leaveOneOut(others, 'affine')).to.deep.equal([null, null, null]);
    const line = pairsOf(sheared, [
      [0, 0],
      [1, 1],
      [2, 2],
      [5, 1],
    ]);
    const [a, b, c, d] = leaveOneOut(line, 'affine');
    expect(d).to.equal(null);
    for (const left of [a, b, c]) expect(left).to.be.closeTo(0, 1e-9);
  });
});
