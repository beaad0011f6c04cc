import { expect } from '@open-wc/testing';
import { writeCsv } from '../../src/formats/text/csv-write.js';
import { quantities } from '../../src/spectral/axis.js';
import type { Spectra } from '../../src/spectral/cube.js';
import { file, openSpectra } from './files.js';

const spectra: Spectra = {
  name: 'lib',
  axis: {
    values: new Float64Array([4000.1 + 0.2, 3000, 1000 / 3]),
    unit: 'cm-1',
    quantity: 'absorbance',
  },
  names: ['lead white', 'varnish, "old"'],
  data: new Float32Array([0.1, 1e-30, 2, 1 / 3, -5e20, NaN]),
};
const again = async (one: Spectra): Promise<Spectra> =>
  openSpectra(...writeCsv(one).map(({ name, content }) => file(name, content)));

describe('spectra written as CSV', () => {
  it('open again the same, to the last bit', async () => {
    expect(await again(spectra)).to.deep.equal(spectra);
  });

  for (const unit of ['nm', 'µm', 'band', null] as const)
    for (const quantity of [...quantities, null])
      it(`in ${unit} and ${quantity} say both`, async () => {
        const axis = { ...spectra.axis, unit, quantity };
        expect((await again({ ...spectra, axis })).axis).to.deep.equal(axis);
      });

  it('of one spectrum keep its name', async () => {
    for (const quantity of ['absorbance', null] as const) {
      const one = {
        ...spectra,
        axis: { ...spectra.axis, quantity },
        names: ['transmitted light'],
        data: spectra.data.slice(0, 3),
      };
      expect(await again(one)).to.deep.equal(one);
    }
  });
});
