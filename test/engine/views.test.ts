import { expect } from '@open-wc/testing';
import { summarise } from '../../src/engine/summary.js';
import { imageOf, pixelOf } from '../../src/engine/views.js';
import { size, tinyCube } from './synthetic.js';

const { width, height, bands } = size;
const pixels = width * height;
const cube = tinyCube();

describe('views of a cube', () => {
  it('hands out copies: the cube stays whole when they are moved away', () => {
    const measured = pixelOf(cube, 0);
    structuredClone(measured, { transfer: [measured.buffer] });
    expect(cube.data).to.have.length(pixels * bands);
  });

  it('shows one band as measured, or three channels of false colour', () => {
    const summary = summarise(cube);
    const band = imageOf(cube, summary, 9);
    expect(band.values[4]).to.equal(cube.data[4 * bands + 9]);
    expect(imageOf(cube, summary, null).values).to.have.length(3 * pixels);
  });

  it('refuses bands and pixels that are not there', () => {
    expect(() => imageOf(cube, summarise(cube), bands)).to.throw(
      'invalid band: 40 (want a whole number from 0 to 39)',
    );
    expect(() => pixelOf(cube, -1)).to.throw(
      'invalid pixel: -1 (want a whole number from 0 to 119)',
    );
  });
});
