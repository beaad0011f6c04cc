import { expect, fixture, html } from '@open-wc/testing';
import '../../../src/elements/runs/runs-list.js';
import type { UnmixingRuns } from '../../../src/elements/runs/runs-list.js';
import type { RunsAction } from '../../../src/elements/runs/action.js';
import type { SessionState } from '../../../src/elements/state.js';
import { tokens } from '../../../src/elements/theme.js';
import { sessions } from '../../fixtures/sessions.js';
import { keptFixture } from './kept-fixture.js';

const states = sessions();
const runs = [
  keptFixture({ id: 'cube-1/run-a', name: 'Auto, seed 1' }),
  keptFixture({
    id: 'cube-1/run-b',
    name: 'Auto, seed 1, 1 correction',
    steps: [{ kind: 'snv', on: true }],
  }),
  keptFixture({ id: 'cube-1/run-c', name: 'Network, seed 42' }),
];
const session: SessionState = {
  ...states.done,
  runs,
  shownRun: 'cube-1/run-c',
  unmixing: runs[2].unmixing,
  colours: runs[2].colours,
};

const listOf = async (
  state: SessionState = session,
  theme = 'dark',
): Promise<UnmixingRuns> => {
  const box = await fixture<HTMLDivElement>(
    html`<div style="width: 320px; color-scheme: ${theme}"></div>`,
  );
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(tokens.cssText.replace(':host {', '.tokens {'));
  document.adoptedStyleSheets = [sheet];
  box.className = 'tokens';
  const list = document.createElement('unmixing-runs');
  list.session = state;
  box.append(list);
  await list.updateComplete;
  return list;
};

const rows = (list: UnmixingRuns): HTMLElement[] => [
  ...(list.shadowRoot?.querySelectorAll<HTMLElement>('.list > li') ?? []),
];
const main = (list: UnmixingRuns, at: number): HTMLButtonElement => {
  const button = rows(list)[at].querySelector<HTMLButtonElement>('.main');
  if (!button) throw new Error(`no button in row ${at}`);
  return button;
};
/** What is asked for from now on. */
const actionsOf = (list: UnmixingRuns): RunsAction[] => {
  const asked: RunsAction[] = [];
  list.addEventListener('unmixing-runs', ({ action }) => asked.push(action));
  return asked;
};
const press = (target: Element, key: string): boolean =>
  target.dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
  );
const focused = (list: UnmixingRuns): string | undefined =>
  list.shadowRoot?.activeElement?.querySelector('.name')?.textContent;

describe('unmixing-runs', () => {
  for (const theme of ['dark', 'light'])
    it(`is accessible (${theme})`, async () => {
      await expect(await listOf(session, theme)).to.be.accessible();
    });

  it('lists the last first, marks the one on show, and tells which rest on other corrections', async () => {
    const list = await listOf();
    const texts = rows(list).map(({ innerText }) => innerText);
    expect(texts[0]).to.match(
      /^Network, seed 42\s+14:02, 18\.4\ss\s+0\.021 rad/,
    );
    expect(texts[1]).to.contain('other corrections');
    expect(texts[2]).not.to.contain('other corrections');
    expect(rows(list).map((row) => row.getAttribute('aria-current'))).to.eql([
      'true',
      'false',
      'false',
    ]);
    expect(
      list.shadowRoot?.querySelector('[role=status]')?.textContent.trim(),
    ).to.equal('Network, seed 42 is on show');
  });

  it('is nothing without runs', async () => {
    const list = await listOf(states.ready);
    expect(list.shadowRoot?.textContent).to.equal('');
  });

  it('asks for a run to be shown when it is pressed, but not for the one on show', async () => {
    const list = await listOf();
    const asked = actionsOf(list);
    main(list, 2).click();
    main(list, 0).click();
    expect(asked).to.eql([{ act: 'show', run: 'cube-1/run-a' }]);
  });

  it('is one tab stop, and arrows, Home and End move', async () => {
    const list = await listOf();
    const stops = () =>
      rows(list).map((_, at) => main(list, at).getAttribute('tabindex'));
    expect(stops()).to.eql(['0', '-1', '-1']);
    main(list, 0).focus();
    press(main(list, 0), 'ArrowDown');
    await list.updateComplete;
    expect(focused(list)).to.equal('Auto, seed 1, 1 correction');
    expect(stops()).to.eql(['-1', '0', '-1']);
    press(main(list, 1), 'End');
    await list.updateComplete;
    expect(focused(list)).to.equal('Auto, seed 1');
    press(main(list, 2), 'ArrowDown');
    await list.updateComplete;
    expect(focused(list)).to.equal('Auto, seed 1');
    press(main(list, 2), 'Home');
    await list.updateComplete;
    expect(focused(list)).to.equal('Network, seed 42');
  });

  it('renames by F2 and Enter, and leaves the name by Escape', async () => {
    const list = await listOf();
    const asked = actionsOf(list);
    const field = async (): Promise<HTMLInputElement> => {
      press(main(list, 1), 'F2');
      await list.updateComplete;
      const input = rows(list)[1].querySelector('input');
      if (!input) throw new Error('no field');
      return input;
    };
    let input = await field();
    expect(input.getAttribute('aria-label')).to.equal('Name of the run');
    input.value = 'Other';
    press(input, 'Escape');
    await list.updateComplete;
    input = await field();
    input.value = ' With SNV ';
    press(input, 'Enter');
    await list.updateComplete;
    expect(asked).to.eql([
      { act: 'rename', run: 'cube-1/run-b', name: 'With SNV' },
    ]);
    expect(focused(list)).to.equal('Auto, seed 1, 1 correction');
  });

  it('throws a run away by Del, and the focus goes to its neighbour', async () => {
    const list = await listOf();
    const asked = actionsOf(list);
    main(list, 1).focus();
    press(main(list, 1), 'Delete');
    await list.updateComplete;
    expect(asked).to.eql([{ act: 'remove', run: 'cube-1/run-b' }]);
    expect(focused(list)).to.equal('Auto, seed 1');
  });

  it('shows none and keeps the one on show while a run goes on, and says so', async () => {
    const list = await listOf({ ...session, run: states.running.run });
    const asked = actionsOf(list);
    main(list, 2).click();
    press(main(list, 0), 'Delete');
    expect(asked).to.eql([]);
    expect(list.shadowRoot?.querySelector('.hint')?.textContent).to.contain(
      'Others can be shown when this run is done.',
    );
  });

  it('tells how much they hold, and which goes next when there are as many as are kept', async () => {
    const few = await listOf();
    const hint = (list: UnmixingRuns) =>
      list.shadowRoot?.querySelector('.hint')?.textContent ?? '';
    expect(hint(few)).to.match(/^3 runs hold [\d.]+\sMB\.$/);
    const many = Array.from({ length: 12 }, (_, i) =>
      keptFixture({ id: `cube-1/run-${i}`, name: `Run ${i}` }),
    );
    const full = await listOf({ ...session, runs: many, shownRun: null });
    expect(hint(full)).to.contain(
      'The next takes the place of the oldest, “Run 0”.',
    );
  });
});
