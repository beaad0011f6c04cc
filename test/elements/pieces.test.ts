import { expect } from '@open-wc/testing';
import { CubeLayers } from '../../src/elements/cube-layers.js';
import {
  formatFigure,
  formatNumber,
  formatSeconds,
  formatTicks,
  formatWindow,
} from '../../src/elements/format.js';
import { Layering } from '../../src/elements/layering.js';
import { Overlays } from '../../src/elements/overlays.js';
import { findPeaks } from '../../src/elements/peaks.js';
import { niceTicks } from '../../src/elements/plot-draw.js';
import { sparklinePath } from '../../src/elements/sparkline.js';
import { SessionStore } from '../../src/elements/store.js';
import { Throttle } from '../../src/elements/throttle.js';
import {
  co2Varies,
  cutWindow,
  excludesCo2,
  joinWindows,
} from '../../src/elements/windows.js';
import { layerStyleDefaults } from '../../src/imaging/layer.js';
import type { Layer } from '../../src/imaging/layer.js';
import { unitGeometry } from '../../src/spectral/cube.js';
import { MemoryHost } from '../fixtures/memory-host.js';
import { sessions } from '../fixtures/sessions.js';

const axisOf = (values: number[], unit: 'cm-1' | 'nm' = 'cm-1') => ({
  values: Float64Array.from(values),
  unit,
  quantity: null,
});

describe('numbers on screen', () => {
  it('group thousands with a thin space and have a true minus', () => {
    expect(formatNumber(-12345.678, 1)).to.equal('\u221212\u2009345.7');
    expect(formatNumber(-0.001, 1)).to.equal('0.0');
  });
  it('keep the figures that mean something', () => {
    expect([0, 0.0031, 0.019, 0.5, 3, 1504].map(formatFigure)).to.deep.equal([
      '0',
      '0.0031',
      '0.019',
      '0.500',
      '3.00',
      '1\u2009504',
    ]);
    expect(formatFigure(Number.NaN)).to.equal('\u2013');
  });

  it('mark a scale exactly, all alike', () => {
    expect(formatTicks([0, 0.25, 0.5, 0.75])).to.deep.equal([
      '0.00',
      '0.25',
      '0.50',
      '0.75',
    ]);
    expect(formatTicks([0, 0.1, 0.1 + 0.2])).to.deep.equal([
      '0.0',
      '0.1',
      '0.3',
    ]);
    expect(formatTicks([-2000, 0, 2000])).to.deep.equal([
      '\u22122\u2009000',
      '0',
      '2\u2009000',
    ]);
    expect(formatTicks([5])).to.deep.equal(['5']);
  });
  it('tell times in seconds, long ones in minutes', () => {
    expect(formatSeconds(18.43)).to.equal('18.4\u00a0s');
    expect(formatSeconds(150)).to.equal('2.5\u00a0min');
  });
  it('write a window of wavenumbers from high to low, of wavelengths from low to high', () => {
    expect(formatWindow([2280, 2400], 'cm-1')).to.equal(
      '2\u2009400\u20132\u2009280',
    );
    expect(formatWindow([900, 400], 'nm')).to.equal('400\u2013900');
  });
});

describe('windows', () => {
  it('that touch are joined, in either order of their ends', () => {
    expect(
      joinWindows([
        [30, 20],
        [25, 40],
        [1, 2],
      ]),
    ).to.deep.equal([
      [1, 2],
      [20, 40],
    ]);
  });
  it('are cut around another', () => {
    expect(cutWindow([[10, 50]], [20, 30])).to.deep.equal([
      [10, 20],
      [30, 50],
    ]);
    expect(cutWindow([[20, 30]], [20, 30])).to.deep.equal([]);
  });
  it('exclude carbon dioxide when every band of it lies inside', () => {
    const axis = axisOf([2500, 2400, 2350, 2280, 2200]);
    expect(excludesCo2(axis, [[2200, 2450]])).to.equal(true);
    expect(excludesCo2(axis, [[2300, 2450]])).to.equal(false);
  });
  it('carbon dioxide varies only where the mean spectrum moves there', () => {
    const axis = axisOf([2500, 2390, 2340, 2290, 2200]);
    expect(co2Varies(axis, Float32Array.of(0, 0, 0.5, 0, 1))).to.equal(true);
    expect(co2Varies(axis, Float32Array.of(0, 0, 0, 0, 1))).to.equal(false);
    expect(
      co2Varies(axisOf([2500, 2340, 2200], 'nm'), Float32Array.of(0, 1, 0)),
    ).to.equal(false);
  });
});

describe('findPeaks', () => {
  it('finds the most prominent first and passes over shoulders', () => {
    expect(findPeaks([0, 1, 0.9, 0.95, 0, 5, 0, 3, 0], 2, 0.1)).to.deep.equal([
      5, 7,
    ]);
  });
  it('finds none in a flat or empty spectrum', () => {
    expect(findPeaks([1, 1, 1, 1], 3)).to.deep.equal([]);
    expect(findPeaks([], 3)).to.deep.equal([]);
  });
});

describe('niceTicks', () => {
  it('gives round positions inside the range, no more than asked', () => {
    expect(niceTicks(920, 3700, 6)).to.deep.equal([
      1000, 1500, 2000, 2500, 3000, 3500,
    ]);
    expect(niceTicks(0.41, 0.72, 4)).to.deep.equal([0.5, 0.6, 0.7]);
  });
});

describe('sparklinePath', () => {
  it('draws wavenumbers from high to low whichever way the file has them', () => {
    const falling = sparklinePath([9, 0, 0], axisOf([3, 2, 1]), 30, 10);
    const rising = sparklinePath([0, 0, 9], axisOf([1, 2, 3]), 30, 10);
    expect(falling).to.equal(rising);
    expect(falling.startsWith('M5.0 1.0')).to.equal(true);
  });
  it('keeps a peak of one band among thousands', () => {
    const values = new Float32Array(4000);
    values[1999] = 1;
    const axis = axisOf(Array.from(values, (_, b) => 5000 - b));
    expect(sparklinePath(values, axis, 78, 26)).to.include(' 1.0');
  });
  it('draws a spectrum that it has drawn before for another box and axis, too', () => {
    const values = Float32Array.of(9, 0, 0);
    const first = sparklinePath(values, axisOf([3, 2, 1]), 30, 10);
    const axis = axisOf([1, 2, 3]);
    const turned = sparklinePath(values, axis, 30, 10);
    expect(turned).to.equal(sparklinePath([9, 0, 0], axis, 30, 10));
    expect(turned).to.not.equal(first);
    const high = sparklinePath(values, axis, 30, 20);
    expect(high).to.equal(sparklinePath([9, 0, 0], axis, 30, 20));
  });
  it('is empty for a spectrum without numbers', () => {
    expect(sparklinePath([NaN, NaN], axisOf([2, 1]), 10, 10)).to.equal('');
  });
});

describe('Throttle', () => {
  it('passes the first at once, then only the latest', async () => {
    const passed: number[] = [];
    const throttle = new Throttle<number>((value) => passed.push(value), 20);
    [1, 2, 3].forEach((value) => throttle.give(value));
    expect(passed).to.deep.equal([1]);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(passed).to.deep.equal([1, 3]);
    throttle.give(4);
    throttle.give(5);
    throttle.clear();
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(passed).to.deep.equal([1, 3, 4]);
  });
});

describe('Overlays', () => {
  const layer = (id: string, opacity = 1): Layer => ({
    id,
    name: id,
    image: { kind: 'map', width: 1, height: 1, values: Float32Array.of(1) },
    geometry: unitGeometry,
    style: { ...layerStyleDefaults, opacity },
  });

  it('adds, orders and removes what differs, and updates only what changed', async () => {
    const host = new MemoryHost();
    const overlays = new Overlays(host);
    const [a, b] = [layer('a'), layer('b')];
    await overlays.show(() => [a, b]);
    await overlays.show(() => [b, a]);
    expect(host.layers.map(({ id }) => id)).to.deep.equal(['b', 'a']);
    expect(host.updates).to.equal(0);
    await overlays.show(() => [b, layer('a', 0.5), layer('c')]);
    expect(host.updates).to.equal(1);
    await overlays.show(() => [layer('c')]);
    expect(host.layers.map(({ id }) => id)).to.deep.equal(['c']);
  });

  it('shows the last of calls that come while it works', async () => {
    const host = new MemoryHost();
    const overlays = new Overlays(host);
    await Promise.all([
      overlays.show(() => [layer('a')]),
      overlays.show(() => [layer('b')]),
      overlays.show(() => [layer('c')]),
    ]);
    expect(host.layers.map(({ id }) => id)).to.deep.equal(['c']);
  });

  it('makes only the last of calls in one go', async () => {
    const overlays = new Overlays(new MemoryHost());
    const made: number[] = [];
    await Promise.all(
      [1, 2, 3].map((call) =>
        overlays.show(() => {
          made.push(call);
          return [layer('a', call / 4)];
        }),
      ),
    );
    expect(made).to.deep.equal([3]);
  });

  it('takes new layers back when one of them is refused, and works again after', async () => {
    const host = new MemoryHost();
    const overlays = new Overlays(host);
    await overlays.show(() => [layer('a')]);
    host.refused.add('c');
    let message = '';
    await overlays
      .show(() => [layer('a'), layer('b'), layer('c')])
      .catch((error: unknown) => (message = String(error)));
    expect(message).to.equal('UnmixingError: The viewer refuses c.');
    expect(host.layers.map(({ id }) => id)).to.deep.equal(['a']);
    await overlays.show(() => [layer('b')]);
    expect(host.layers.map(({ id }) => id)).to.deep.equal(['b']);
  });
});

describe('Layering', () => {
  const mapsOf = async (host: MemoryHost): Promise<SessionStore> => {
    const { ready } = sessions();
    const store = new SessionStore({ ...ready, layers: [] }, () => undefined);
    const layers = new CubeLayers('cube-1', store, new Layering(store, host));
    await layers.showMaps(new Float32Array(16 * 8 * 2).fill(0.5), ['a', 'b']);
    return store;
  };

  it('draws maps one by one in a viewer that can order them', async () => {
    const host = new MemoryHost();
    const { state } = await mapsOf(host);
    expect(host.layers).to.have.length(2);
    expect(state.composite).to.deep.equal({ on: false, reason: null });
  });

  it('blends the maps, with a reason, in a viewer that cannot', async () => {
    const host = new MemoryHost(['additive']);
    const { state } = await mapsOf(host);
    expect(host.layers.map(({ id }) => id)).to.deep.equal([
      'cube-1/abundances',
    ]);
    expect(state.composite.reason).to.include('cannot order');
  });

  it('blends the maps once one of them adds light that the viewer cannot', async () => {
    const host = new MemoryHost(['ordered-layers']);
    const store = await mapsOf(host);
    const layering = new Layering(store, host);
    await layering.setStyle('cube-1/abundance-0', { blending: 'additive' });
    expect(store.state.composite.reason).to.include('cannot add light');
  });
});
