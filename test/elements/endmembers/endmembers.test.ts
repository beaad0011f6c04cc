import { expect, fixture, html } from '@open-wc/testing';
import { UnmixingEndmembers } from '../../../src/elements/endmembers/endmembers.js';
import type { EndmemberAction } from '../../../src/elements/endmembers/action.js';
import { shownEndmembers } from '../../../src/elements/shown.js';
import type { EditingState } from '../../../src/elements/state.js';
import { tokens } from '../../../src/elements/theme.js';
import type { UnmixingMenu } from '../../../src/elements/menu.js';
import { UnmixingError } from '../../../src/spectral/errors.js';
import { sessions } from '../../fixtures/sessions.js';

const state = sessions().done;

const listOf = async (
  more: Partial<UnmixingEndmembers> = {},
): Promise<UnmixingEndmembers> => {
  const list = document.createElement('unmixing-endmembers');
  const { cube, colours, layers } = state;
  Object.assign(list, {
    shown: shownEndmembers(state),
    axis: cube.state === 'ready' ? cube.summary.axis : null,
    ...{ colours, layers },
    ...more,
  });
  const home = await fixture<HTMLElement>(
    html`<div
      class="tokens"
      style="width: 320px; container-type: inline-size; background: var(--_surface)"
    ></div>`,
  );
  home.append(list);
  await list.updateComplete;
  return list;
};

const sheet = new CSSStyleSheet();
sheet.replaceSync(tokens.cssText.replace(':host {', '.tokens {'));
document.adoptedStyleSheets.push(sheet);

const rows = (list: UnmixingEndmembers): HTMLElement[] =>
  Array.from(list.shadowRoot?.querySelectorAll<HTMLElement>('.main') ?? []);
const answers = (list: UnmixingEndmembers): HTMLButtonElement[] =>
  Array.from(
    list.shadowRoot?.querySelectorAll<HTMLButtonElement>('.ask button') ?? [],
  );
const words = (element: Element): string =>
  element.textContent.replace(/\s+/g, ' ').trim();
const bar = (list: UnmixingEndmembers): string => {
  const found = list.shadowRoot?.querySelector('.ask, .note');
  return found ? words(found) : '';
};

/** What the list asks for, in order. */
const heardOf = (list: UnmixingEndmembers): EndmemberAction[] => {
  const asked: EndmemberAction[] = [];
  list.addEventListener('unmixing-endmember', ({ action }) => {
    asked.push(action);
  });
  return asked;
};

const press = async (
  list: UnmixingEndmembers,
  row: number,
  key: string,
  more: KeyboardEventInit = {},
): Promise<void> => {
  rows(list)[row].dispatchEvent(
    new KeyboardEvent('keydown', {
      key,
      bubbles: true,
      composed: true,
      cancelable: true,
      ...more,
    }),
  );
  await list.updateComplete;
};

const itemsOf = (
  list: UnmixingEndmembers,
  row: number,
): Readonly<Record<string, { disabled?: boolean; act: () => void }>> => {
  const menu =
    list.shadowRoot?.querySelectorAll<UnmixingMenu>('unmixing-menu')[row];
  return Object.fromEntries(
    (menu?.items ?? []).flatMap((item) =>
      item !== 'line' && 'label' in item ? [[item.label, item]] : [],
    ),
  );
};

describe('unmixing-endmembers, edited', () => {
  it('moves an endmember by Alt and the arrows, not beyond the ends', async () => {
    const list = await listOf();
    const asked = heardOf(list);
    await press(list, 0, 'ArrowUp', { altKey: true });
    await press(list, 0, 'ArrowDown', { altKey: true });
    await press(list, 2, 'ArrowUp', { altKey: true });
    expect(asked).to.deep.equal([
      { act: 'change', change: { kind: 'reorder', order: [1, 0, 2] } },
      { act: 'change', change: { kind: 'reorder', order: [0, 2, 1] } },
    ]);
  });

  it('deletes by Del', async () => {
    const list = await listOf();
    const asked = heardOf(list);
    await press(list, 1, 'Delete');
    expect(asked).to.deep.equal([
      { act: 'change', change: { kind: 'delete', endmember: 1 } },
    ]);
  });

  it('merges by M, another row and the spectrum that stays, by the keyboard alone', async () => {
    const list = await listOf();
    const asked = heardOf(list);
    await press(list, 2, 'm');
    expect(bar(list)).to.include(
      'Choose in the list what goes into Endmember 3.',
    );
    await press(list, 0, 'M');
    expect(answers(list).map(words)).to.deep.equal([
      'Mean by area',
      'That of Endmember 3',
      'That of Endmember 1',
      'Cancel',
    ]);
    await list.updateComplete;
    expect(list.shadowRoot?.activeElement).to.equal(answers(list)[0]);
    answers(list)[1].click();
    await list.updateComplete;
    expect(asked).to.deep.equal([
      {
        act: 'change',
        change: { kind: 'merge', endmembers: [2, 0], spectrum: 'first' },
      },
    ]);
    expect(bar(list)).to.equal('');
  });

  it('takes the other by a click, and ends the question by Escape', async () => {
    const list = await listOf();
    const asked = heardOf(list);
    await press(list, 0, 'm');
    rows(list)[1].click();
    await list.updateComplete;
    expect(bar(list)).to.include('Endmember 2 goes into Endmember 1.');
    answers(list)[0].dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }),
    );
    await list.updateComplete;
    expect(bar(list)).to.equal('');
    await press(list, 0, 'm');
    await press(list, 0, 'Escape');
    expect(bar(list)).to.equal('');
    expect(asked).to.deep.equal([]);
  });

  it('keeps the spectrum that is held fixed when two are merged', async () => {
    const list = await listOf({ fixed: ['Endmember 2'] });
    const asked = heardOf(list);
    await press(list, 0, 'm');
    await press(list, 1, 'm');
    expect(bar(list)).to.include('Endmember 1 goes into Endmember 2.');
    expect(answers(list).map(words)).to.deep.equal([
      'That of Endmember 2',
      'Cancel',
    ]);
    answers(list)[0].click();
    expect(asked).to.deep.equal([
      {
        act: 'change',
        change: { kind: 'merge', endmembers: [1, 0], spectrum: 'first' },
      },
    ]);
    const items = itemsOf(list, 1);
    for (const label of ['Delete', 'Turn upside down', 'Split in two'])
      expect(items[label].disabled, label).to.equal(true);
  });

  it('splits, turns over and takes the held pixel from the menu', async () => {
    const list = await listOf();
    const asked = heardOf(list);
    expect(itemsOf(list, 1)['Spectrum of the held pixel'].disabled).to.equal(
      true,
    );
    list.pinned = true;
    await list.updateComplete;
    const items = itemsOf(list, 1);
    items['Spectrum of the held pixel'].act();
    items['Split in two'].act();
    items['Turn upside down'].act();
    expect(asked).to.deep.equal([
      { act: 'replace-by-pixel', endmember: 1 },
      { act: 'split', endmember: 1 },
      { act: 'change', change: { kind: 'flip', endmember: 1 } },
    ]);
  });

  it('shows what goes on with Cancel, and edits nothing meanwhile', async () => {
    const editing: EditingState = {
      state: 'running',
      what: 'Splitting',
      fraction: 0.4,
    };
    const list = await listOf({ editing });
    const asked = heardOf(list);
    expect(list.shadowRoot?.querySelector('progress')?.value).to.equal(0.4);
    await press(list, 0, 'Delete');
    await press(list, 0, 'm');
    expect(bar(list)).to.include('Splitting…');
    answers(list)[0].click();
    expect(asked).to.deep.equal([{ act: 'cancel' }]);
  });

  it('asks which spectrum of a file is meant', async () => {
    const spectrum = { positions: [1, 2], values: [1, 2] };
    const list = await listOf({
      editing: {
        state: 'choosing',
        endmember: 1,
        file: 'minerals.csv',
        spectra: [
          { ...spectrum, name: 'Calcite' },
          { ...spectrum, name: '<b>Quartz' },
        ],
      },
    });
    const asked = heardOf(list);
    expect(bar(list)).to.include('takes the place of Endmember 2');
    const choice = list.shadowRoot?.querySelector('select');
    if (!choice) throw new Error('no choice');
    expect(Array.from(choice.options, words)).to.deep.equal([
      'Choose a spectrum',
      'Calcite',
      '<b>Quartz',
    ]);
    choice.value = '1';
    choice.dispatchEvent(new Event('change'));
    expect(asked).to.deep.equal([{ act: 'choose', spectrum: 1 }]);
  });

  it('tells an error in place, and what was done since the run', async () => {
    const list = await listOf({
      editing: {
        state: 'failed',
        error: new UnmixingError('input', 'At least 2 endmembers must stay.'),
      },
      edits: [{ kind: 'flip', endmember: 0, names: ['Calcite'], at: 1 }],
    });
    expect(bar(list)).to.include('At least 2 endmembers must stay.');
    const record = list.shadowRoot?.querySelector('details');
    expect(record && words(record)).to.equal(
      '1 edit since the run Calcite was turned upside down.',
    );
  });

  for (const [what, more] of [
    ['idle', {}],
    [
      'at work',
      {
        editing: { state: 'running', what: 'Merging', fraction: 0.2 },
      },
    ],
    [
      'failed',
      {
        editing: {
          state: 'failed',
          error: new UnmixingError('input', 'It failed.'),
        },
      },
    ],
    [
      'asking',
      {
        editing: {
          state: 'choosing',
          endmember: 0,
          file: 'minerals.csv',
          spectra: [{ name: 'Calcite', positions: [1], values: [1] }],
        },
      },
    ],
  ] as const satisfies readonly (readonly [
    string,
    Partial<UnmixingEndmembers>,
  ])[])
    it(`is accessible when ${what}`, async () => {
      await expect(await listOf(more)).to.be.accessible();
    });

  it('is accessible while it asks what to merge', async () => {
    const list = await listOf();
    await press(list, 0, 'm');
    await expect(list).to.be.accessible();
    await press(list, 1, 'm');
    await expect(list).to.be.accessible();
  });
});
