import { expect, waitUntil } from '@open-wc/testing';
import type { Host } from '../../../src/hosts/host.js';
import { ohifExtension, ohifHost } from '../../../src/hosts/ohif.js';
import {
  checkOhif,
  type OhifManagers,
} from '../../../src/hosts/ohif/viewer.js';
import { Visit } from '../../../src/hosts/ohif/visit.js';
import {
  UnmixingError,
  isUnmixingError,
} from '../../../src/spectral/errors.js';
import { hostConformance } from '../../conformance/suite.js';
import { OhifPage, startOhif } from './ohif-page.js';

interface Pretended {
  managers: OhifManagers;
  readonly viewports: Map<string, Element>;
  active: string;
}

/** What an extension gets from OHIF, as far as the adapter asks. */
function pretend(): Pretended {
  const viewports = new Map([['default', document.createElement('div')]]);
  const page: Pretended = {
    viewports,
    active: 'default',
    managers: {
      servicesManager: {
        services: {
          viewportGridService: { getActiveViewportId: () => page.active },
          cornerstoneViewportService: {
            getCornerstoneViewport: (id: string) =>
              viewports.has(id) ? { element: viewports.get(id) } : null,
          },
        },
      },
      extensionManager: {
        getModuleEntry: (id: string) =>
          id === '@ohif/extension-cornerstone.utilityModule.common'
            ? { exports: { getCornerstoneLibraries: () => ({}) } }
            : undefined,
      },
    },
  };
  return page;
}

const sentence = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (isUnmixingError(error) && error.tag === 'host') return error.message;
    throw error;
  }
  return 'nothing was refused';
};

describe('OHIF that is not as tested', () => {
  for (const [missing, managers] of [
    ['getModuleEntry', { extensionManager: {} }],
    [
      'exports.getCornerstoneLibraries',
      { extensionManager: { getModuleEntry: () => undefined } },
    ],
    [
      'services.viewportGridService.getActiveViewportId',
      { servicesManager: { services: {} } },
    ],
    [
      'services.cornerstoneViewportService.getCornerstoneViewport',
      {
        servicesManager: {
          services: {
            viewportGridService: { getActiveViewportId: () => 'default' },
          },
        },
      },
    ],
  ] as const)
    it(`is refused in one sentence without ${missing}`, () => {
      expect(
        sentence(() => checkOhif({ ...pretend().managers, ...managers })),
      ).to.equal(
        `This OHIF has no ${missing}: the adapter is tested with OHIF 3.13.2.`,
      );
    });

  it('is refused when no viewport is active, with what to do', () => {
    const page = pretend();
    page.active = '';
    expect(sentence(() => ohifHost(page.managers))).to.equal(
      'OHIF has no active viewport: show a series first.',
    );
  });
});

describe('the extension for OHIF', () => {
  it('has one panel, made from a tag, so that it needs no React', () => {
    const extension = ohifExtension(() => Promise.reject(new Error('unused')));
    const [panel, ...others] = extension.getPanelModule(pretend().managers);
    expect(others).to.deep.equal([]);
    expect(`${extension.id}.panelModule.${panel.name}`).to.equal(
      'stratigraph.panelModule.unmixing',
    );
    expect(customElements.get(panel.component)).to.be.a('function');
    extension.onModeExit();
  });
});

describe('a visit to OHIF', () => {
  let page: Pretended;
  let opened: HTMLElement;
  let visit: Visit;
  let log: string[];
  let failure: Error | null;

  beforeEach(() => {
    page = pretend();
    // Kept by the closures: what ends later writes in no other test's.
    const own: string[] = [];
    log = own;
    failure = null;
    opened = document.createElement('div');
    document.body.append(opened);
    visit = new Visit(
      page.managers,
      (_, viewport, place) => {
        own.push(`host on ${viewport}`);
        const panel = document.createElement('input');
        return {
          id: 'pretended',
          mountPanel: () => (place?.append(panel), () => panel.remove()),
          dispose: () => own.push('host disposed'),
        } as unknown as Host;
      },
      async (host) => {
        if (failure) throw failure;
        const undo = host.mountPanel(opened, 'right');
        own.push('activated');
        return {
          dispose() {
            undo();
            own.push('disposed');
          },
        };
      },
    );
  });

  afterEach(() => {
    visit.end();
    opened.remove();
  });

  it('starts once, goes on while its panel is closed, and ends with it', async () => {
    visit.show(opened);
    opened.remove();
    opened = document.createElement('div');
    document.body.append(opened);
    visit.show(opened);
    expect(opened.querySelector('input')).not.to.equal(null);
    expect(log).to.deep.equal(['host on default', 'activated']);
    const styles = document.adoptedStyleSheets.length;
    visit.end();
    await waitUntil(() => log.includes('host disposed'));
    expect(log.slice(2)).to.deep.equal(['disposed', 'host disposed']);
    expect(opened.childElementCount).to.equal(0);
    expect(document.adoptedStyleSheets).to.have.length(styles - 1);
  });

  it('says when its viewport was closed, keeps the result, and starts in the active one when asked', async () => {
    visit.show(opened);
    page.viewports.set('default', document.createElement('div'));
    visit.show(opened);
    opened
      .querySelector('input')!
      .dispatchEvent(new FocusEvent('focusin', { bubbles: true }));
    const [alert, ...others] = opened.querySelectorAll('[role=alert]');
    expect(others).to.deep.equal([]);
    expect(alert.textContent).to.equal(
      'The viewport of these layers is closed. Save what you want to keep. Start in the active one',
    );
    expect(log).to.deep.equal(['host on default', 'activated']);
    page.viewports.set('mpr-axial', document.createElement('div'));
    page.active = 'mpr-axial';
    alert.querySelector('button')!.click();
    await waitUntil(() => log.includes('host disposed'));
    expect(log).to.include('host on mpr-axial');
    expect(opened.querySelector('[role=alert]')).to.equal(null);
    expect(opened.querySelectorAll('input')).to.have.length(1);
  });

  it('says in the panel why it could not start, and tries again when it is opened again', async () => {
    failure = new UnmixingError('host', 'This viewer is another one.');
    visit.show(opened);
    await waitUntil(() => opened.querySelector('[role=alert]'));
    expect(opened.textContent).to.equal('This viewer is another one.');
    expect(log).to.deep.equal(['host on default', 'host disposed']);
    failure = null;
    visit.show(opened);
    expect(opened.querySelector('[role=alert]')).to.equal(null);
    expect(opened.querySelectorAll('input')).to.have.length(1);
  });

  it('keeps keys pressed in the panel from the shortcuts of OHIF', () => {
    visit.show(opened);
    let heard = 0;
    const hear = (): void => {
      heard += 1;
    };
    document.addEventListener('keydown', hear);
    opened.querySelector('input')!.dispatchEvent(
      new KeyboardEvent('keydown', {
        key: 'r',
        bubbles: true,
        composed: true,
      }),
    );
    document.removeEventListener('keydown', hear);
    expect(heard).to.equal(0);
  });
});

// Last: OHIF then runs in this document.
hostConformance('ohif', async () => new OhifPage(await startOhif()), {
  lacks: {
    components:
      'OHIF shows images of 1, 3 or 4 components: a cube lies in it as a series of bands, or is opened in the panel.',
    told: 'A viewport of OHIF shows one series at a time.',
  },
  precision: 1e-6,
});
