import { expect, fixture, html } from '@open-wc/testing';
import { UnmixingPanel } from '../../../src/elements/panel.js';
import '../../../src/elements/later-sections.js';
import { UnmixingRegisterEvent } from '../../../src/elements/events.js';
import type { RegisterAction } from '../../../src/elements/register/action.js';
import { UnmixingRegister } from '../../../src/elements/register/register.js';
import { UnmixingRegisterSummary } from '../../../src/elements/register/register-summary.js';
import { UnmixingStage } from '../../../src/elements/stage/stage.js';
import { UnmixingRegisterStage } from '../../../src/elements/register/register-stage.js';
import type {
  RegisteringState,
  SessionState,
} from '../../../src/elements/state.js';
import { turnedAbout, applyTo } from '../../../src/imaging/affine.js';
import { registerScene } from './scene.js';

const map = turnedAbout([45, 21], 4.2, 1.03);
const places = [
  [3, 4],
  [90, 8],
  [50, 44],
] as const;

/** Three pairs, the last 3 µm off. */
const landmarked = (patch: Partial<RegisteringState> = {}): SessionState => {
  const scene = registerScene({
    placements: { 'cube-1': map },
    registrations: [
      {
        moving: 'cube-1',
        fixed: 'picture-1',
        kind: 'affine',
        landmarks: places.map((moving, i) => {
          const [x, y] = applyTo(map, moving);
          return { moving, fixed: [x + (i === 2 ? 3 : 0), y] };
        }),
      },
    ],
  });
  return { ...scene, registering: { ...scene.registering, ...patch } };
};

const actions = (element: Element): RegisterAction[] => {
  const heard: RegisterAction[] = [];
  element.addEventListener('unmixing-register', (event) => {
    if (event instanceof UnmixingRegisterEvent) heard.push(event.action);
  });
  return heard;
};

/** Elements with a selector in all shadow roots. */
const deep = (root: ParentNode, selector: string): HTMLElement[] => [
  ...root.querySelectorAll<HTMLElement>(selector),
  ...[...root.querySelectorAll('*')].flatMap(({ shadowRoot }) =>
    shadowRoot ? deep(shadowRoot, selector) : [],
  ),
];
const named = (root: ParentNode, name: string): HTMLElement => {
  const found = deep(root, 'button').find(
    ({ textContent }) => textContent.trim() === name,
  );
  if (!found) throw new Error(`no button ${name}`);
  return found;
};

describe('the section Register', () => {
  const show = async (session: SessionState) => {
    const element = await fixture<UnmixingRegister>(
      html`<unmixing-register
        theme="light"
        style="width: 296px; background: #fcfcfc; color: #1b1b1b"
        .session=${session}
      ></unmixing-register>`,
    );
    for (const list of deep(element.renderRoot, '*'))
      await (list as Partial<UnmixingRegister>).updateComplete;
    return { element, root: element.renderRoot as ShadowRoot };
  };

  it('is accessible with nothing, with landmarks, while it searches, and with a proposal', async () => {
    const result = { map, likeness: 1.3, likenessBefore: 1.1, overlap: 0.97 };
    for (const session of [
      registerScene(),
      landmarked({ selected: 1 }),
      landmarked({
        work: { state: 'running', stage: 'search', fraction: 0.4 },
      }),
      landmarked({ work: { state: 'proposed', result } }),
    ]) {
      const { element } = await show(session);
      await expect(element).to.be.accessible();
    }
  });

  it('says how far each pair is off in µm, that three pairs of an affine map tell nothing, and what was done to the cube', async () => {
    const { root } = await show(landmarked());
    const rows = deep(root, '.pair').map(({ textContent }) =>
      textContent.replace(/\s+/g, ' ').trim(),
    );
    expect(rows[0]).to.contain('Pair 1');
    expect(rows[2]).to.contain('3\u00a0µm'.replace('\u00a0', ' '));
    const hints = deep(root, '.hint').map(({ textContent }) => textContent);
    expect(hints.join(' ')).to.contain('fit exactly, right or wrong');
    expect(hints.join(' ').replace(/\s+/g, ' ')).to.contain(
      'Turned 4.2°, scaled 1.030, moved 0 µm.',
    );
  });

  it('asks for what its buttons and fields say', async () => {
    const { element, root } = await show(landmarked({ selected: 0 }));
    const heard = actions(element);
    named(root, 'Set landmarks').click();
    named(root, 'Nudge').click();
    named(root, 'Reset').click();
    named(root, 'Save transform').click();
    named(root, 'Find the map').click();
    const [field] = deep(root, '.places input') as HTMLInputElement[];
    expect(field.getAttribute('aria-label')).to.equal(
      'Landmark 1, x in cross-section-07',
    );
    field.value = '12.5';
    field.dispatchEvent(new Event('change'));
    expect(heard).to.deep.equal([
      { do: 'stage', show: 'landmarks' },
      { do: 'stage', show: 'nudge' },
      { do: 'reset' },
      { do: 'save' },
      {
        do: 'automatic',
        moving: 'blend',
        fixed: 'picture-1 luminance',
        from: 'here',
      },
      { do: 'move', pair: 0, side: 'moving', at: [12.5, 4] },
    ]);
  });

  it('removes a pair with Delete, goes on with arrows, and adds one by numbers', async () => {
    const { element, root } = await show(landmarked());
    const heard = actions(element);
    const rows = deep(root, '.pair');
    const press = (row: HTMLElement, key: string): boolean =>
      row.dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
      );
    expect(rows.map(({ tabIndex }) => tabIndex)).to.deep.equal([0, -1, -1]);
    rows[0].focus();
    press(rows[0], 'ArrowUp');
    expect((rows[2].getRootNode() as ShadowRoot).activeElement).to.equal(
      rows[2],
    );
    press(rows[2], 'Delete');
    named(root, 'By numbers').click();
    await element.updateComplete;
    await Promise.resolve();
    named(root, 'Add pair').click();
    expect(heard).to.deep.equal([
      { do: 'remove', pair: 2 },
      // The middles of 16 x 8 pixels, of 6 µm and of 1 µm from (10, 20) on.
      {
        do: 'add',
        landmark: { moving: [45, 21], fixed: [17.5, 23.5] },
      },
    ]);
  });

  it('stands in the panel with the worst residual as its summary', async () => {
    const panel = await fixture<UnmixingPanel>(
      html`<unmixing-panel
        theme="dark"
        .session=${landmarked()}
      ></unmixing-panel>`,
    );
    const [summary] = deep(panel.renderRoot, 'unmixing-register-summary');
    if (!(summary instanceof UnmixingRegisterSummary))
      throw new Error('no summary');
    await summary.updateComplete;
    expect(deep(summary.renderRoot, '*').length).to.equal(0);
    expect(summary.renderRoot.textContent.replace('\u00a0', ' ')).to.contain(
      '3 µm',
    );
  });
});

describe('the stage of a registration', () => {
  const show = async (session: SessionState) => {
    const element = await fixture<UnmixingRegisterStage>(
      html`<unmixing-register-stage
        theme="dark"
        style="display: block; width: 800px; height: 500px"
        .session=${session}
      ></unmixing-register-stage>`,
    );
    const [stage] = deep(element.renderRoot, 'unmixing-stage');
    if (!(stage instanceof UnmixingStage)) throw new Error('no stage');
    await stage.updateComplete;
    await new Promise((resolve) =>
      requestAnimationFrame(() => requestAnimationFrame(resolve)),
    );
    await stage.updateComplete;
    return { element, stage };
  };

  it('is accessible in each of its three forms', async () => {
    const result = { map, likeness: 1.3, likenessBefore: 1.1, overlap: 0.97 };
    for (const session of [
      landmarked({ stage: 'landmarks' }),
      landmarked({ stage: 'nudge' }),
      landmarked({ stage: 'review', work: { state: 'proposed', result } }),
    ]) {
      const { element } = await show(session);
      await expect(element).to.be.accessible();
    }
  });

  it('shows both images with numbered marks, and how far each is off', async () => {
    const { stage } = await show(landmarked({ stage: 'landmarks' }));
    const words = deep(stage.renderRoot as ShadowRoot, 'svg').map(
      ({ textContent }) => textContent.replace(/\s+/g, ' '),
    );
    expect(words.join('|')).to.contain('3 µm');
  });

  it('moves, turns and scales by keys, ten times as far with Shift', async () => {
    const { element, stage } = await show(landmarked({ stage: 'nudge' }));
    const heard = actions(element);
    const [ground] = deep(stage.renderRoot, '.ground');
    for (const [key, code, shiftKey] of [
      ['ArrowLeft', 'ArrowLeft', false],
      ['ArrowDown', 'ArrowDown', true],
      ['[', 'BracketLeft', false],
      ['}', 'BracketRight', true],
      ['+', 'Equal', true],
    ] as const)
      ground.dispatchEvent(
        new KeyboardEvent('keydown', {
          key,
          code,
          shiftKey,
          bubbles: true,
          composed: true,
          cancelable: true,
        }),
      );
    expect(heard).to.deep.equal([
      { do: 'nudge', by: [-1, 0] },
      { do: 'nudge', by: [0, 10] },
      { do: 'nudge', turn: -0.1 },
      { do: 'nudge', turn: 1 },
      { do: 'nudge', scale: 1.001 },
    ]);
  });
});
