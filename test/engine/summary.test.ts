import { expect } from '@open-wc/testing';
import { describeCube, summarise } from '../../src/engine/summary.js';
import { size, tinyCube } from './synthetic.js';

const { bands } = size;

describe('cube summary', () => {
  it('takes the mean over pixels that count only, and says why others do not', () => {
    const cube = tinyCube();
    cube.data.fill(NaN, 0, bands);
    cube.data.fill(0.5, bands, 2 * bands);
    const { mean, masked, mask } = summarise(cube);
    expect(masked).to.eql({
      notFinite: 1,
      constant: 1,
      saturated: 0,
      given: 0,
    });
    expect([...mask.subarray(0, 3)]).to.eql([1, 1, 0]);
    let sum = 0;
    for (let n = 2; n < mask.length; n++) sum += cube.data[n * bands + 4];
    expect(mean[4]).to.be.closeTo(sum / (mask.length - 2), 1e-6);
  });

  it('warns of an image without a usable pixel, with a finite mean', () => {
    const cube = tinyCube();
    cube.data.fill(NaN);
    const { mean, warnings } = summarise(cube);
    expect(mean.every((v) => v === 0)).to.equal(true);
    expect(warnings.join()).to.contain('No pixel is usable');
  });

  it('warns that transmittance is not linear', () => {
    const cube = describeCube(tinyCube(), { quantity: 'transmittance' });
    expect(summarise(cube).warnings.join()).to.contain('Transmittance');
  });

  it('refuses data that do not fill the image', () => {
    const cube = { ...tinyCube(), height: 11 };
    expect(() => summarise(cube)).to.throw('invalid data: 4800 values');
  });
});
