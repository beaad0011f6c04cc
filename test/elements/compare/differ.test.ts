import { expect } from '@open-wc/testing';
import {
  differenceLayer,
  sameSides,
  sidesOf,
} from '../../../src/elements/compare/differ.js';
import { subjectOf } from '../../../src/elements/compare/subjects.js';
import type { Subject } from '../../../src/elements/compare/subjects.js';
import type { LayerEntry, SessionState } from '../../../src/elements/state.js';
import { sessions } from '../../fixtures/sessions.js';

const { done } = sessions();
const subject = (id: string, state: SessionState = done): Subject => {
  const found = subjectOf(state, id);
  if (!found) throw new Error(`no ${id}`);
  return found;
};
const mapOf = (id: string): Float32Array => {
  const layer = done.layers.find((one) => one.id === id);
  if (layer?.image.kind !== 'map') throw new Error(`no map ${id}`);
  return layer.image.values;
};
const valuesOf = async (
  first: string,
  second: string,
  state: SessionState = done,
): Promise<readonly number[]> => {
  const { image } = await differenceLayer(
    sidesOf(subject(first, state), subject(second, state), state),
  );
  return image.kind === 'map' ? [...image.values] : [];
};

describe('the difference that is shown', () => {
  it('of two abundance maps is their shares subtracted, about zero', async () => {
    const [a, b] = ['cube-1/abundance-0', 'cube-1/abundance-1'];
    const sides = sidesOf(subject(a), subject(b), done);
    const layer = await differenceLayer(sides);
    const wanted = mapOf(a).map((value, n) => value - mapOf(b)[n]);
    expect(layer.image.kind === 'map' && [...layer.image.values]).to.deep.equal(
      [...wanted],
    );
    expect(layer.style.colourMap).to.equal('balance');
    expect(layer.style.limits[0]).to.equal(-layer.style.limits[1]);
    expect(layer.style.threshold).to.equal(-Infinity);
  });

  it('of a result with itself is zero, with limits of a hundredth of its largest share', async () => {
    const all = subject('cube-1/abundances');
    const sides = sidesOf(all, all, { ...done, selected: 0 });
    const layer = await differenceLayer(sides);
    if (layer.image.kind !== 'map') throw new Error('no map');
    expect(layer.image.values.every((value) => value === 0)).to.equal(true);
    const most = Math.max(...mapOf('cube-1/abundance-0'));
    expect(layer.style.limits[1]).to.be.closeTo(0.01 * most, 1e-9);
  });

  it('of two results is that of the endmember that the user turned to, by its name', () => {
    const selected = { ...done, selected: 2 };
    const all = subject('cube-1/abundances', selected);
    const sides = sidesOf(all, all, selected);
    expect(sides.kind === 'maps' && sides.of).to.equal(done.unmixing?.names[2]);
    expect(sides.kind === 'maps' && sides.first.image.values).to.equal(
      mapOf('cube-1/abundance-2'),
    );
  });

  it('of results with other endmembers is that of the one of the same colour, else of the same name, else of colours', () => {
    const { unmixing, run, cube } = done;
    if (!unmixing || run.state !== 'done' || cube.state !== 'ready')
      throw new Error('no result');
    // A result of two endmembers: the third of the one on show, then its first.
    const abundances = Float32Array.from(
      { length: 2 * unmixing.width * unmixing.height },
      (_, i) => unmixing.abundances[3 * Math.floor(i / 2) + 2 - 2 * (i % 2)],
    );
    const kept = {
      id: 'other',
      name: 'Auto, 2 endmembers',
      result: run.result,
      steps: [],
      geometry: cube.summary.geometry,
      finished: 0,
      unmixing: { ...unmixing, names: ['Endmember 1', 'Ochre'], abundances },
      colours: [done.colours[2], '#123456'],
    };
    const sides = (selected: number, named = unmixing.names) => {
      const state = {
        ...done,
        unmixing: { ...unmixing, names: named },
        selected,
        runs: [kept],
      };
      return sidesOf(
        subject('cube-1/abundances', state),
        subject('run:other', state),
        state,
      );
    };
    const coloured = sides(2);
    expect(
      coloured.kind === 'maps' && [...coloured.second.image.values],
    ).to.deep.equal([...mapOf('cube-1/abundance-2')]);
    const named = sides(0, ['Ochre', 'B', 'C']);
    expect(
      named.kind === 'maps' && [...named.second.image.values],
    ).to.deep.equal([...mapOf('cube-1/abundance-0')]);
    expect(sides(0).kind).to.equal('colours');
  });

  it('of a picture and maps is that of their colours', async () => {
    const sides = sidesOf(
      subject('picture-1'),
      subject('cube-1/abundances'),
      done,
    );
    expect(sides.kind).to.equal('colours');
    expect((await differenceLayer(sides)).image.kind).to.equal('rgba');
    expect(await valuesOf('picture-1', 'picture-1')).to.deep.equal([]);
  });

  it('is of colours, too, where values are of different quantities', () => {
    const residual: LayerEntry = {
      ...done.layers[0],
      id: 'cube-1/residual',
      role: 'diagnostic',
      endmember: null,
      unit: 'rad',
    };
    const state = { ...done, layers: [residual, ...done.layers] };
    const sides = sidesOf(
      subject('cube-1/residual', state),
      subject('cube-1/abundance-0', state),
      state,
    );
    expect(sides.kind).to.equal('colours');
  });

  it('need not be made anew while neither side changed', () => {
    const sides = (selected: number | null) => {
      const all = subject('cube-1/abundances');
      return sidesOf(all, all, { ...done, selected });
    };
    expect(sameSides(sides(1), sides(1))).to.equal(true);
    expect(sameSides(sides(1), sides(2))).to.equal(false);
    expect(sameSides(null, sides(1))).to.equal(false);
  });
});
