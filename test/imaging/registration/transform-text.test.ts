import { expect } from '@open-wc/testing';
import { type Affine, applyTo, invert } from '../../../src/imaging/affine.js';
import {
  readTransform,
  writeTransform,
} from '../../../src/imaging/registration/transform-text.js';

const map: Affine = [1.2, 0.4, -7, -0.1, 0.8, 3];

const file = (transform: string, parameters: string, fixed = '0 0'): string =>
  `#Insight Transform File V1.0\n#Transform 0\nTransform: ${transform}\nParameters: ${parameters}\nFixedParameters: ${fixed}\n`;

const refused = (text: string): string => {
  try {
    readTransform(text);
    return 'none';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('a transform as text', () => {
  it('holds the way back, matrix then shift, and reads as it was written to the last digit', () => {
    const text = writeTransform(map, 'cube\nParameters: 1 onto\tmicrograph');
    const lines = text.split('\n');
    expect(lines[0]).to.equal('#Insight Transform File V1.0');
    expect(lines[1]).to.equal('# cube Parameters: 1 onto micrograph');
    expect(lines[3]).to.equal('Transform: AffineTransform_double_2_2');
    const [a, b, d, e, x, y] = lines[4].split(' ').slice(1).map(Number);
    // numpy.linalg.inv([[1.2, .4, -7], [-.1, .8, 3], [0, 0, 1]])
    [0.8, -0.4, 0.1, 1.2, 6.8, -2.9].forEach((wanted, i) =>
      expect([a, b, d, e, x, y][i]).to.be.closeTo(wanted, 1e-12),
    );
    readTransform(text).forEach((part, i) =>
      expect(part).to.be.closeTo(map[i], 1e-12),
    );
  });

  it('turns about its centre as the ITK guide has it: T(x) = A (x - c) + c + t', () => {
    const angle = 0.3;
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    const centre = [40, -5];
    const at = (scale: number): ((x: number, y: number) => number[]) => {
      return (x, y) => [
        scale * (c * (x - centre[0]) - s * (y - centre[1])) + centre[0] + 2,
        scale * (s * (x - centre[0]) + c * (y - centre[1])) + centre[1] - 3,
      ];
    };
    for (const [text, wanted] of [
      [file('Euler2DTransform_double_2_2', '0.3 2 -3', '40 -5'), at(1)],
      [
        file('Similarity2DTransform_double_2_2', '1.7 .3 2 -3', '40 -5'),
        at(1.7),
      ],
      [
        file('AffineTransform_float_2_2', `${c} ${-s} ${s} ${c} 2 -3`, '40 -5'),
        at(1),
      ],
      [
        file('TranslationTransform_double_2_2', '2 -3', ''),
        (x: number, y: number) => [x + 2, y - 3],
      ],
    ] as const) {
      const [x, y] = applyTo(invert(readTransform(text)), [11, 13]);
      const [u, v] = wanted(11, 13);
      expect(x).to.be.closeTo(u, 1e-9);
      expect(y).to.be.closeTo(v, 1e-9);
    }
  });

  it('of another kind is refused with what is wanted', () => {
    const affine = 'AffineTransform_double_2_2';
    for (const [text, why] of [
      ['{"a": 1}', 'no ITK transform file'],
      [`#Insight Transform File V1.0\n${'x'.repeat(2e5)}`, 'no ITK'],
      ['#Insight Transform File V1.0\n', '0 transforms in one file (want 1)'],
      [file(affine, '1 0 0 1 0 0') + file(affine, '1'), '2 transforms'],
      [file('AffineTransform_double_3_3', '1'), 'AffineTransform_double_3_3'],
      [file('BSplineTransform_double_2_3', '1'), 'BSplineTransform'],
      [file('constructor', '1'), 'constructor (want'],
      [file(affine, '1 0 0 1 0'), '5 parameters (want 6 numbers)'],
      [file(affine, '1 0 0 1 0 nothing'), 'unreadable parameters'],
      [file(affine, '1 0 0 1 0 1e999'), 'unreadable parameters'],
      [file(affine, '1 0 0 1 0 0', '1 2 3'), 'unreadable fixed parameters'],
      [file(affine, '1 2 2 4 0 0'), 'cannot be turned round'],
    ])
      expect(refused(text))
        .to.match(/^invalid transform: /)
        .and.contain(why);
  });
});
