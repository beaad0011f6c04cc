import { expect } from '@open-wc/testing';
import {
  checkSteps,
  misfit,
  newStep,
} from '../../src/preprocess/check-steps.js';
import { corrections } from '../../src/preprocess/corrections.js';
import type { StepKind } from '../../src/preprocess/steps.js';
import { cubeOf } from '../algorithms/synthetic.js';

const kinds = Object.keys(corrections) as StepKind[];
const smooth = {
  kind: 'savitzky-golay',
  on: true,
  window: 11,
  degree: 3,
  derivative: 0,
};

describe('checkSteps', () => {
  it('takes the defaults of every correction, with and without an image, through JSON and back', () => {
    const image = cubeOf([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    for (const of of [undefined, image]) {
      const steps = kinds.map((kind) => newStep(kind, of));
      expect(checkSteps(JSON.parse(JSON.stringify(steps)))).to.deep.equal(
        steps,
      );
    }
  });

  it('starts ranges, rectangles and positions from the image', () => {
    const image = cubeOf([[1, 2, 3]]);
    expect(newStep('range', image)).to.deep.equal({
      kind: 'range',
      on: true,
      window: [400, 402],
    });
    expect(newStep('crop', image)).to.deep.equal({
      kind: 'crop',
      on: true,
      rectangle: { x: 0, y: 0, width: 1, height: 1 },
    });
    expect(newStep('band', image)).to.include({ position: 401 });
  });

  it('gives steps that share nothing with what it read', () => {
    const read = [{ kind: 'cut', on: true, windows: [[1, 2]] }];
    const steps = checkSteps(read);
    read[0].windows[0][0] = 7;
    expect(steps).to.deep.equal([{ kind: 'cut', on: true, windows: [[1, 2]] }]);
  });

  const refused: [string, unknown, string][] = [
    ['no list', {}, 'invalid corrections: {} (want a list of at most 100)'],
    ['no object', [null], 'invalid correction 1: it is null (want an object)'],
    [
      'an even window',
      [newStep('snv'), { ...smooth, window: 4 }],
      'invalid correction 2 (Savitzky-Golay): window is 4 (want an odd whole number from 3 to 101)',
    ],
    [
      'a degree that fills the window',
      [{ ...smooth, window: 3 }],
      'invalid correction 1 (Savitzky-Golay): degree is 3 (want less than the window of 3)',
    ],
    [
      'a derivative above the degree',
      [{ ...smooth, degree: 1, derivative: 2 }],
      'invalid correction 1 (Savitzky-Golay): derivative is 2 (want at most the degree 1)',
    ],
    [
      'a missing parameter',
      [{ kind: 'pca', on: true }],
      'invalid correction 1 (PCA denoising): components is missing (want a whole number from 0 to 64)',
    ],
    [
      'a parameter that there is not',
      [{ kind: 'snv', on: true, window: 3 }],
      'invalid correction 1 (SNV): window is 3 (want only on)',
    ],
    [
      'an unknown choice',
      [{ ...newStep('carbon-dioxide'), how: 'hull' }],
      'invalid correction 1 (Carbon dioxide): how is "hull" (want line, fit)',
    ],
    [
      'a window with one end',
      [{ kind: 'range', on: true, window: [1] }],
      'invalid correction 1 (Band range): window is [1] (want two numbers on the axis)',
    ],
    [
      'a switch that is none',
      [{ ...smooth, on: 1 }],
      'invalid correction 1 (Savitzky-Golay): on is 1 (want true or false)',
    ],
    [
      'a rectangle without width',
      [
        {
          kind: 'crop',
          on: true,
          rectangle: { x: 0, y: 0, width: 0, height: 1 },
        },
      ],
      'invalid correction 1 (Crop): rectangle is {"x":0,"y":0,"width":0,"height":1} (want x, y, width and height in whole pixels, inside the image)',
    ],
  ];
  for (const [what, value, message] of refused)
    it(`refuses ${what} and says what is allowed`, () => {
      expect(() => checkSteps(value)).to.throw(message);
    });

  it('names the kinds there are, and none from the prototype of objects', () => {
    for (const kind of ['toString', 'constructor', 7])
      expect(() => checkSteps([{ kind, on: true }])).to.throw(
        /^invalid correction 1: kind is .* \(want range, cut, /,
      );
  });

  it('shows little of a long value', () => {
    expect(() => checkSteps([{ kind: 'x'.repeat(1e5) }])).to.throw(
      `kind is "${'x'.repeat(59)}… (want`,
    );
  });
});

describe('misfit', () => {
  it('says what a gas and a conversion need, and nothing where they have it', () => {
    const { axis } = cubeOf([[1, 2]]);
    expect(misfit('water-vapour', axis)).to.equal(
      'needs a wavenumber axis (cm-1)',
    );
    expect(misfit('water-vapour', { ...axis, unit: 'cm-1' })).to.equal(null);
    expect(misfit('convert', { ...axis, quantity: 'intensity' })).to.equal(
      'needs absorbance, transmittance or reflectance, and the values are intensity',
    );
    expect(misfit('convert', axis)).to.equal(null);
  });
});
