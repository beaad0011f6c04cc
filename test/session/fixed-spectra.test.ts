import { expect } from '@open-wc/testing';
import type { Opened } from '../../src/formats/opened.js';
import {
  fixedEndmember,
  fixedIn,
  fixedOf,
} from '../../src/session/fixed-spectra.js';
import type { SpectralAxis } from '../../src/spectral/axis.js';
import { unitGeometry } from '../../src/spectral/cube.js';
import { sessions } from '../fixtures/sessions.js';

const axisOf = (
  values: readonly number[],
  unit: SpectralAxis['unit'],
  quantity: SpectralAxis['quantity'] = null,
): SpectralAxis => ({ values: Float64Array.from(values), unit, quantity });

const two = {
  name: 'library',
  names: ['gypsum', 'oil'],
  data: Float32Array.from([1, 2, 4, 8, Number.NaN, 32]),
};
const infrared = { unit: 'cm-1', quantity: 'absorbance' } as const;

describe('spectra to hold fixed', () => {
  it('take each spectrum of a file under its name, without values that are no numbers', () => {
    const axis = axisOf([1000, 2000, 4000], 'cm-1', 'absorbance');
    expect(fixedOf({ ...two, axis }, infrared)).to.deep.equal([
      { name: 'gypsum', positions: [1000, 2000, 4000], values: [1, 2, 4] },
      { name: 'oil', positions: [1000, 4000], values: [8, 32] },
    ]);
  });

  it('tell positions in the unit of the image: 10 µm are 10 000 nm are 1000 cm-1', () => {
    const of = (from: SpectralAxis['unit'], to: SpectralAxis['unit']) =>
      fixedOf(
        { ...two, axis: axisOf([2, 5, 10], from) },
        { unit: to, quantity: null },
      )[0].positions;
    expect(of('µm', 'cm-1')).to.deep.equal([5000, 2000, 1000]);
    expect(of('µm', 'nm')).to.deep.equal([2000, 5000, 10000]);
    expect(of('cm-1', 'µm')).to.deep.equal([5000, 2000, 1000]);
    expect(of(null, 'nm')).to.deep.equal([2, 5, 10]);
  });

  it('are refused when they are of another quantity, or numbered bands', () => {
    const axis = axisOf([2, 5, 10], 'band', 'reflectance');
    expect(() => fixedOf({ ...two, axis }, infrared)).to.throw(
      'library holds reflectance, and the image absorbance: convert one of them first.',
    );
    expect(() =>
      fixedOf({ ...two, axis }, { unit: 'nm', quantity: null }),
    ).to.throw('library has positions in band, and the image in nm');
  });

  it('come of a list without names too, which opens as an image whose width is not known', () => {
    const list = (missing: 'width' | 'unit'): Opened => ({
      kind: 'cube',
      type: 'text',
      warnings: [],
      missing: [missing],
      cube: {
        name: 'a',
        width: 2,
        height: 1,
        axis: axisOf([1, 2, 3], 'nm'),
        data: two.data,
        geometry: unitGeometry,
      },
    });
    const image = { unit: 'nm', quantity: null } as const;
    expect(
      fixedIn([list('width')], image, 'a.csv').map(({ name }) => name),
    ).to.deep.equal(['a 1', 'a 2']);
    expect(() => fixedIn([list('unit')], image, 'a.csv')).to.throw(
      'a.csv holds no spectra',
    );
  });

  it('come of a result, at the bands that counted', () => {
    const { unmixing } = sessions({ bands: 4 }).done;
    if (!unmixing) throw new Error('no result');
    const excludedBands = Uint8Array.of(0, 1, 0, 0);
    const { name, positions, values } = fixedEndmember(
      { ...unmixing, excludedBands },
      1,
    );
    const [a, , c, d] = unmixing.axis.values;
    expect(name).to.equal('Endmember 2');
    expect(positions).to.deep.equal([a, c, d]);
    expect(values).to.deep.equal([
      unmixing.endmembers[4],
      unmixing.endmembers[6],
      unmixing.endmembers[7],
    ]);
  });
});
