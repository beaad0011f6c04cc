import { expect } from '@open-wc/testing';
import { file, lines, openOne, openSpectra } from './files.js';

const text = (...more: string[]): string =>
  lines(
    '##NAMES=Azurite',
    '##RRUFFID=R050497',
    '##DESCRIPTION=Blue, 1 = old',
    ...more,
    '4.0e+002, 1.5e-001',
    '4.5e+002, 2.5e-001',
    '##END=',
    '',
  );

describe('a RRUFF file', () => {
  it('is a spectrum over wavenumbers under the name of the mineral', async () => {
    const opened = await openOne(file('a.txt', text()));
    if (opened.kind !== 'spectra') throw new Error(opened.kind);
    const { axis, names, data } = opened.spectra;
    expect(names).to.deep.equal(['Azurite R050497']);
    expect([...axis.values, axis.unit, axis.quantity]).to.deep.equal([
      400,
      450,
      'cm-1',
      null,
    ]);
    expect([...data]).to.deep.equal([0.15, 0.25].map(Math.fround));
    expect(opened.warnings).to.deep.equal([
      'a.txt does not say the unit of its axis: cm-1 is taken, as RRUFF writes it.',
    ]);
  });

  it('of a diffraction pattern gets no unit', async () => {
    const { axis } = await openSpectra(
      file('a.txt', text('##X-RAY WAVELENGTH=1.541838')),
    );
    expect(axis.unit).to.equal(null);
  });
});
