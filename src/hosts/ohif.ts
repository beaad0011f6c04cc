import { UnmixingError } from '../spectral/errors.js';
import { cornerstoneHost } from './cornerstone.js';
import type { Host } from './host.js';
import { checkOhif, type OhifManagers } from './ohif/viewer.js';
import { Visit, type MakeHost, type Running } from './ohif/visit.js';

export type { OhifManagers, Running };

export interface OhifHostOptions extends OhifManagers {
  /** Element that takes the panel. Without one the panel floats over the viewport's right edge. */
  readonly place?: HTMLElement;
}

/** An extension as OHIF loads it by URL from the default export of a module. */
export interface OhifExtension {
  readonly id: string;
  getPanelModule(managers: OhifManagers): readonly {
    readonly name: string;
    readonly label: string;
    readonly iconName: string;
    readonly component: string;
  }[];
  onModeExit(): void;
}

/** OHIF makes the panel with React from a component or a tag; a tag needs no React of ours. */
const tag = 'stratigraph-ohif';

const makeHost: MakeHost = ({ cornerstone }, viewportId, place) => {
  if (viewportId === '')
    throw new UnmixingError(
      'host',
      'OHIF has no active viewport: show a series first.',
    );
  const host = cornerstoneHost({
    cornerstone,
    viewportId,
    places: place ? { right: place } : {},
  });
  return {
    ...host,
    id: 'ohif',
    // OHIF does not tell extensions its own version.
    version: `with cornerstone ${host.version}`,
  };
};

/**
 * The adapter for OHIF 3.13, in its active viewport: the cornerstone adapter on the copy of cornerstone that OHIF bundles.
 * @throws UnmixingError `host` when OHIF is not as tested, or no viewport is active
 */
export function ohifHost({ place, ...managers }: OhifHostOptions): Host {
  const ohif = checkOhif(managers);
  return makeHost(ohif, ohif.activeViewport(), place);
}

/**
 * An extension for OHIF with one panel, `stratigraph.panelModule.unmixing`. Give it to OHIF as the default export of a
 * module, and list the panel in a mode. The plugin starts when the panel is first opened and ends with the mode.
 * One a page.
 * @param activate called with the host when the panel is first opened: `activate` of the package with your options
 */
export function ohifExtension(
  activate: (host: Host) => Promise<Running>,
): OhifExtension {
  let visit: Visit | null = null;
  return {
    id: 'stratigraph',
    getPanelModule(managers) {
      customElements.define(
        tag,
        class extends HTMLElement {
          connectedCallback(): void {
            visit ??= new Visit(managers, makeHost, activate);
            visit.show(this);
          }
        },
      );
      return [
        {
          name: 'unmixing',
          label: 'Unmixing',
          iconName: 'GroupLayers',
          component: tag,
        },
      ];
    },
    onModeExit() {
      visit?.end();
      visit = null;
    },
  };
}
