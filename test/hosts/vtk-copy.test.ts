import { expect } from '@open-wc/testing';
import { drawsWithOwn } from '../../src/hosts/vtk/own.js';
import { hostConformance } from '../conformance/suite.js';
import { anotherCopy, countAhead } from './vtk-copy.js';
import { drawingInPages } from './vtk-drawing.js';
import { VtkPage, ownCopy } from './vtk-page.js';

// Each copy of vtk.js counts modifications for itself, and compares them with those of our objects: which has counted further
// decides what goes stale. So both are tried.
const far = 10000;
for (const [name, page] of [
  [
    'vtk.js, another copy that has counted further,',
    async () => {
      const other = await anotherCopy();
      countAhead(other, ownCopy, far);
      return new VtkPage({}, other);
    },
  ],
  [
    'vtk.js, another copy that has counted less far,',
    async () => {
      const other = await anotherCopy();
      countAhead(ownCopy, other, far);
      return new VtkPage({}, other);
    },
  ],
] as const) {
  hostConformance(name, page);
  drawingInPages(`${name} pages`, page);
}

describe('another copy of vtk.js', () => {
  it('is told from ours wherever their counts stand', async () => {
    const other = await anotherCopy();
    const [theirs, ours] = [other, ownCopy].map((copy) =>
      copy.Rendering.Core.vtkRenderer.newInstance(),
    );
    for (let by = -10; by < 10; by++) {
      countAhead(other, ownCopy);
      countAhead(ownCopy, other, by);
      expect(drawsWithOwn(theirs), `${by} theirs`).to.equal(false);
      expect(drawsWithOwn(ours), `${by} ours`).to.equal(true);
    }
  });
});
