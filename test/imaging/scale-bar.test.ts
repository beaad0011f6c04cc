import { expect } from '@open-wc/testing';
import { lengthLabel, scaleBar } from '../../src/imaging/scale-bar.js';

describe('scale bar', () => {
  it('takes the longest of 1, 2 and 5 times a power of ten that fits', () => {
    expect(scaleBar(1, 100)).to.deep.equal({
      length: 100,
      pixels: 100,
      label: '100\u00a0µm',
    });
    expect(scaleBar(1, 99).length).to.equal(50);
    expect(scaleBar(1, 49).length).to.equal(20);
    expect(scaleBar(1, 19).length).to.equal(10);
    expect(scaleBar(0.0025, 100).length).to.equal(0.2);
    expect(scaleBar(0.0025, 100).pixels).to.be.closeTo(80, 1e-9);
  });

  it('always fits, and fills at least two fifths of the room', () => {
    for (let step = -40; step < 40; step++) {
      const { pixels } = scaleBar(10 ** (step / 7), 130);
      expect(pixels).to.be.at.most(130 * (1 + 1e-9));
      expect(pixels).to.be.greaterThan(130 * 0.399);
    }
  });

  it('changes the unit to keep numbers short', () => {
    expect(lengthLabel(0.5, 'µm')).to.equal('500\u00a0nm');
    expect(lengthLabel(2000, 'µm')).to.equal('2\u00a0mm');
    expect(lengthLabel(0.05, 'mm')).to.equal('50\u00a0µm');
    expect(lengthLabel(50, null)).to.equal('50\u00a0px');
  });
});
