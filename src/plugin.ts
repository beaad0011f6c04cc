import { UnmixingController } from './elements/controller.js';
import { UnmixingLayers } from './elements/layers.js';
import { UnmixingLegend } from './elements/legend.js';
import { UnmixingPanel } from './elements/panel.js';
import type { Sample } from './elements/source.js';
import { UnmixingSpectra } from './elements/spectra.js';
import { UnmixingError } from './spectral/errors.js';
import type { Host, Undo } from './hosts/host.js';

export type { Sample } from './elements/source.js';
export { commands, runCommand } from './plugin/commands.js';
export { conditions } from './plugin/conditions.js';

export interface ActivateOptions {
  /** Where the worker lies, when not next to this module. */
  readonly workerUrl?: string | URL;
  /** Where reader-worker.js lies, when not next to the worker. */
  readonly readerUrl?: string | URL;
  /** Folder of the wasm files of the backends and of itk-wasm. */
  readonly assets?: string;
  /** Offered in the empty panel; their addresses are on the page's own origin. */
  readonly sample?: readonly Sample[];
  /** Tags of the elements to mount at once. Default: all that the viewer has room for. */
  readonly widgets?: readonly string[];
  /** Whether sessions may be kept in the browser's storage; the user may still turn it off. Default true. */
  readonly keepSessions?: boolean;
}

export interface Activated {
  readonly controller: UnmixingController;
  /**
   * Mounts an element in its place, where it is not yet; returns what takes it away.
   * @throws UnmixingError `input` when there is none of this tag, `host` when the viewer has no room for it
   */
  open(tag: string): Undo;
  /** Leaves the viewer as it was found. A second call does nothing. */
  dispose(): void;
}

/**
 * Mounts panel, spectra, layers and legend where the viewer has room for them, and starts a session.
 * @param host the viewer's adapter; without one the page is searched for a viewer that is known
 * @throws UnmixingError `host` when none is found, or one that its adapter does not know
 */
export async function activate(
  host?: Host,
  options: ActivateOptions = {},
): Promise<Activated> {
  if (host) return start(host, options);
  const { findHost } = await import('./hosts/find.js');
  const found = await findHost();
  try {
    const session = await start(found, options);
    return {
      ...session,
      dispose() {
        session.dispose();
        found.dispose();
      },
    };
  } catch (error) {
    found.dispose();
    throw error;
  }
}

async function start(
  host: Host,
  { widgets, sample, ...others }: ActivateOptions,
): Promise<Activated> {
  const controller = new UnmixingController({ host, sample, ...others });
  const panel = new UnmixingPanel();
  panel.samples = (sample ?? []).map(({ name }) => name);
  const all = [
    ['right', 'panel-right', panel],
    ['bottom', 'panel-bottom', new UnmixingSpectra()],
    ['left', 'panel-left', new UnmixingLayers()],
    ['view', 'view', new UnmixingLegend()],
  ] as const;
  const mounted = new Map<string, Undo>();
  const show = (): void => {
    const { state } = controller;
    for (const [, , element] of all) {
      element.session = state;
      element.theme = state.theme;
    }
  };

  const open = (tag: string): Undo => {
    const widget = all.find(([, , { localName }]) => localName === tag);
    if (!widget)
      throw new UnmixingError(
        'input',
        `invalid widget: ${tag} (want ${all.map(([, , { localName }]) => localName).join(', ')})`,
      );
    const [place, capability, element] = widget;
    if (!host.capabilities.has(capability))
      throw new UnmixingError(
        'host',
        `${host.id} has no room for ${tag} (it wants the place ${place}).`,
      );
    const known = mounted.get(tag);
    if (known) return known;
    const undos = [host.mountPanel(element, place), controller.listen(element)];
    const close = (): void => {
      if (undos.length === 0) return;
      mounted.delete(tag);
      for (const undo of undos.splice(0).reverse()) undo();
    };
    mounted.set(tag, close);
    return close;
  };

  const dispose = (): void => {
    controller.removeEventListener('unmixing-change', show);
    for (const close of [...mounted.values()].reverse()) close();
    controller.dispose();
  };
  try {
    show();
    controller.addEventListener('unmixing-change', show);
    for (const [, capability, { localName }] of all)
      if (widgets?.includes(localName) ?? host.capabilities.has(capability))
        open(localName);
    if (mounted.has(panel.localName)) await panel.updateComplete;
  } catch (error) {
    dispose();
    throw error;
  }
  return { controller, open, dispose };
}
