import { expect, waitUntil } from '@open-wc/testing';
import { listContributions } from '../../src/contributions.js';
import type { Setting } from '../../src/contributions.js';
import { UnmixingController } from '../../src/elements/controller.js';
import { emptyState } from '../../src/elements/empty-state.js';
import {
  applySettings,
  savedFormat,
  settings,
} from '../../src/elements/settings.js';
import {
  methodNames,
  ruleNames,
  scalingNames,
} from '../../src/elements/choices.js';
import { backendNames, presetNames } from '../../src/elements/format.js';
import { networkConstants } from '../../src/engine/network-constants.js';
import { unmixDefaults } from '../../src/engine/options.js';
import {
  imageFormats,
  spectraFormats,
} from '../../src/formats/save-formats.js';
import { MemoryHost } from '../fixtures/memory-host.js';

const prefix = 'stratigraph.';

describe("the manifest's configuration", () => {
  let listed: [string, Setting][];
  before(async () => {
    const response = await fetch('/plugin-manifest.json');
    const { configuration } = listContributions(await response.json());
    listed = configuration.flatMap(({ properties }) =>
      Object.entries(properties).map(([key, setting]): [string, Setting] => [
        key.slice(prefix.length),
        setting,
      ]),
    );
  });
  const one = (name: string): Setting =>
    listed.find(([key]) => key === name)![1];

  it('lists the settings that can be set, and no others', () => {
    expect(listed.map(([name]) => name)).to.have.members(Object.keys(settings));
  });

  it('allows what the code allows', () => {
    for (const [name, setting] of listed) {
      const allows = (value: unknown): boolean =>
        settings[name](value) === null;
      const { type, minimum = 0, maximum = 0 } = setting;
      if (setting.default !== undefined)
        expect(allows(setting.default), `default of ${name}`).to.equal(true);
      if (type === 'boolean')
        expect([true, false, 1].map(allows), name).to.eql([true, true, false]);
      else if (type === 'string') {
        expect(setting.enum?.filter((value) => !allows(value))).to.eql([]);
        expect(allows('no such value'), name).to.equal(false);
      } else {
        expect([minimum, maximum].map(allows), name).to.eql([true, true]);
        const beyond = type === 'integer' ? 1 : 1e-9;
        expect([minimum - beyond, maximum + beyond].map(allows), name).to.eql([
          false,
          false,
        ]);
        // Odd sides of a kernel aside.
        expect(allows(minimum + 0.5), name).to.equal(
          type === 'number' && minimum + 0.5 <= maximum,
        );
      }
    }
  });

  it('leaves out no value that the code allows, with the names that the panel has', () => {
    const pairs = (name: string): [string, string][] => {
      const { enum: values = [], enumTitles = [] } = one(name);
      return values.map((value, i) => [value, enumTitles[i]]);
    };
    expect(pairs('preset')).to.deep.equal(Object.entries(presetNames));
    expect(pairs('method')).to.deep.equal(Object.entries(methodNames));
    expect(pairs('scaling')).to.deep.equal(Object.entries(scalingNames));
    expect(pairs('abundances')).to.have.deep.members(Object.entries(ruleNames));
    expect(pairs('backend')).to.deep.equal([
      ['auto', 'Auto'],
      ...Object.entries(backendNames),
    ]);
    for (const what of ['abundances', 'classes', 'cube'])
      expect(pairs(`save.${what}`)).to.deep.equal(imageFormats);
    expect(pairs('save.endmembers')).to.deep.equal(spectraFormats);
    for (const [name, constant] of Object.entries(networkConstants)) {
      expect(one(`network.${name}`).title).to.equal(constant.label);
      if (constant.kind === 'choice')
        expect(pairs(`network.${name}`)).to.deep.equal(constant.choices);
    }
  });

  it('has the defaults of the code', () => {
    for (const [name, value] of Object.entries(unmixDefaults))
      if (!Array.isArray(value))
        expect(one(name).default, name).to.equal(value);
    expect(one('endmembers').default).to.equal(emptyState.request.endmembers);
    expect(one('theme').default).to.equal(emptyState.theme);
    expect(one('class-threshold').default).to.equal(emptyState.classThreshold);
    expect(one('save.cube').default).to.equal(imageFormats[0][0]);
    expect(one('save.endmembers').default).to.equal(spectraFormats[0][0]);
  });

  it('lists every choice of a run that is remembered', () => {
    const controller = new UnmixingController({ host: new MemoryHost() });
    controller.setRequest({ endmembers: 4 });
    controller.dispose();
    const kept = Object.keys(
      JSON.parse(localStorage.getItem('stratigraph.request') ?? '{}') as object,
    ).filter((name) => name !== 'network');
    const names = listed.map(([name]) => name);
    expect(kept).to.have.length.greaterThan(4);
    for (const name of kept) expect(names).to.include(name);
  });
});

describe('settings', () => {
  let controller: UnmixingController;
  const set = (given: unknown): void => applySettings(controller, given);
  beforeEach(() => {
    localStorage.clear();
    controller = new UnmixingController({ host: new MemoryHost() });
  });
  afterEach(() => controller.dispose());

  it('let sessions be kept in the browser or not; null does', async () => {
    const { keeps } = controller.state.sessions;
    expect(keeps).to.equal(true);
    for (const [value, want] of [
      [false, false],
      [null, true],
    ] as const) {
      set({ 'stratigraph.keep-sessions': value });
      await waitUntil(() => controller.state.sessions.keeps === want);
    }
  });

  it('are applied to the session, and null brings defaults back', () => {
    set({
      'stratigraph.theme': 'dark',
      'stratigraph.preset': 'network',
      'stratigraph.endmembers': 7,
      'stratigraph.network.epochs': 12,
      'stratigraph.network.patch': 8,
      'stratigraph.class-threshold': 0.25,
      'stratigraph.save.cube': 'nrrd',
    });
    const { theme, request, classThreshold } = controller.state;
    expect([theme, request.preset, request.endmembers]).to.eql([
      'dark',
      'network',
      7,
    ]);
    expect(request.network).to.deep.equal({ epochs: 12, patch: 8 });
    expect(classThreshold).to.equal(0.25);
    expect(savedFormat('cube', undefined)).to.eql({
      what: 'cube',
      format: 'nrrd',
    });

    set({
      'stratigraph.theme': null,
      'stratigraph.preset': null,
      'stratigraph.endmembers': null,
      'stratigraph.network.epochs': null,
      'stratigraph.class-threshold': null,
      'stratigraph.save.cube': null,
    });
    const again = controller.state;
    expect([again.theme, again.classThreshold]).to.eql([
      emptyState.theme,
      emptyState.classThreshold,
    ]);
    expect(again.request.preset).to.equal('auto');
    expect(again.request.endmembers).to.equal(5);
    expect(again.request.network).to.deep.equal({ patch: 8 });
    expect(savedFormat('cube', undefined)).to.have.property('format', 'envi');
  });

  it('are taken all or none', () => {
    const before = controller.state;
    expect(() =>
      set({ 'stratigraph.theme': 'dark', 'stratigraph.runs': 99 }),
    ).to.throw(
      'invalid stratigraph.runs: 99 (want a whole number from 1 to 50)',
    );
    expect(controller.state).to.equal(before);
  });

  it('that are not there are refused with those that are', () => {
    expect(() => set({ 'other.theme': 'dark' })).to.throw(
      'invalid setting: other.theme (want stratigraph.theme,',
    );
    expect(() => set('dark')).to.throw('invalid settings: string');
    expect(() => set({ 'stratigraph.theme': 'pink' })).to.throw(
      'invalid stratigraph.theme: "pink" (want auto, dark, light)',
    );
    expect(() => set({ 'stratigraph.network.decoder': 4 })).to.throw(
      'want an odd number of pixels',
    );
  });

  it('say in which format something is saved', () => {
    expect(savedFormat('endmembers', 'jcamp')).to.eql({
      what: 'endmembers',
      format: 'jcamp',
    });
    expect(() => savedFormat('endmembers', 'nrrd')).to.throw(
      'invalid format: "nrrd" (want csv, jcamp, sli)',
    );
    expect(() => savedFormat('cube', 'csv')).to.throw(
      'invalid format: "csv" (want envi,',
    );
  });
});
