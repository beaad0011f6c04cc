import { expect } from '@open-wc/testing';
import { bandAxis } from '../../src/spectral/axis.js';
import {
  columnsInOrder,
  reordered,
  rowsInOrder,
} from '../../src/spectral/reorder.js';
import type { Unmixing } from '../../src/spectral/unmixing.js';

const unmixing: Unmixing = {
  width: 2,
  height: 1,
  axis: bandAxis(2, null),
  names: ['Endmember 1', 'Calcite', 'Endmember 3'],
  endmembers: Float32Array.of(1, 2, 3, 4, 5, 6),
  abundances: Float32Array.of(0.1, 0.2, 0.7, 0.3, 0.3, 0.4),
  gain: Float32Array.of(1, 1),
  nuisance: null,
  mask: new Uint8Array(2),
  excludedBands: new Uint8Array(2),
  residual: {
    rmse: 0,
    meanAngle: 0,
    rmseMap: new Float32Array(2),
    angleMap: new Float32Array(2),
    spectrum: new Float32Array(2),
  },
  spread: {
    runs: 3,
    endmembers: Float32Array.of(6, 5, 4, 3, 2, 1),
    abundances: Float32Array.of(1, 2, 3, 4, 5, 6),
    angles: Float32Array.of(7, 8, 9),
  },
  negativeShare: { endmembers: 0, abundances: 0 },
};

describe('endmembers in another order', () => {
  it('take their spectra, shares and deviations along', () => {
    const { endmembers, abundances, spread } = reordered(unmixing, [2, 0, 1]);
    expect([...endmembers]).to.eql([5, 6, 1, 2, 3, 4]);
    expect([...abundances]).to.eql([
      ...Float32Array.of(0.7, 0.1, 0.2, 0.4, 0.3, 0.3),
    ]);
    expect([...(spread?.endmembers ?? [])]).to.eql([2, 1, 6, 5, 4, 3]);
    expect([...(spread?.abundances ?? [])]).to.eql([3, 1, 2, 6, 4, 5]);
    expect([...(spread?.angles ?? [])]).to.eql([9, 7, 8]);
  });

  it('keep names of their own, and are named for their place without one', () => {
    expect(reordered(unmixing, [2, 0, 1]).names).to.eql([
      'Endmember 1',
      'Endmember 2',
      'Calcite',
    ]);
  });

  it('are the same object when the order stays', () => {
    expect(reordered(unmixing, [0, 1, 2])).to.equal(unmixing);
  });

  it('come back by the inverse order, rows and columns alike', () => {
    const rows = rowsInOrder(
      rowsInOrder(unmixing.endmembers, [2, 0, 1]),
      [1, 2, 0],
    );
    expect([...rows]).to.eql([...unmixing.endmembers]);
    const columns = columnsInOrder(
      columnsInOrder(unmixing.abundances, [2, 0, 1]),
      [1, 2, 0],
    );
    expect([...columns]).to.eql([...unmixing.abundances]);
  });
});
