import { expect, fixture, html } from '@open-wc/testing';
import { chainLines } from '../../src/elements/chain-lines.js';
import { withChosenPixel } from '../../src/elements/chosen-pixels.js';
import { UnmixingCorrect } from '../../src/elements/correct-section.js';
import { UnmixingExcludeEvent } from '../../src/elements/events.js';
import { formatSize } from '../../src/elements/format.js';
import { UnmixingMenu } from '../../src/elements/menu.js';
import type { ChainState, SessionState } from '../../src/elements/state.js';
import { stepWords } from '../../src/elements/step-words.js';
import { newStep } from '../../src/preprocess/check-steps.js';
import { corrections } from '../../src/preprocess/corrections.js';
import type { Step, StepKind } from '../../src/preprocess/steps.js';
import { heard } from '../fixtures/heard.js';
import { sessions } from '../fixtures/sessions.js';

const states = sessions();
const kinds = Object.keys(corrections) as StepKind[];

const summaryOf = ({ cube }: SessionState) => {
  if (cube.state !== 'ready') throw new Error(cube.state);
  return cube.summary;
};

/** A section that takes what it asks for, as the controller would. */
async function sectionOf(chain: ChainState): Promise<UnmixingCorrect> {
  const section = await fixture<UnmixingCorrect>(
    html`<unmixing-correct
      style="width: 320px"
      .summary=${summaryOf(states.corrected)}
      .chain=${chain}
    ></unmixing-correct>`,
  );
  section.addEventListener('unmixing-correct', ({ steps }) => {
    section.chain = { ...section.chain, steps };
  });
  return section;
}

const { chain } = states.corrected;
const rowsOf = (section: UnmixingCorrect): HTMLElement[] =>
  Array.from(section.shadowRoot?.querySelectorAll<HTMLElement>('.name') ?? []);
const kindsOf = ({ chain: { steps } }: UnmixingCorrect): StepKind[] =>
  steps.map(({ kind }) => kind);
const focusedRow = (section: UnmixingCorrect): number =>
  rowsOf(section).findIndex((row) => row === section.shadowRoot?.activeElement);

async function press(
  section: UnmixingCorrect,
  key: string,
  more: KeyboardEventInit = {},
): Promise<void> {
  section.shadowRoot?.activeElement?.dispatchEvent(
    new KeyboardEvent('keydown', {
      key,
      bubbles: true,
      cancelable: true,
      ...more,
    }),
  );
  await section.updateComplete;
}

function field(section: UnmixingCorrect, label: string): HTMLInputElement {
  const found = section.shadowRoot?.querySelector(
    `input[type=number][aria-label="${label}"]`,
  );
  if (!(found instanceof HTMLInputElement)) throw new Error(`no ${label}`);
  return found;
}

function enter(input: HTMLInputElement, value: number, type = 'change'): void {
  input.value = String(value);
  input.dispatchEvent(new Event(type));
}

describe('unmixing-correct', () => {
  it('is one tab stop: arrows move, Alt and arrows reorder, Space switches off, Del removes', async () => {
    const section = await sectionOf(chain);
    expect(rowsOf(section).map(({ tabIndex }) => tabIndex)).to.deep.equal([
      0, -1, -1, -1,
    ]);
    rowsOf(section)[0].focus();
    await press(section, 'ArrowDown');
    expect(focusedRow(section)).to.equal(1);
    await press(section, 'ArrowUp', { altKey: true });
    expect(kindsOf(section).slice(0, 2)).to.deep.equal(['arpls', 'range']);
    expect(focusedRow(section)).to.equal(0);
    await press(section, ' ');
    expect(section.chain.steps[0].on).to.equal(false);
    await press(section, 'Delete');
    expect(kindsOf(section)).to.deep.equal([
      'range',
      'water-vapour',
      'savitzky-golay',
    ]);
    expect(focusedRow(section)).to.equal(0);
  });

  it('takes the values that are open along when their row moves', async () => {
    const section = await sectionOf(chain);
    rowsOf(section)[1].click();
    rowsOf(section)[1].focus();
    await section.updateComplete;
    await press(section, 'ArrowDown', { altKey: true });
    expect(
      rowsOf(section).map((row) => row.getAttribute('aria-expanded')),
    ).to.deep.equal(['false', 'false', 'true', 'false']);
    expect(field(section, 'Smoothness').value).to.equal('100000');
  });

  it('moves a row that is dropped below another', async () => {
    const section = await sectionOf(chain);
    const rows = section.shadowRoot?.querySelectorAll('.step') ?? [];
    const dataTransfer = new DataTransfer();
    const bottom = rows[2].getBoundingClientRect().bottom - 2;
    const drag = (row: Element, type: string) =>
      row.dispatchEvent(
        new DragEvent(type, {
          dataTransfer,
          clientY: bottom,
          cancelable: true,
        }),
      );
    drag(rows[0], 'dragstart');
    drag(rows[2], 'dragover');
    drag(rows[2], 'drop');
    drag(rows[0], 'dragend');
    expect(kindsOf(section)).to.deep.equal([
      'arpls',
      'water-vapour',
      'range',
      'savitzky-golay',
    ]);
  });

  it('offers every correction once, adds it with its defaults and opens its values', async () => {
    const section = await sectionOf({ ...chain, steps: [] });
    const menu = section.shadowRoot?.querySelector('unmixing-menu');
    if (!(menu instanceof UnmixingMenu)) throw new Error('no menu');
    const items = Array.from(
      menu.shadowRoot?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [],
    );
    expect(items.map(({ innerText }) => innerText.trim())).to.have.members(
      kinds.map((kind) => corrections[kind].title),
    );
    menu.show();
    items.find(({ innerText }) => innerText.includes('SNV'))?.click();
    items.find(({ innerText }) => innerText.includes('Crop'))?.click();
    await section.updateComplete;
    expect(section.chain.steps).to.deep.equal([
      { kind: 'snv', on: true },
      newStep('crop', summaryOf(states.corrected)),
    ]);
    expect(focusedRow(section)).to.equal(1);
    expect(field(section, 'Width, pixels').value).to.equal('16');
  });

  for (const kind of kinds)
    it(`is accessible with the values of ${corrections[kind].title} open, and has a control for each`, async () => {
      const step = newStep(kind, summaryOf(states.ready));
      const section = await sectionOf({ ...chain, steps: [step] });
      rowsOf(section)[0].click();
      await section.updateComplete;
      await expect(section).to.be.accessible();
      const editor = section.shadowRoot?.querySelector('.editor');
      for (const { label } of Object.values(corrections[kind].parameters))
        if (kind !== 'crop' && kind !== 'chosen-pixels' && kind !== 'cut')
          expect(editor?.innerHTML).to.contain(label);
      expect(
        editor?.querySelectorAll('input, select, button').length,
      ).to.be.least(Object.keys(corrections[kind].parameters).length);
    });

  it('gives values as they are dragged, fits numbers that are typed, and refuses those that do not go together', async () => {
    const section = await sectionOf(chain);
    rowsOf(section)[3].click();
    await section.updateComplete;
    enter(field(section, 'Window'), 400);
    expect(section.chain.steps[3]).to.include({ window: 101 });
    enter(field(section, 'Window'), 8);
    expect(section.chain.steps[3]).to.include({ window: 9 });
    enter(field(section, 'Window'), 5);
    await section.updateComplete;
    enter(field(section, 'Degree'), 5);
    await section.updateComplete;
    expect(section.chain.steps[3]).to.include({ degree: 2 });
    expect(section.shadowRoot?.textContent).to.contain(
      'invalid correction 4 (Savitzky-Golay): degree is 5 (want less than the window of 5)',
    );
    rowsOf(section)[1].click();
    await section.updateComplete;
    const range = section.shadowRoot?.querySelector(
      'input[type=range][aria-label=Smoothness]',
    );
    if (!(range instanceof HTMLInputElement)) throw new Error('no slider');
    enter(range, 7, 'input');
    expect(section.chain.steps[1]).to.include({ smoothness: 1e7 });
  });

  it('takes both ends of a window in the order in which the axis is drawn', async () => {
    const section = await sectionOf(chain);
    rowsOf(section)[0].click();
    await section.updateComplete;
    expect(field(section, 'Keep, from').value).to.equal('3700');
    enter(field(section, 'Keep, to'), 1000);
    expect(section.chain.steps[0]).to.deep.include({ window: [3700, 1000] });
  });

  it('leaves what is being typed alone while the image is corrected, and shows what became of it', async () => {
    const section = await sectionOf(states.correcting.chain);
    rowsOf(section)[3].click();
    await section.updateComplete;
    const input = field(section, 'Window');
    input.value = '400';
    section.chain = {
      ...section.chain,
      work: { state: 'running', fraction: 0.6 },
    };
    await section.updateComplete;
    expect(input.value).to.equal('400');
    for (const typed of [400, 500]) {
      enter(input, typed);
      await section.updateComplete;
      expect(input.value).to.equal('101');
    }
  });

  it('draws the windows of the correction that is open, and takes those drawn in the plot for itself', async () => {
    const section = await sectionOf(chain);
    rowsOf(section)[2].click();
    await section.updateComplete;
    const plot = section.shadowRoot?.querySelector('unmixing-plot');
    expect(plot?.windows).to.deep.equal([[1300, 2000]]);
    let passedOn = false;
    section.addEventListener('unmixing-exclude', () => (passedOn = true));
    plot?.dispatchEvent(new UnmixingExcludeEvent([[1400, 1800]]));
    expect(section.chain.steps[2]).to.deep.include({ windows: [[1400, 1800]] });
    expect(passedOn).to.equal(false);
  });

  it('says how far it is and can be cancelled: the chain is then the one that is applied', async () => {
    const applied: Step[] = [{ kind: 'snv', on: true }];
    const section = await sectionOf({ ...states.correcting.chain, applied });
    const progress = section.shadowRoot?.querySelector('progress');
    expect(progress?.value).to.equal(0.4);
    expect(section.shadowRoot?.textContent).to.contain('Correcting,');
    const asked = heard(section, 'unmixing-correct');
    section.shadowRoot?.querySelector<HTMLElement>('.bar .bare')?.click();
    expect((await asked).steps).to.deep.equal(applied);
  });

  it('tells in a sentence which correction failed, and goes back to what worked', async () => {
    const section = await sectionOf(states.failedCorrection.chain);
    const alert = section.shadowRoot?.querySelector('[role=alert]');
    expect(alert?.textContent).to.contain('invalid correction 1 (Band range)');
    const asked = heard(section, 'unmixing-correct');
    alert?.querySelector('button')?.click();
    expect((await asked).steps).to.deep.equal([]);
  });

  it('offers the last chain for this kind of file while there is none', async () => {
    const last: Step[] = [{ kind: 'rubberband', on: true }];
    const section = await sectionOf({ ...chain, steps: [], last });
    const asked = heard(section, 'unmixing-correct');
    section.shadowRoot?.querySelector<HTMLElement>('.bar > button')?.click();
    expect((await asked).steps).to.deep.equal(last);
    await section.updateComplete;
    expect(section.shadowRoot?.textContent).not.to.contain('the last chain');
  });
});

describe('values of a correction in few words', () => {
  it('are the numbers, powers of ten as such, and what 0 stands for is left out', () => {
    const words = (kind: StepKind): string =>
      stepWords(newStep(kind, summaryOf(states.ready)), 'cm-1');
    expect(words('als')).to.equal('10⁶, 0.01, 10');
    expect(words('savitzky-golay')).to.equal('11, 3');
    expect(words('pca')).to.equal('auto');
    expect(words('snv')).to.equal('');
    expect(words('range')).to.equal('3\u2009700–920');
    expect(words('crop')).to.equal('16 × 8');
    expect(words('water-vapour')).to.equal('2 windows');
    expect(words('convert')).to.equal('absorbance');
  });

  it('name numbers of any size', () => {
    expect(
      [0, 12, 1234, 0.25, 1e-6, 2.5e7, 1e12].map(formatSize),
    ).to.deep.equal([
      '0',
      '12',
      '1\u2009234',
      '0.25',
      '10⁻⁶',
      '2.5·10⁷',
      '10¹²',
    ]);
  });
});

describe('a pixel that is masked by hand', () => {
  const pixels = (steps: readonly Step[]) =>
    steps.map((step) =>
      step.kind === 'chosen-pixels' ? step.pixels : step.kind,
    );
  const crop = newStep('crop');

  it('comes before all corrections, and others join it', () => {
    const once = withChosenPixel([{ kind: 'snv', on: true }], [3, 2]);
    expect(pixels(once)).to.deep.equal([[[3, 2]], 'snv']);
    expect(pixels(withChosenPixel(once, [4, 0]))).to.deep.equal([
      [
        [3, 2],
        [4, 0],
      ],
      'snv',
    ]);
  });

  it('is counted in the image that it was seen in: after the last crop that is on', () => {
    const before = withChosenPixel([], [9, 9]);
    expect(
      pixels(
        withChosenPixel([...before, crop, { kind: 'snv', on: true }], [1, 1]),
      ),
    ).to.deep.equal([[[9, 9]], 'crop', [[1, 1]], 'snv']);
    expect(
      pixels(withChosenPixel([...before, { ...crop, on: false }], [1, 1])),
    ).to.deep.equal([
      [
        [9, 9],
        [1, 1],
      ],
      'crop',
    ]);
  });
});

describe('mean spectra before and after', () => {
  const axisOf = (...values: number[]) => ({
    values: Float64Array.from(values),
    unit: 'nm' as const,
    quantity: 'absorbance' as const,
  });
  const original = axisOf(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
  const before = Float32Array.from(original.values, (v) => v);
  const drawn = (values: number[], positions: number[]) =>
    chainLines(
      { before, after: Float32Array.from(values), axis: axisOf(...positions) },
      original,
    );

  it('are read between bands, and end where bands were cut', () => {
    const { lines, apart } = drawn([2, 4, 9, 10], [2, 4, 9, 10]);
    expect(apart).to.equal(false);
    expect(Array.from(lines[1].values)).to.deep.equal([
      NaN,
      2,
      3,
      4,
      5,
      6,
      7,
      8,
      9,
      10,
    ]);
    const cut = drawn([1, 2, 8, 9, 10], [1, 2, 8, 9, 10]).lines[1].values;
    expect(Array.from(cut)).to.deep.equal([
      1,
      2,
      NaN,
      NaN,
      NaN,
      NaN,
      NaN,
      8,
      9,
      10,
    ]);
  });

  it('are read on falling axes and on one band', () => {
    const falling = axisOf(4, 2, 1);
    expect(
      Array.from(
        chainLines(
          { before, after: Float32Array.of(40, 20, 10), axis: falling },
          original,
        ).lines[1].values,
      ).slice(0, 5),
    ).to.deep.equal([10, 20, 30, 40, NaN]);
    expect(drawn([7], [3]).lines[1].values[2]).to.equal(7);
  });

  it('get each its own scale where one would be a flat line on the other', () => {
    const small = drawn([0, 0.01, 0.02], [1, 5, 10]);
    expect(small.apart).to.equal(true);
    const values = Array.from(small.lines[0].values);
    expect(Math.min(...values)).to.be.closeTo(0, 1e-6);
    expect(Math.max(...values)).to.be.closeTo(0.02, 1e-6);
    const flat = drawn([5, 5, 5], [1, 5, 10]);
    expect(Array.from(flat.lines[0].values).every(Number.isFinite)).to.equal(
      true,
    );
  });
});
