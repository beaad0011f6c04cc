import { expect } from '@open-wc/testing';
import { openFiles } from '../../src/formats/open.js';
import { readWorldFile } from '../../src/formats/world-file.js';
import { indexToWorld } from '../../src/imaging/geometry.js';

const file = (text: string): File => new File([text], 'picture.pgw');
const refusal = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'no error',
    (error: unknown) => (error instanceof Error ? error.message : 'no Error'),
  );

describe('world file', () => {
  it('gives the geometry whose affine is the six numbers', async () => {
    const [a, d, b, e, c, f] = [0.21, 0.03, -0.03, 0.21, -28.5, 11.25];
    const geometry = await readWorldFile(file([a, d, b, e, c, f].join('\r\n')));
    for (const [column, row] of [
      [0, 0],
      [10, 0],
      [3, 700],
    ]) {
      const [x, y, z] = indexToWorld(geometry, [column, row, 0]);
      expect(x).to.be.closeTo(a * column + b * row + c, 1e-9);
      expect(y).to.be.closeTo(d * column + e * row + f, 1e-9);
      expect(z).to.equal(0);
    }
  });

  it('refuses five numbers, words, and steps along one line', async () => {
    for (const text of [
      '1\n0\n0\n1\n5',
      '1\n0\n0\nx\n5\n5',
      '1\n1\n2\n2\n0\n0',
    ])
      expect(await refusal(readWorldFile(file(text)))).to.equal(
        "picture.pgw does not say where a picture lies (want six numbers, one a line: steps along x and y, then the first pixel's place).",
      );
  });

  it('is refused without its picture', async () => {
    expect(await refusal(openFiles([file('1\n0\n0\n1\n0\n0')]))).to.equal(
      'picture.pgw says where a picture lies: open it together with the picture.',
    );
  });
});
