import { expect, fixture, html } from '@open-wc/testing';
import { heard } from '../fixtures/heard.js';
import '../../src/elements/correct-section.js';
import { UnmixingBands } from '../../src/elements/bands-section.js';
import { UnmixingCube } from '../../src/elements/cube-section.js';
import { UnmixingDock } from '../../src/elements/dock.js';
import { UnmixingEmpty } from '../../src/elements/empty.js';
import { UnmixingEndmembers } from '../../src/elements/endmembers/endmembers.js';
import { UnmixingOpenWays } from '../../src/elements/open-ways.js';
import { UnmixingOverlays } from '../../src/elements/overlays-section.js';
import { UnmixingPanel } from '../../src/elements/panel.js';
import { UnmixingResults } from '../../src/elements/results-section.js';
import { UnmixingSection } from '../../src/elements/section.js';
import type { SessionState } from '../../src/elements/state.js';
import { UnmixingSettings } from '../../src/elements/unmix-section.js';
import { UnmixingError } from '../../src/spectral/errors.js';
import { doubted, sessions } from '../fixtures/sessions.js';

const states = sessions();

async function panelOf(
  session: SessionState,
  theme: 'dark' | 'light' = 'dark',
): Promise<UnmixingPanel> {
  const panel = await fixture<UnmixingPanel>(
    html`<unmixing-panel
      style="width: 344px; height: 900px"
      theme=${theme}
      .session=${session}
      .samples=${['Cross-section']}
    ></unmixing-panel>`,
  );
  // The sections inside draw one after another.
  for (let depth = 0; depth < 4; depth++)
    await new Promise((resolve) => setTimeout(resolve));
  return panel;
}

function inside<Part extends Element>(
  element: Element,
  selector: string,
  kind: new () => Part,
): Part {
  const found = element.shadowRoot?.querySelector(selector);
  if (!(found instanceof kind))
    throw new Error(`no ${kind.name} ${selector} in ${element.localName}`);
  return found;
}

const headers = (panel: UnmixingPanel): string[] =>
  Array.from(panel.shadowRoot?.querySelectorAll('unmixing-section') ?? []).map(
    (section) => section.heading,
  );

const press = (target: Element, key: string, more: KeyboardEventInit = {}) =>
  target.dispatchEvent(
    new KeyboardEvent('keydown', {
      key,
      bubbles: true,
      composed: true,
      cancelable: true,
      ...more,
    }),
  );

describe('unmixing-panel', () => {
  beforeEach(() => localStorage.clear());

  for (const name of [
    'empty',
    'ready',
    'asked',
    'choosing',
    'running',
    'done',
    'failedFile',
    'failedRun',
    'corrected',
    'correcting',
    'failedCorrection',
  ] as const)
    for (const theme of ['dark', 'light'] as const)
      it(`is accessible in ${theme} when ${name}`, async () => {
        const panel = await panelOf(states[name], theme);
        await expect(panel).to.be.accessible();
      });

  it('offers files, the sample and the volumes of the viewer when empty, and lists later steps closed', async () => {
    const panel = await panelOf(states.empty);
    expect(headers(panel)).to.deep.equal([
      'Correct',
      'Bands',
      'Unmix',
      'Endmembers',
      'Identify',
      'Overlays',
      'Compare',
      'Register',
      'Results',
    ]);
    const empty = inside(panel, 'unmixing-empty', UnmixingEmpty);
    const buttons = Array.from(
      empty.shadowRoot?.querySelectorAll('button') ?? [],
    );
    const [sample, cube, picture] = buttons;
    expect(picture.disabled).to.equal(true);
    const asked = heard(panel, 'unmixing-open-sample');
    sample.click();
    expect((await asked).sample).to.equal(0);
    const volume = heard(panel, 'unmixing-open-volume');
    cube.click();
    expect((await volume).volume).to.equal('a');
  });

  it('takes dropped files', async () => {
    const panel = await panelOf(states.empty);
    const drop = inside(
      inside(panel, 'unmixing-empty', HTMLElement),
      '.drop',
      HTMLElement,
    );
    const asked = heard(panel, 'unmixing-open');
    const transfer = new DataTransfer();
    transfer.items.add(new File(['x'], 'a.dpt'));
    drop.dispatchEvent(
      new DragEvent('drop', { dataTransfer: transfer, cancelable: true }),
    );
    expect((await (await asked).files)[0].name).to.equal('a.dpt');
  });

  it('states each step in one line', async () => {
    const panel = await panelOf(states.ready);
    const summaries = Array.from(
      panel.shadowRoot?.querySelectorAll('unmixing-section') ?? [],
    ).map(({ summary }) => summary);
    expect(summaries).to.deep.equal([
      '16 × 8 × 120',
      'none',
      '115 of 120',
      '3, Network, seed 42',
      'after unmixing',
      'after unmixing',
      'after unmixing',
      'off',
      'with two images',
      'cube',
    ]);
  });

  it('opens and closes a section by its header, and remembers it', async () => {
    const panel = await panelOf(states.ready);
    const header = () =>
      inside(
        inside(panel, 'unmixing-section', HTMLElement),
        'button',
        HTMLElement,
      );
    expect(header().getAttribute('aria-expanded')).to.equal('false');
    header().click();
    await panel.updateComplete;
    await new Promise((resolve) => setTimeout(resolve));
    expect(header().getAttribute('aria-expanded')).to.equal('true');
    const again = await panelOf(states.ready);
    expect(inside(again, 'unmixing-section', UnmixingSection).open).to.equal(
      true,
    );
  });

  it('asks for what the file left out before it unmixes', async () => {
    const panel = await panelOf(states.asked);
    const cube = inside(panel, 'unmixing-cube', UnmixingCube);
    const quantity = inside(cube, '#quantity', HTMLSelectElement);
    expect(quantity.getAttribute('aria-invalid')).to.equal('true');
    const asked = heard(panel, 'unmixing-describe');
    quantity.value = 'absorbance';
    quantity.dispatchEvent(new Event('change'));
    expect((await asked).description).to.deep.equal({ quantity: 'absorbance' });
    const dock = inside(panel, 'unmixing-dock', UnmixingDock);
    expect(inside(dock, '.primary', HTMLButtonElement).disabled).to.equal(true);
    expect(dock.shadowRoot?.textContent).to.include('what the values mean');
  });

  it('writes names from files as text, never as markup', async () => {
    const { ready } = states;
    if (ready.cube.state !== 'ready') throw new Error('not ready');
    const name = '<img src=x onerror=alert(1)>';
    const panel = await panelOf({
      ...ready,
      cube: {
        ...ready.cube,
        missing: ['quantity'],
        summary: { ...ready.cube.summary, name },
      },
    });
    const cube = inside(panel, 'unmixing-cube', UnmixingCube);
    expect(inside(cube, 'dd', HTMLElement).textContent.trim()).to.equal(name);
    expect(cube.shadowRoot?.querySelector('img')).to.equal(null);
  });

  it('shows why a file was not opened inside the Cube section, with a way on', async () => {
    const panel = await panelOf(states.failedFile);
    const cube = inside(panel, 'unmixing-cube', UnmixingCube);
    expect(inside(cube, '[role=alert]', HTMLElement).textContent).to.include(
      '117.5 MB',
    );
    const ways = inside(cube, 'unmixing-open-ways', UnmixingOpenWays);
    expect(inside(ways, 'button', HTMLElement).textContent.trim()).to.equal(
      'Choose file',
    );
  });

  it('asks for an address in a line of its own, and takes it back on Escape', async () => {
    const panel = await panelOf(states.empty);
    const ways = inside(
      inside(panel, 'unmixing-empty', HTMLElement),
      'unmixing-open-ways',
      UnmixingOpenWays,
    );
    const opener = inside(ways, '[aria-expanded]', HTMLElement);
    opener.click();
    await ways.updateComplete;
    const field = inside(ways, '#address', HTMLInputElement);
    await ways.updateComplete;
    expect(ways.shadowRoot?.activeElement).to.equal(field);
    await expect(panel).to.be.accessible();
    field.value = ' https://example.org/scan.hdr ';
    const asked = heard(panel, 'unmixing-open-url');
    inside(ways, 'form', HTMLFormElement).requestSubmit();
    expect((await asked).url).to.equal('https://example.org/scan.hdr');
    await ways.updateComplete;
    expect(ways.shadowRoot?.querySelector('form')).to.equal(null);
    opener.click();
    await ways.updateComplete;
    press(inside(ways, '#address', HTMLElement), 'Escape');
    await ways.updateComplete;
    expect(ways.shadowRoot?.querySelector('form')).to.equal(null);
    expect(ways.shadowRoot?.activeElement).to.equal(opener);
  });

  it('lists the arrays of which one is the image, and takes the one that is chosen', async () => {
    const panel = await panelOf(states.choosing);
    const cube = inside(panel, 'unmixing-cube', UnmixingCube);
    expect(cube.shadowRoot?.textContent).to.include('156 × 9025, float64');
    const [first, second] = Array.from(
      cube.shadowRoot?.querySelectorAll<HTMLInputElement>('[type=radio]') ?? [],
    );
    expect(first.checked).to.equal(true);
    second.click();
    const asked = heard(panel, 'unmixing-choose');
    inside(cube, 'form', HTMLFormElement).requestSubmit();
    expect((await asked).choice).to.equal('measured/absorbance');
    const stopped = heard(panel, 'unmixing-stop');
    inside(cube, 'form .bare', HTMLElement).click();
    await stopped;
    const escaped = heard(panel, 'unmixing-stop');
    press(panel, 'Escape');
    await escaped;
  });

  it('offers the other arrays of the file beside the one that is open', async () => {
    const { ready, choosing } = states;
    if (ready.cube.state !== 'ready' || choosing.cube.state !== 'asking')
      throw new Error('other states');
    const { file, choices } = choosing.cube;
    const panel = await panelOf({
      ...ready,
      cube: { ...ready.cube, choice: { file, choices, chosen: 'V' } },
    });
    inside(
      inside(panel, 'unmixing-section', UnmixingSection),
      'button',
      HTMLElement,
    ).click();
    await panel.updateComplete;
    const cube = inside(panel, 'unmixing-cube', UnmixingCube);
    await cube.updateComplete;
    const select = inside(cube, '#choice', HTMLSelectElement);
    expect(select.value).to.equal('V');
    const asked = heard(panel, 'unmixing-choose');
    select.value = 'measured/absorbance';
    select.dispatchEvent(new Event('change'));
    expect((await asked).choice).to.equal('measured/absorbance');
  });

  it('asks where the first and the last band lie, in the order of the file, or numbers them', async () => {
    const panel = await panelOf(states.asked);
    const cube = inside(panel, 'unmixing-cube', UnmixingCube);
    const [first, last] = ['#first', '#last'].map((id) =>
      inside(cube, id, HTMLInputElement),
    );
    expect(first.value).to.equal('');
    first.value = '4000';
    let told = false;
    cube.addEventListener('unmixing-describe', () => (told = true), {
      once: true,
    });
    first.dispatchEvent(new Event('change'));
    expect(told).to.equal(false);
    last.value = '800.5';
    const ends = heard(panel, 'unmixing-describe');
    last.dispatchEvent(new Event('change'));
    expect((await ends).description).to.deep.equal({ ends: [4000, 800.5] });
    const unit = inside(cube, '#unit', HTMLSelectElement);
    const numbered = heard(panel, 'unmixing-describe');
    unit.value = 'band';
    unit.dispatchEvent(new Event('change'));
    expect((await numbered).description).to.deep.equal({
      unit: 'band',
      ends: [1, 120],
    });
  });

  it('stops the run on Escape', async () => {
    const panel = await panelOf(states.running);
    const asked = heard(panel, 'unmixing-stop');
    press(panel, 'Escape');
    expect((await asked).type).to.equal('unmixing-stop');
  });

  it('takes colours from the page that holds it', async () => {
    const panel = await panelOf(states.done);
    panel.style.setProperty('--unmixing-surface', 'rgb(10, 20, 60)');
    expect(getComputedStyle(panel).backgroundColor).to.equal('rgb(10, 20, 60)');
  });
});

describe('unmixing-bands', () => {
  const bandsOf = async (session = states.ready): Promise<UnmixingBands> =>
    inside(await panelOf(session), 'unmixing-bands', UnmixingBands);

  it('gives a window by two fields, without a pointer', async () => {
    const bands = await bandsOf();
    inside(bands, '.bar > button', HTMLElement).click();
    await bands.updateComplete;
    inside(bands, '#from', HTMLInputElement).value = '1200';
    inside(bands, '#to', HTMLInputElement).value = '1100';
    const asked = heard(bands, 'unmixing-exclude');
    inside(bands, 'form', HTMLFormElement).requestSubmit();
    expect((await asked).windows).to.deep.equal([
      [1100, 1200],
      [2280, 2400],
    ]);
  });

  it('changes a window by its fields', async () => {
    const bands = await bandsOf();
    inside(bands, '.edit', HTMLElement).click();
    await bands.updateComplete;
    expect(inside(bands, '#from', HTMLInputElement).value).to.equal('2400');
    inside(bands, '#to', HTMLInputElement).value = '2300';
    const asked = heard(bands, 'unmixing-exclude');
    inside(bands, 'form', HTMLFormElement).requestSubmit();
    expect((await asked).windows).to.deep.equal([[2300, 2400]]);
  });

  it('refuses a window of no width with a sentence', async () => {
    const bands = await bandsOf();
    inside(bands, '.bar > button', HTMLElement).click();
    await bands.updateComplete;
    inside(bands, 'form', HTMLFormElement).requestSubmit();
    await bands.updateComplete;
    expect(bands.shadowRoot?.textContent).to.include('two different positions');
  });

  it('removes a window by its cross, and carbon dioxide by its button', async () => {
    const bands = await bandsOf();
    const asked = heard(bands, 'unmixing-exclude');
    inside(bands, '.drop', HTMLElement).click();
    expect((await asked).windows).to.deep.equal([]);
    const again = heard(bands, 'unmixing-exclude');
    inside(bands, '[aria-pressed]', HTMLElement).click();
    expect((await again).windows).to.deep.equal([]);
  });

  it('offers no carbon dioxide on an axis of wavelengths', async () => {
    const { ready } = states;
    if (ready.cube.state !== 'ready') throw new Error('not ready');
    const { summary } = ready.cube;
    const bands = await bandsOf({
      ...ready,
      cube: {
        ...ready.cube,
        summary: { ...summary, axis: { ...summary.axis, unit: 'nm' } },
      },
    });
    expect(bands.shadowRoot?.querySelector('[aria-pressed]')).to.equal(null);
  });
});

describe('unmixing-settings', () => {
  const settingsOf = async (): Promise<UnmixingSettings> =>
    inside(await panelOf(states.ready), 'unmixing-settings', UnmixingSettings);

  it('holds the number of endmembers between 2 and 32', async () => {
    const settings = await settingsOf();
    const count = inside(settings, '#count', HTMLInputElement);
    const asked = heard(settings, 'unmixing-request');
    count.value = '99';
    count.dispatchEvent(new Event('change'));
    expect((await asked).patch).to.deep.equal({ endmembers: 32 });
  });

  it('keeps a number that is being typed while the session changes, and puts back what is refused', async () => {
    const settings = await settingsOf();
    for (const id of ['#count', '#seed']) {
      const field = inside(settings, id, HTMLInputElement);
      const before = field.value;
      field.value = '17';
      settings.count = null;
      settings.backends = ['cpu'];
      await settings.updateComplete;
      expect(field.value).to.equal('17');
      field.value = '';
      field.dispatchEvent(new Event('change'));
      expect(field.value).to.equal(before);
    }
  });

  it('draws another seed by the dice', async () => {
    const settings = await settingsOf();
    const asked = heard(settings, 'unmixing-request');
    inside(settings, '[aria-label="Another seed"]', HTMLElement).click();
    expect((await asked).patch.seed).to.be.within(0, 65535);
  });

  it('disables backends that are not there, with the reason', async () => {
    const settings = await settingsOf();
    const option = inside(settings, 'option[value=webgl]', HTMLOptionElement);
    expect(option.disabled).to.equal(true);
    expect(option.textContent).to.include('no WebGL 2');
  });

  it('changes the preset by the arrows of its radio buttons', async () => {
    const settings = await settingsOf();
    const [fast] = Array.from(
      settings.shadowRoot?.querySelectorAll<HTMLInputElement>(
        '[name=preset]',
      ) ?? [],
    );
    const asked = heard(settings, 'unmixing-request');
    fast.click();
    expect((await asked).patch.preset).to.equal('auto');
  });
});

describe('unmixing-endmembers', () => {
  const listOf = async (session = states.done): Promise<UnmixingEndmembers> =>
    inside(await panelOf(session), 'unmixing-endmembers', UnmixingEndmembers);
  const rows = (list: UnmixingEndmembers): HTMLElement[] =>
    Array.from(list.shadowRoot?.querySelectorAll<HTMLElement>('.main') ?? []);

  it('is one tab stop that arrows move through', async () => {
    const list = await listOf();
    const stops = () => rows(list).map(({ tabIndex }) => tabIndex);
    expect(stops()).to.deep.equal([0, -1, -1]);
    rows(list)[0].focus();
    press(rows(list)[0], 'ArrowDown');
    await list.updateComplete;
    expect(stops()).to.deep.equal([-1, 0, -1]);
    expect(list.shadowRoot?.activeElement).to.equal(rows(list)[1]);
  });

  it('hides by Space and selects by a click', async () => {
    const list = await listOf();
    const hidden = heard(list, 'unmixing-style');
    press(rows(list)[1], ' ');
    const { layer, patch } = await hidden;
    expect([layer, patch]).to.deep.equal([
      'cube-1/abundance-1',
      { visible: false },
    ]);
    const selected = heard(list, 'unmixing-select');
    rows(list)[1].click();
    expect((await selected).endmember).to.equal(1);
  });

  it('holds an endmember fixed by L, and shows which are', async () => {
    const list = await listOf();
    const held = heard(list, 'unmixing-fix-endmember');
    press(rows(list)[1], 'l');
    expect(await held).to.include({ endmember: 1, on: true });
    const fixed = [{ name: 'Endmember 2', positions: [1, 2], values: [1, 2] }];
    const { request } = states.done;
    const again = await listOf({
      ...states.done,
      request: { ...request, fixed },
    });
    const locks = rows(again).map((row) => row.querySelector('.lock') !== null);
    expect(locks).to.deep.equal([false, true, false]);
    expect(rows(again)[1].getAttribute('aria-description')).to.include(
      'held fixed in the next run',
    );
    const free = heard(again, 'unmixing-fix-endmember');
    press(rows(again)[1], 'L');
    expect(await free).to.include({ endmember: 1, on: false });
  });

  it('tells how far several runs disagree in the title of each row', async () => {
    const { unmixing } = states.done;
    if (!unmixing) throw new Error('not done');
    const list = await listOf({ ...states.done, unmixing: doubted(unmixing) });
    expect(rows(list).map(({ title }) => title)).to.deep.equal([
      'Mean angle between 5 runs 0.012 rad',
      'Mean angle between 5 runs 0.032 rad',
      'Mean angle between 5 runs 0.052 rad',
    ]);
  });

  it('renames by F2 and Enter, and keeps the name on Escape', async () => {
    const list = await listOf();
    press(rows(list)[0], 'F2');
    await list.updateComplete;
    const field = inside(list, '.rename', HTMLInputElement);
    field.value = 'Gypsum';
    const asked = heard(list, 'unmixing-rename');
    press(field, 'Enter');
    expect(await asked).to.include({ endmember: 0, name: 'Gypsum' });
    await list.updateComplete;
    press(rows(list)[0], 'F2');
    await list.updateComplete;
    press(inside(list, '.rename', HTMLElement), 'Escape');
    await list.updateComplete;
    expect(list.shadowRoot?.querySelector('.rename')).to.equal(null);
  });

  it('says that a preview is still refined, and the shares of the area', async () => {
    const list = await listOf(states.running);
    expect(rows(list)[0].textContent).to.include('refining');
    expect(
      inside(list, '.strata', HTMLElement).getAttribute('aria-label'),
    ).to.match(/Endmember 1 \d+\u00a0%/);
  });
});

describe('unmixing-overlays', () => {
  const overlaysOf = async (session = states.done): Promise<UnmixingOverlays> =>
    inside(await panelOf(session), 'unmixing-overlays', UnmixingOverlays);

  it('moves opacity by the slider, ten steps with Shift', async () => {
    const overlays = await overlaysOf();
    const range = inside(overlays, 'input[type=range]', HTMLInputElement);
    const asked = heard(overlays, 'unmixing-style');
    press(range, 'ArrowLeft', { shiftKey: true });
    expect((await asked).patch).to.deep.equal({ opacity: 0.7 });
  });

  it('keeps the low limit under the high one', async () => {
    const overlays = await overlaysOf();
    const contrast = inside(overlays, 'unmixing-contrast', HTMLElement);
    const low = inside(contrast, '.fields input', HTMLInputElement);
    const asked = heard(overlays, 'unmixing-style');
    low.value = '5';
    low.dispatchEvent(new Event('change'));
    const { limits } = (await asked).patch;
    if (!limits) throw new Error('no limits');
    expect(limits[0]).below(limits[1]);
  });

  it('says why a viewer needs the blended layer', async () => {
    const overlays = await overlaysOf({
      ...states.done,
      composite: { on: true, reason: 'This viewer cannot order layers.' },
    });
    expect(overlays.shadowRoot?.textContent).to.include('cannot order layers');
    const asked = heard(overlays, 'unmixing-style');
    inside(overlays, '.segments label:nth-child(2) input', HTMLElement).click();
    expect((await asked).patch).to.deep.equal({ blending: 'additive' });
  });
});

describe('unmixing-results', () => {
  const resultsOf = async (session: SessionState): Promise<UnmixingResults> => {
    localStorage.setItem('stratigraph.sections', '{"results":true}');
    return inside(await panelOf(session), 'unmixing-results', UnmixingResults);
  };

  it('saves maps, endmembers and the cube, each in a format that it remembers', async () => {
    const results = await resultsOf(states.done);
    const format = inside(results, '#abundances', HTMLSelectElement);
    format.value = 'nrrd';
    format.dispatchEvent(new Event('change'));
    await results.updateComplete;
    const asked = heard(results, 'unmixing-save');
    inside(
      results,
      '[aria-label="Save Abundance maps"]',
      HTMLButtonElement,
    ).click();
    expect((await asked).request).to.deep.equal({
      what: 'abundances',
      format: 'nrrd',
    });
    const again = await resultsOf(states.done);
    expect(inside(again, '#abundances', HTMLSelectElement).value).to.equal(
      'nrrd',
    );
    await expect(again).to.be.accessible();
  });

  it('tells what stands out, and copies it', async () => {
    const { done } = states;
    if (done.run.state !== 'done') throw new Error('not done');
    const { result } = done.run;
    const told = (diagnostics: readonly string[]): SessionState => ({
      ...done,
      run: {
        state: 'done',
        result: { ...result, report: { ...result.report, diagnostics } },
      },
    });
    const results = await resultsOf(told(['A is like B.', 'C is rare.']));
    const sentences = Array.from(
      results.shadowRoot?.querySelectorAll('.diagnostics li') ?? [],
      ({ textContent }) => textContent,
    );
    expect(sentences).to.deep.equal(['A is like B.', 'C is rare.']);
    await expect(results).to.be.accessible();
    const clipboard = navigator.clipboard;
    const write = clipboard.writeText.bind(clipboard);
    let copied = '';
    clipboard.writeText = (text) => {
      copied = text;
      return Promise.resolve();
    };
    inside(results, '[aria-label="Copy what stands out"]', HTMLElement).click();
    await new Promise((resolve) => setTimeout(resolve));
    clipboard.writeText = write;
    expect(copied).to.equal('A is like B.\nC is rare.\n');
    expect(
      inside(results, '[role=status]', HTMLElement).textContent,
    ).to.include('Copied');
    const calm = await resultsOf(told([]));
    expect(calm.shadowRoot?.textContent).to.include('Nothing stands out');
    const before = await resultsOf(states.ready);
    expect(before.shadowRoot?.textContent).to.not.include('stands out');
  });

  it('offers only the cube before unmixing', async () => {
    const results = await resultsOf(states.ready);
    const selects = Array.from(
      results.shadowRoot?.querySelectorAll('select') ?? [],
    );
    expect(selects.map(({ id }) => id)).to.deep.equal(['cube']);
  });

  it('says why something was not saved, and waits while it saves', async () => {
    const error = new UnmixingError('file', 'The disk is full.');
    const failed = await resultsOf({
      ...states.done,
      saving: { state: 'failed', error },
    });
    expect(inside(failed, '[role=alert]', HTMLElement).textContent).to.include(
      'The disk is full.',
    );
    const running = await resultsOf({
      ...states.done,
      saving: { state: 'running', what: 'cube' },
    });
    expect(inside(running, 'button', HTMLButtonElement).disabled).to.equal(
      true,
    );
  });
});

describe('unmixing-dock', () => {
  const dockOf = async (session: SessionState): Promise<UnmixingDock> =>
    inside(await panelOf(session), 'unmixing-dock', UnmixingDock);

  it('tells each stage in a polite live region, not each epoch', async () => {
    const dock = await dockOf(states.running);
    const spoken = () =>
      inside(dock, '[role=status]', HTMLElement).textContent.trim();
    expect(spoken()).to.equal('Step 4 of 5: Refining with the network');
    expect(dock.shadowRoot?.textContent).to.include('Epoch 124 of');
  });

  it('stops a run, and resumes or repeats one that is done', async () => {
    const running = await dockOf(states.running);
    const stopped = heard(running, 'unmixing-stop');
    inside(running, '.end button', HTMLElement).click();
    await stopped;
    const done = await dockOf(states.done);
    expect(done.shadowRoot?.textContent).to.include('Done in 18.4\u00a0s');
    const resumed = heard(done, 'unmixing-resume');
    inside(done, '.two button', HTMLElement).click();
    expect((await resumed).epochs).above(0);
    const again = heard(done, 'unmixing-run');
    inside(done, '.two .primary', HTMLElement).click();
    await again;
  });

  it('offers another backend when the GPU fails', async () => {
    const dock = await dockOf(states.failedRun);
    const asked = heard(dock, 'unmixing-run');
    inside(dock, '.actions .primary', HTMLElement).click();
    expect((await asked).backend).to.equal('wasm');
  });

  it('offers the same again when it ran on the last resort', async () => {
    const { request } = states.failedRun;
    const dock = await dockOf({
      ...states.failedRun,
      request: { ...request, backend: 'wasm' },
    });
    const button = inside(dock, '.actions .primary', HTMLElement);
    expect(button.textContent.trim()).to.equal('Try again');
  });
});
