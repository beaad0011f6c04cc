import { expect, fixture, html } from '@open-wc/testing';
import '../../src/elements/cube-list.js';
import type { UnmixingCubes } from '../../src/elements/cube-list.js';
import type { CubeListing } from '../../src/elements/state.js';
import '../../src/elements/panel.js';
import type { UnmixingPanel } from '../../src/elements/panel.js';
import { heard } from '../fixtures/heard.js';
import { sessions, withoutResults } from '../fixtures/sessions.js';

const cubes: readonly CubeListing[] = [
  {
    id: 'cube-1',
    name: 'A cross-section with a name that is too long for the row it has',
    state: 'ready',
    running: true,
    size: [1024, 768, 1500],
    sizeable: false,
    ...withoutResults,
  },
  {
    id: 'cube-2',
    name: 'second',
    state: 'ready',
    running: false,
    size: [64, 32, 120],
    sizeable: false,
    ...withoutResults,
  },
  {
    id: 'cube-3',
    name: 'third',
    state: 'opening',
    running: false,
    size: null,
    sizeable: false,
    ...withoutResults,
  },
];

const radios = (list: Element): HTMLInputElement[] => [
  ...(list.shadowRoot?.querySelectorAll('input') ?? []),
];

describe('unmixing-cubes', () => {
  const plain = () =>
    fixture<UnmixingCubes>(
      html`<unmixing-cubes .cubes=${cubes} active="cube-2"></unmixing-cubes>`,
    );

  it('names every cube with its size or what it does, and is accessible', async () => {
    const list = await plain();
    await expect(list).to.be.accessible();
    const rows = [...(list.shadowRoot?.querySelectorAll('.what') ?? [])];
    expect(rows.map(({ textContent }) => textContent)).to.deep.equal([
      'running',
      '64 × 32 × 120',
      'opening',
    ]);
    expect(radios(list).map(({ checked }) => checked)).to.deep.equal([
      false,
      true,
      false,
    ]);
  });

  it('turns to another cube, and closes one by its own button', async () => {
    const list = await plain();
    const turned = heard(list, 'unmixing-activate');
    radios(list)[0].click();
    expect((await turned).cube).to.equal('cube-1');
    const closed = heard(list, 'unmixing-close');
    list.shadowRoot
      ?.querySelector<HTMLElement>('[aria-label="Close third"]')
      ?.click();
    expect((await closed).cube).to.equal('cube-3');
  });
});

describe('the panel with several cubes', () => {
  for (const theme of ['dark', 'light'] as const)
    it(`lists them in the section of the cube, in ${theme}`, async () => {
      const { done } = sessions();
      const panel = await fixture<UnmixingPanel>(
        html`<unmixing-panel
          theme=${theme}
          style="width:320px"
          .session=${{ ...done, cubes, active: 'cube-2' }}
        ></unmixing-panel>`,
      );
      await customElements.whenDefined('unmixing-cubes');
      const list = panel.shadowRoot?.querySelector('unmixing-cubes');
      if (!list) throw new Error('no list');
      expect(list.cubes).to.equal(cubes);
      await expect(panel).to.be.accessible();
      const one = { ...done, cubes: cubes.slice(1, 2) };
      panel.session = one;
      await panel.updateComplete;
      expect(panel.shadowRoot?.querySelector('unmixing-cubes')).to.equal(null);
    });
});
