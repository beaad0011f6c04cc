import { aTimeout, expect, fixture, html } from '@open-wc/testing';
import { heard } from '../../fixtures/heard.js';
import '../../../src/elements/stage/stage.js';
import type { UnmixingStage } from '../../../src/elements/stage/stage.js';
import type { StagePane } from '../../../src/elements/stage/panes.js';
import type { View } from '../../../src/hosts/host.js';
import { layerStyleDefaults } from '../../../src/imaging/layer.js';
import type { Layer, LayerStyle } from '../../../src/imaging/layer.js';
import type { Geometry } from '../../../src/spectral/cube.js';

/** One unit a CSS pixel in a pane of 200 x 100, with 0, 0 in the middle. */
const view: View = {
  centre: [0, 0, 0],
  right: [1, 0, 0],
  up: [0, -1, 0],
  halfHeight: 50,
};
const placed = (x: number, y: number, spacing = 1): Geometry => ({
  origin: [x + spacing / 2, y + spacing / 2, 0],
  spacing: [spacing, spacing, 1],
  direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  unit: 'µm',
});
/** A square of one colour, from x, y on, `side` units wide. */
const square = (
  colour: readonly [number, number, number],
  [x, y]: readonly [number, number],
  side: number,
  style: Partial<LayerStyle> = {},
): Layer => ({
  id: `${colour.join()} ${x}`,
  name: 'Square',
  image: {
    kind: 'rgba',
    width: 2,
    height: 2,
    data: Uint8ClampedArray.from([0, 1, 2, 3].flatMap(() => [...colour, 255])),
  },
  geometry: placed(x, y, side / 2),
  style: { ...layerStyleDefaults, opacity: 1, ...style },
});
const red = square([255, 0, 0], [-100, -50], 200);
const blue = square([0, 0, 255], [-100, -50], 200);
const pane = (id: string, ...groups: StagePane['groups']): StagePane => ({
  id,
  name: `Pane ${id}`,
  groups,
});

const stageOf = async (
  panes: readonly StagePane[],
  more: Partial<UnmixingStage> = {},
): Promise<UnmixingStage> => {
  const stage = await fixture<UnmixingStage>(
    html`<unmixing-stage
      style="width: 200px; height: 100px"
      theme="dark"
    ></unmixing-stage>`,
  );
  Object.assign(stage, { panes, view, ...more });
  await drawn(stage);
  return stage;
};
/** Sizes are observed, then drawn. */
const drawn = async (stage: UnmixingStage): Promise<void> => {
  do await stage.updateComplete;
  while (stage.isUpdatePending);
  await aTimeout(0);
  await stage.updateComplete;
  await new Promise((resolve) => requestAnimationFrame(resolve));
  await stage.updateComplete;
};
const part = <Part extends Element>(
  stage: UnmixingStage,
  selector: string,
  kind: new () => Part,
): Part => {
  const found = stage.shadowRoot?.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`no ${selector}`);
  return found;
};
/** The colour that is seen at a place, straight alpha. */
const seen = (
  stage: UnmixingStage,
  x: number,
  y: number,
  id = 'a',
): number[] => {
  const canvas = part(stage, `[data-pane="${id}"] canvas`, HTMLCanvasElement);
  const context = canvas.getContext('2d');
  const scale = devicePixelRatio;
  return [
    ...(context?.getImageData(
      Math.floor(x * scale),
      Math.floor(y * scale),
      1,
      1,
    ).data ?? []),
  ];
};
const press = (target: EventTarget, key: string, shiftKey = false): void => {
  target.dispatchEvent(
    new KeyboardEvent('keydown', {
      key,
      shiftKey,
      bubbles: true,
      composed: true,
      cancelable: true,
    }),
  );
};

describe('unmixing-stage', () => {
  it('is accessible with two panes, a divider and marks', async () => {
    const stage = await stageOf(
      [
        {
          ...pane('a', { layers: [red] }),
          marks: [
            {
              kind: 'point',
              id: 'p',
              at: [0, 0, 0],
              words: '1',
              label: 'Pair 1',
              shape: 'round',
            },
          ],
        },
        pane('b', { layers: [blue] }),
      ],
      { split: { at: 0.5, upright: true } },
    );
    await expect(stage).to.be.accessible();
  });

  it('draws each layer over those before, at its opacity, to a level of 255', async () => {
    const half = square([0, 0, 255], [-100, -50], 100, { opacity: 0.4 });
    const stage = await stageOf([pane('a', { layers: [red, half] })]);
    expect(seen(stage, 150, 20)).to.deep.equal([255, 0, 0, 255]);
    const [r, g, b, a] = seen(stage, 50, 20);
    expect([r, b]).to.satisfy(
      ([one, other]: number[]) =>
        Math.abs(one - 0.6 * 255) <= 1 && Math.abs(other - 0.4 * 255) <= 1,
    );
    expect([g, a]).to.deep.equal([0, 255]);
  });

  it('leaves out what is not visible and adds the light of additive layers', async () => {
    const hidden = square([0, 255, 0], [-100, -50], 200, { visible: false });
    const light = square([0, 200, 0], [-100, -50], 200, {
      blending: 'additive',
    });
    const stage = await stageOf([pane('a', { layers: [red, hidden, light] })]);
    expect(seen(stage, 100, 50)).to.deep.equal([255, 200, 0, 255]);
  });

  it('draws each side of the divider with its own group, to the pixel', async () => {
    const stage = await stageOf(
      [
        pane(
          'a',
          { layers: [red], side: 'first' },
          { layers: [blue], side: 'second' },
        ),
      ],
      { split: { at: 0.3, upright: true } },
    );
    expect(seen(stage, 59, 50)).to.deep.equal([255, 0, 0, 255]);
    expect(seen(stage, 60, 50)).to.deep.equal([0, 0, 255, 255]);
    stage.split = { at: 0.5, upright: false };
    await drawn(stage);
    expect(seen(stage, 59, 49)).to.deep.equal([255, 0, 0, 255]);
    expect(seen(stage, 59, 50)).to.deep.equal([0, 0, 255, 255]);
  });

  it('fades a group as a whole: what it hides stays hidden', async () => {
    const green = square([0, 255, 0], [-100, -50], 200);
    const stage = await stageOf([
      pane('a', { layers: [red] }, { layers: [green, blue], opacity: 0.5 }),
    ]);
    const [r, g, b] = seen(stage, 100, 50);
    expect(Math.abs(r - 127.5) < 2 && Math.abs(b - 127.5) < 2).to.equal(true);
    expect(g).to.equal(0);
  });

  it('moves the divider by arrows, ten times as far with Shift, and to the ends', async () => {
    const stage = await stageOf([pane('a', { layers: [red] })], {
      split: { at: 0.5, upright: true },
    });
    const line = part(stage, '[role=slider]', HTMLElement);
    const at = async (key: string, shift = false): Promise<number> => {
      setTimeout(() => press(line, key, shift));
      return (await heard(stage, 'unmixing-stage-split')).at;
    };
    expect(await at('ArrowLeft')).to.be.closeTo(0.49, 1e-9);
    expect(await at('ArrowRight', true)).to.be.closeTo(0.6, 1e-9);
    expect(await at('Home')).to.equal(0);
    expect(await at('End')).to.equal(1);
    expect(line.getAttribute('aria-valuenow')).to.equal('50');
  });

  it('moves both cameras together and shows the pointer of one pane in the other', async () => {
    const stage = await stageOf([
      pane('a', { layers: [red] }),
      pane('b', { layers: [red] }),
    ]);
    const ground = part(stage, '[data-pane="a"] .ground', HTMLElement);
    press(ground, '+');
    await drawn(stage);
    expect(stage.viewOf('a')).to.equal(stage.viewOf('b'));
    expect(stage.viewOf('a')?.halfHeight).to.be.closeTo(40, 1e-9);
    const box = ground.getBoundingClientRect();
    ground.dispatchEvent(
      new PointerEvent('pointermove', {
        clientX: box.left + 20,
        clientY: box.top + 30,
      }),
    );
    await drawn(stage);
    expect(
      stage.shadowRoot?.querySelector('[data-pane="a"] .crosshair'),
    ).to.equal(null);
    const line = part(
      stage,
      '[data-pane="b"] .crosshair .line',
      SVGPathElement,
    );
    expect(line.getAttribute('d')).to.match(/^M7\.0 30\.0l9 0/);
  });

  it('tells the world under a press, and moves the image by a drag instead', async () => {
    const stage = await stageOf([pane('a', { layers: [red] })]);
    const ground = part(stage, '.ground', HTMLElement);
    // Synthetic pointers cannot be captured.
    ground.setPointerCapture = () => undefined;
    const box = ground.getBoundingClientRect();
    const send = (type: string, x: number, y: number): void => {
      ground.dispatchEvent(
        new PointerEvent(type, {
          clientX: box.left + x,
          clientY: box.top + y,
          pointerId: 1,
          button: 0,
        }),
      );
    };
    const told: unknown[] = [];
    stage.addEventListener('unmixing-stage-point', ({ world, pressed }) => {
      if (pressed) told.push(world);
    });
    send('pointerdown', 130, 20);
    send('pointerup', 130, 20);
    expect(told).to.deep.equal([[30, -30, 0]]);
    send('pointerdown', 130, 20);
    send('pointermove', 140, 25);
    send('pointerup', 140, 25);
    expect(told.length).to.equal(1);
    expect(stage.view?.centre).to.deep.equal([-10, -5, 0]);
  });

  it('gives each pane a camera of its own where they are not linked, both fitted', async () => {
    const far = square([0, 0, 255], [900, 900], 10);
    const stage = await stageOf(
      [pane('a', { layers: [red] }), pane('b', { layers: [far] })],
      { linked: false, view: null },
    );
    expect(stage.viewOf('a')?.centre).to.deep.equal([0, 50, 0]);
    expect(stage.viewOf('b')?.centre).to.deep.equal([905, 905, 0]);
  });

  it('moves a mark by arrows of the step given, and tells Delete and Enter', async () => {
    const stage = await stageOf(
      [
        {
          ...pane('a', { layers: [red] }),
          marks: [
            {
              kind: 'point',
              id: 'p',
              at: [10, 20, 0],
              label: 'Pair 1',
              shape: 'round',
            },
          ],
        },
      ],
      { step: 2 },
    );
    const mark = part(stage, '[data-mark="p"]', SVGGElement);
    const told: unknown[] = [];
    stage.addEventListener('unmixing-stage-mark', ({ what, world, mark: id }) =>
      told.push([
        id,
        what,
        ...world.map((value) => Math.round(value * 1e6) / 1e6),
      ]),
    );
    press(mark, 'ArrowRight');
    press(mark, 'ArrowDown', true);
    press(mark, 'Delete');
    press(mark, 'Enter');
    expect(told).to.deep.equal([
      ['p', 'step', 12, 20, 0],
      ['p', 'step', 10, 40, 0],
      ['p', 'remove', 10, 20, 0],
      ['p', 'select', 10, 20, 0],
    ]);
  });

  it('presses where the cross is that arrows move', async () => {
    const stage = await stageOf([pane('a', { layers: [red] })], {
      arrows: 'crosshair',
    });
    const ground = part(stage, '.ground', HTMLElement);
    const told: unknown[] = [];
    stage.addEventListener('unmixing-stage-point', ({ world, pressed }) => {
      if (pressed) told.push(world);
    });
    press(ground, 'ArrowRight', true);
    press(ground, 'ArrowUp');
    press(ground, 'Enter');
    expect(told).to.deep.equal([[10, -1, 0]]);
  });

  it('is closed by Escape', async () => {
    const stage = await stageOf([pane('a', { layers: [red] })]);
    setTimeout(() => press(part(stage, '.ground', HTMLElement), 'Escape'));
    await heard(stage, 'unmixing-stage-close');
  });
});
