import { expect, waitUntil } from '@open-wc/testing';
import type { RegisterAction } from '../../../src/elements/register/action.js';
import { Registering } from '../../../src/elements/register/registering.js';
import { UnmixingRegisterStage } from '../../../src/elements/register/register-stage.js';
import type { SessionState } from '../../../src/elements/state.js';
import {
  type Affine,
  applyTo,
  compose,
  invert,
  turnedAbout,
} from '../../../src/imaging/affine.js';
import { indexToWorld } from '../../../src/imaging/geometry.js';
import { partsOf, registerScene } from './scene.js';

/** Where the cube lies in truth, and places in it that tell. */
const truth: Affine = compose([1, 0, 14, 0, 1, -3], turnedAbout([48, 24], 4));
const places = [
  [3, 4],
  [90, 8],
  [50, 44],
] as const;

const expectMap = (found: Affine, wanted: Affine): void =>
  found.forEach((part, i) => expect(part).to.be.closeTo(wanted[i], 1e-9));

describe('registering', () => {
  let ends: (() => void)[] = [];

  afterEach(() => {
    for (const end of ends) end();
    ends = [];
  });

  const begin = (patch: Partial<SessionState> = {}) => {
    const given = partsOf(registerScene(patch));
    ends.push(given.end);
    const registering = new Registering(given.parts, {});
    const act = (action: RegisterAction) => registering.act(action);
    const pair = async (
      moving: readonly [number, number],
      fixed: readonly [number, number] = applyTo(truth, moving),
    ): Promise<void> => {
      await act({ do: 'mark', side: 'moving', at: moving });
      await act({ do: 'mark', side: 'fixed', at: fixed });
    };
    return { ...given, act, pair };
  };

  it('moves the cube with all its layers to where two pairs of landmarks take it, and the micrograph stays', async () => {
    const { store, pair, host } = begin();
    await pair(places[0]);
    expect(store.state.placements).to.deep.equal({});
    await pair(places[1]);
    expectMap(store.state.placements['cube-1'], truth);
    for (const { owner, source, geometry } of store.state.layers)
      if (owner === 'cube-1') {
        const [x, y] = indexToWorld(source, [5, 3, 0]);
        const [u, v] = indexToWorld(geometry, [5, 3, 0]);
        const [wantU, wantV] = applyTo(truth, [x, y]);
        expect(u).to.be.closeTo(wantU, 1e-9);
        expect(v).to.be.closeTo(wantV, 1e-9);
      } else expect(geometry).to.equal(source);
    const drawn = host.layers.find(({ id }) => id === 'cube-1');
    expect(drawn?.geometry).to.equal(
      store.state.layers.find(({ id }) => id === 'cube-1')?.geometry,
    );
  });

  it('takes marks in either order, a second in one image in place of the first, and takes back the one that waits', async () => {
    const { store, act } = begin();
    await act({ do: 'mark', side: 'fixed', at: [1, 2] });
    await act({ do: 'mark', side: 'fixed', at: [3, 4] });
    await act({ do: 'mark', side: 'moving', at: [5, 6] });
    expect(store.state.registrations).to.deep.equal([
      {
        moving: 'cube-1',
        fixed: 'picture-1',
        kind: 'similarity',
        landmarks: [{ moving: [5, 6], fixed: [3, 4] }],
      },
    ]);
    await act({ do: 'mark', side: 'fixed', at: [7, 8] });
    await act({ do: 'unmark' });
    expect(store.state.registering.pending).to.equal(null);
  });

  it('is fitted anew when a mark is dragged, a pair is removed or the kind changes, and each can be undone', async () => {
    const { store, act, pair, edits } = begin();
    await pair(places[0]);
    await pair(places[1], [70, 70]);
    await act({
      do: 'move',
      pair: 1,
      side: 'fixed',
      at: applyTo(truth, places[1]),
    });
    expectMap(store.state.placements['cube-1'], truth);
    await pair(places[2], [0, 0]);
    await act({ do: 'kind', kind: 'rigid' });
    await act({ do: 'remove', pair: 2 });
    expectMap(store.state.placements['cube-1'], truth);
    expect(edits).to.deep.equal([
      'registration: landmark 0 added',
      'registration: landmark 1 added',
      'registration: landmark 1 fixed',
      'registration: landmark 2 added',
      'registration: kind of map',
      'registration: without landmark 2',
    ]);
  });

  it('is fitted to where the fixed image lies now, when that was moved before', async () => {
    const moved: Affine = [0, -2, 5, 2, 0, 7];
    const { store, pair } = begin({ placements: { 'picture-1': moved } });
    await pair(places[0]);
    await pair(places[1]);
    expectMap(store.state.placements['cube-1'], compose(moved, truth));
  });

  it('nudges by pixels of the finer image, and turns and scales about the middle of the image', async () => {
    const { store, act } = begin();
    await act({ do: 'nudge', by: [3, -2] });
    expectMap(store.state.placements['cube-1'], [1, 0, 3, 0, 1, -2]);
    await act({ do: 'nudge', turn: 90 });
    await act({ do: 'nudge', scale: 2 });
    // The middle of 16 x 8 pixels of 6 µm is (45, 21).
    const [x, y] = applyTo(store.state.placements['cube-1'], [45, 21]);
    expect(x).to.be.closeTo(48, 1e-9);
    expect(y).to.be.closeTo(19, 1e-9);
    const [u, v] = applyTo(store.state.placements['cube-1'], [46, 21]);
    expect(u).to.be.closeTo(48, 1e-9);
    expect(v).to.be.closeTo(21, 1e-9);
  });

  it('goes back to the landmarks after a nudge, and to where the file puts it', async () => {
    const { store, act, pair } = begin();
    await pair(places[0]);
    await pair(places[1]);
    await act({ do: 'nudge', by: [1, 1] });
    await act({ do: 'fit' });
    expectMap(store.state.placements['cube-1'], truth);
    await act({ do: 'reset' });
    expect(store.state.placements).to.deep.equal({});
    expect(store.state.registrations).to.deep.equal([]);
    for (const { source, geometry } of store.state.layers)
      expect(geometry).to.equal(source);
  });

  it('changes nothing before a proposal is accepted', async () => {
    const result = {
      map: truth,
      likeness: 1.3,
      likenessBefore: 1.1,
      overlap: 1,
    };
    const { emptyState } = await import('../../../src/elements/empty-state.js');
    const { store, act, edits } = begin({
      registering: {
        ...emptyState.registering,
        stage: 'review',
        work: { state: 'proposed', result },
      },
    });
    await act({ do: 'stage', show: 'closed' });
    expect(store.state.registering.work.state).to.equal('proposed');
    await act({ do: 'reject' });
    expect(store.state.placements).to.deep.equal({});
    expect(edits).to.deep.equal([]);
    store.set({
      registering: {
        ...store.state.registering,
        work: { state: 'proposed', result },
      },
    });
    await act({ do: 'accept' });
    expect(store.state.placements['cube-1']).to.equal(truth);
    expect(store.state.registrations).to.have.length(1);
    expect(edits).to.deep.equal(['registration: automatic']);
  });

  it('says what is wrong with a transform file, and puts the image where a good one has it', async () => {
    const { store, act } = begin();
    const file = (text: string): File => new File([text], 'map.tfm');
    await act({ do: 'load', file: file('nothing') });
    const { work } = store.state.registering;
    expect(work.state === 'failed' && work.error.message).to.contain(
      'no ITK transform file',
    );
    const [a, b, c, d, e, f] = invert(truth);
    await act({
      do: 'load',
      file: file(
        `#Insight Transform File V1.0\nTransform: AffineTransform_double_2_2\nParameters: ${[a, b, d, e, c, f].join(' ')}\nFixedParameters: 0 0\n`,
      ),
    });
    expectMap(store.state.placements['cube-1'], truth);
    expect(store.state.registering.work.state).to.equal('idle');
  });

  it('leaves an image alone that is locked', async () => {
    const scene = registerScene();
    const { store, act, pair, edits } = begin({
      layers: scene.layers.map((layer) =>
        layer.id === 'cube-1' ? { ...layer, locked: true } : layer,
      ),
    });
    await pair(places[0]);
    await act({ do: 'nudge', by: [1, 0] });
    await act({ do: 'reset' });
    expect(store.state.placements).to.deep.equal({});
    expect(edits).to.deep.equal([]);
  });

  it('lets the two images change places, and keeps what each way has', async () => {
    const { store, act, pair } = begin();
    await pair(places[0]);
    await act({ do: 'choose', side: 'moving', image: 'picture-1' });
    expect(store.state.registering).to.include({
      moving: 'picture-1',
      fixed: 'cube-1',
    });
    await pair([1, 1], [2, 2]);
    expect(store.state.registrations.map(({ moving }) => moving)).to.deep.equal(
      ['cube-1', 'picture-1'],
    );
  });

  it('shows the stage over the view while it is asked for, and takes it away with the session', async () => {
    const { act, host, end } = begin();
    const stages = (): HTMLElement[] =>
      [...host.mounted.keys()].filter(
        (element) => element instanceof UnmixingRegisterStage,
      );
    await act({ do: 'stage', show: 'landmarks' });
    await waitUntil(() => stages().length === 1, 'the stage is shown');
    await act({ do: 'stage', show: 'closed' });
    await waitUntil(() => stages().length === 0, 'the stage is gone');
    await act({ do: 'stage', show: 'nudge' });
    await waitUntil(() => stages().length === 1, 'the stage is shown again');
    end();
    expect(stages()).to.deep.equal([]);
  });

  it('has the view to itself: its stage ends a comparison, and a comparison ends its stage', async () => {
    const comparison = {
      first: 'picture-1',
      second: 'cube-1',
      mode: 'swipe',
      divider: 0.5,
      upright: true,
      mix: 0.5,
      rate: 2,
    } as const;
    const { act, store, host } = begin({ comparison });
    await act({ do: 'stage', show: 'landmarks' });
    await waitUntil(() => host.mounted.size === 1, 'the stage is shown');
    expect(store.state.comparison).to.equal(null);
    store.set({ comparison });
    await waitUntil(() => host.mounted.size === 0, 'the stage is gone');
    expect(store.state.registering.stage).to.equal('closed');
    expect(store.state.comparison).to.equal(comparison);
  });
});
