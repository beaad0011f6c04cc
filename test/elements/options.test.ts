import { expect, fixture, html } from '@open-wc/testing';
import { networkConstantNames } from '../../src/engine/network-constants.js';
import { methods } from '../../src/engine/options.js';
import type { UnmixRequest } from '../../src/engine/options.js';
import {
  fixedConflict,
  optionWords,
  requestWords,
} from '../../src/elements/choices.js';
import { recallRequest, rememberRequest } from '../../src/elements/remember.js';
import type { FixingState } from '../../src/elements/state.js';
import { UnmixingOptions } from '../../src/elements/unmix-options.js';
import { UnmixingSettings } from '../../src/elements/unmix-section.js';
import { UnmixingError } from '../../src/spectral/errors.js';
import { heard } from '../fixtures/heard.js';
import { sessions } from '../fixtures/sessions.js';

const { ready } = sessions();
if (ready.cube.state !== 'ready') throw new Error('not ready');
const { axis } = ready.cube.summary;

const gypsum = { name: 'Gypsum', positions: [4000, 900], values: [0, 1] };
const oil = { name: 'Linseed oil', positions: [4000, 900], values: [1, 2] };

async function optionsOf(
  request: Partial<UnmixRequest>,
  fixing: FixingState = { state: 'idle' },
): Promise<UnmixingOptions> {
  return fixture<UnmixingOptions>(
    html`<unmixing-options
      .request=${{ endmembers: 5, ...request }}
      .axis=${axis}
      .fixing=${fixing}
    ></unmixing-options>`,
  );
}

function inside<Part extends Element>(
  element: Element,
  selector: string,
  kind: new () => Part,
): Part {
  const found = element.shadowRoot?.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`no ${selector}`);
  return found;
}

const choose = (element: Element, selector: string, value: string): void => {
  const field = inside(element, selector, HTMLSelectElement);
  field.value = value;
  field.dispatchEvent(new Event('change'));
};

describe('unmixing-options', () => {
  it('is accessible with everything there is in it', async () => {
    for (const preset of ['auto', 'network', 'cnnaeu'] as const) {
      const options = await optionsOf({ preset, fixed: [gypsum, oil] });
      const details = options.shadowRoot?.querySelector('details');
      if (details) details.open = true;
      await expect(options).to.be.accessible();
    }
  });

  it('offers every method with what it does and who published it', async () => {
    for (const method of methods) {
      const options = await optionsOf({ method });
      const hint = inside(options, '.hint', HTMLElement).textContent;
      expect(hint.trim().length, method).to.be.above(20);
      if (method !== 'auto') expect(hint, method).to.match(/ \d{4}/);
    }
    const options = await optionsOf({});
    const asked = heard(options, 'unmixing-request');
    choose(options, '#method', 'mcr-als');
    expect((await asked).patch).to.deep.equal({ method: 'mcr-als' });
  });

  it('asks for a scaling and a rule of the abundances', async () => {
    const options = await optionsOf({});
    const scaled = heard(options, 'unmixing-request');
    inside(options, '.segments label:nth-child(3) input', HTMLElement).click();
    expect((await scaled).patch).to.deep.equal({ scaling: 'l2' });
    const ruled = heard(options, 'unmixing-request');
    choose(options, '#abundances', 'fcls');
    expect((await ruled).patch).to.deep.equal({ abundances: 'fcls' });
  });

  it('offers no search to the presets that start at random', async () => {
    const options = await optionsOf({ preset: 'pande2026' });
    expect(options.shadowRoot?.querySelector('#method')).to.equal(null);
  });

  it('lists spectra that are held fixed, and removes one', async () => {
    const options = await optionsOf({ fixed: [gypsum, oil] });
    const names = options.shadowRoot?.querySelectorAll('.fixed .name') ?? [];
    expect(Array.from(names, ({ textContent }) => textContent)).to.deep.equal([
      'Gypsum',
      'Linseed oil',
    ]);
    const asked = heard(options, 'unmixing-request');
    inside(options, '[aria-label="Remove Gypsum"]', HTMLElement).click();
    expect((await asked).patch).to.deep.equal({ fixed: [oil] });
  });

  it('says in a sentence why spectra could not be taken', async () => {
    const error = new UnmixingError('file', 'a.csv holds no spectra.');
    const options = await optionsOf({}, { state: 'failed', error });
    expect(inside(options, '[role=alert]', HTMLElement).textContent).to.include(
      'a.csv holds no spectra.',
    );
  });

  it('has a control for every constant of the network but the epochs, which have a row of their own', async () => {
    const options = await optionsOf({ preset: 'network' });
    const there = Array.from(
      options.shadowRoot?.querySelectorAll(
        '.constants [name], .constants [id]',
      ) ?? [],
      (control) => control.getAttribute('name') ?? control.id,
    );
    expect(there.toSorted()).to.deep.equal(
      networkConstantNames.filter((name) => name !== 'epochs').toSorted(),
    );
  });

  it('gives a constant, takes it back when it is as in the preset, and refuses what cannot be', async () => {
    const options = await optionsOf({
      preset: 'network',
      network: { epochs: 7, dropout: 0.5 },
    });
    const dropout = inside(options, '[name=dropout]', HTMLInputElement);
    const give = (value: string): void => {
      dropout.value = value;
      dropout.dispatchEvent(new Event('change'));
    };
    const given = heard(options, 'unmixing-request');
    give('0.3');
    expect((await given).patch).to.deep.equal({
      network: { epochs: 7, dropout: 0.3 },
    });
    const usual = heard(options, 'unmixing-request');
    give('0');
    expect((await usual).patch).to.deep.equal({ network: { epochs: 7 } });
    give('1');
    await options.updateComplete;
    expect(dropout.value).to.equal('0.5');
    expect(options.shadowRoot?.textContent).to.include(
      'Dropout: a number from 0 to 0.95.',
    );
  });

  it('puts the constants back to those of the preset, and leaves the epochs', async () => {
    const network = { epochs: 7, dropout: 0.5 };
    const options = await optionsOf({ preset: 'network', network });
    const asked = heard(options, 'unmixing-request');
    inside(options, 'details > button', HTMLElement).click();
    expect((await asked).patch).to.deep.equal({ network: { epochs: 7 } });
  });
});

describe('unmixing-settings with options', () => {
  const settingsOf = (request: UnmixRequest): Promise<UnmixingSettings> =>
    fixture<UnmixingSettings>(
      html`<unmixing-settings
        style="width: 256px"
        .request=${request}
      ></unmixing-settings>`,
    );

  beforeEach(() => localStorage.clear());

  it('keeps them closed until asked for, then open', async () => {
    const settings = await settingsOf({ endmembers: 5 });
    expect(settings.shadowRoot?.querySelector('unmixing-options')).to.equal(
      null,
    );
    inside(settings, 'summary', HTMLElement).click();
    await new Promise((resolve) => setTimeout(resolve, 50));
    inside(settings, 'unmixing-options', UnmixingOptions);
    const again = await settingsOf({ endmembers: 5 });
    expect(inside(again, 'details', HTMLDetailsElement).open).to.equal(true);
  });

  it('asks for a number of runs, and shows one that is none of the usual', async () => {
    const settings = await settingsOf({ endmembers: 5, runs: 7 });
    const runs = Array.from(
      settings.shadowRoot?.querySelectorAll<HTMLInputElement>('[name=runs]') ??
        [],
    );
    expect(
      runs.map(({ labels }) => labels?.[0].textContent.trim()),
    ).to.deep.equal(['1', '5', '7', '10', '20']);
    expect(runs[2].checked).to.equal(true);
    const asked = heard(settings, 'unmixing-request');
    runs[1].click();
    expect((await asked).patch).to.deep.equal({ runs: 5 });
  });

  it('says what stands in the way of spectra that are held fixed', async () => {
    const settings = await settingsOf({
      endmembers: 5,
      preset: 'network',
      fixed: [gypsum],
    });
    expect(inside(settings, '.warn', HTMLElement).textContent).to.include(
      'Only the preset Auto',
    );
    await expect(settings).to.be.accessible();
  });
});

describe('the request in few words', () => {
  it('names what is not as usual', () => {
    expect(requestWords({ endmembers: 7 })).to.equal('7, Auto, seed 1');
    expect(
      requestWords({ endmembers: 7, preset: 'network', runs: 5 }, true),
    ).to.equal('7 endmembers, Network, seed 1, 5 runs');
    expect(optionWords({ endmembers: 7 })).to.equal('');
    expect(
      optionWords({
        endmembers: 7,
        method: 'nfindr',
        abundances: 'nnls',
        fixed: [oil],
        network: { dropout: 0.1 },
      }),
    ).to.equal('N-FINDR, NNLS, 1 fixed');
    expect(
      optionWords({
        endmembers: 7,
        preset: 'pande2026',
        method: 'nfindr',
        network: { epochs: 3, dropout: 0.1 },
      }),
    ).to.equal('1 constant');
  });

  it('finds what the engine would refuse of fixed spectra', () => {
    const request = { endmembers: 3, fixed: [gypsum, oil] };
    expect(fixedConflict(request)).to.equal(null);
    expect(fixedConflict({ ...request, method: 'mcr-als' })).to.equal(null);
    expect(fixedConflict({ ...request, method: 'spa' })).to.include('SPA');
    expect(fixedConflict({ ...request, endmembers: 2 })).to.include('the 2');
  });
});

describe('choices in this browser', () => {
  beforeEach(() => localStorage.clear());

  it('are kept without those that belong to one image', () => {
    const choices = {
      preset: 'network',
      method: 'vca',
      scaling: 'l2',
      abundances: 'fcls',
      runs: 10,
      seed: 3,
      backend: 'wasm',
      network: { dropout: 0.1 },
    } as const;
    rememberRequest({
      ...choices,
      endmembers: 7,
      exclude: [[1, 2]],
      fixed: [oil],
    });
    expect(recallRequest()).to.deep.equal(choices);
  });

  it('leave out what cannot be', () => {
    localStorage.setItem(
      'stratigraph.request',
      JSON.stringify({
        preset: 'fast',
        method: 'best',
        runs: 51,
        seed: -1,
        network: { dropout: 2, depth: 3, epochs: 5 },
      }),
    );
    expect(recallRequest()).to.deep.equal({ network: { epochs: 5 } });
  });
});
