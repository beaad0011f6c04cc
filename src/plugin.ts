import { UnmixingController } from './elements/controller.js';
import { UnmixingLayers } from './elements/layers.js';
import { UnmixingLegend } from './elements/legend.js';
import { UnmixingPanel } from './elements/panel.js';
import type { Sample } from './elements/source.js';
import { UnmixingSpectra } from './elements/spectra.js';
import { co2Window } from './spectral/axis.js';
import { UnmixingError } from './spectral/errors.js';
import type { Host, PanelPlace, Undo } from './hosts/host.js';

export type { Sample } from './elements/source.js';

export interface ActivateOptions {
  /** Where the worker lies, when not next to this module. */
  readonly workerUrl?: string | URL;
  /** Where reader-worker.js lies, when not next to the worker. */
  readonly readerUrl?: string | URL;
  /** Folder of the wasm files of the backends and of itk-wasm. */
  readonly assets?: string;
  /** Offered in the empty panel; their addresses are on the page's own origin. */
  readonly sample?: readonly Sample[];
}

export interface Activated {
  readonly controller: UnmixingController;
  /** Leaves the viewer as it was found. A second call does nothing. */
  dispose(): void;
}

type Command = (
  controller: UnmixingController,
  ...given: readonly unknown[]
) => Promise<void> | void;

/** What the commands of plugin-manifest.json do, by id. */
export const commands: Readonly<Record<string, Command>> = Object.freeze({
  /** Takes the files to open. */
  'stratigraph.open': (controller, ...files) => {
    const wrong = files.flat().find((file) => !(file instanceof File));
    if (wrong !== undefined)
      throw new UnmixingError(
        'input',
        `invalid file: ${typeof wrong} (want File objects)`,
      );
    return controller.open(
      files.flat().filter((file): file is File => file instanceof File),
    );
  },
  /** Takes the address, of the web. */
  'stratigraph.open-url': (controller, url) => {
    if (typeof url !== 'string')
      throw new UnmixingError(
        'input',
        `invalid address: ${typeof url} (want a text)`,
      );
    return controller.openUrl(url);
  },
  'stratigraph.unmix': (controller) => controller.unmix(),
  'stratigraph.stop': (controller) => controller.stop(),
  /** Takes the number of epochs; the preset's when left out. */
  'stratigraph.resume': (controller, epochs) =>
    controller.resume(typeof epochs === 'number' ? epochs : undefined),
  'stratigraph.exclude-co2': (controller) =>
    controller.exclude([...controller.state.request.exclude, co2Window]),
  'stratigraph.undo': (controller) => controller.undo(),
  'stratigraph.redo': (controller) => controller.redo(),
} satisfies Record<string, Command>);

/**
 * Runs a command of the manifest.
 * @throws UnmixingError `input` when there is none of this id
 */
export async function runCommand(
  id: string,
  controller: UnmixingController,
  ...given: readonly unknown[]
): Promise<void> {
  const command = Object.hasOwn(commands, id) ? commands[id] : undefined;
  if (!command)
    throw new UnmixingError(
      'input',
      `invalid command: ${id} (want ${Object.keys(commands).join(', ')})`,
    );
  await command(controller, ...given);
}

/** Mounts panel, spectra, layers and legend where the viewer has room for them, and starts a session. */
export async function activate(
  host: Host,
  options: ActivateOptions = {},
): Promise<Activated> {
  const controller = new UnmixingController({ host, ...options });
  const panel = new UnmixingPanel();
  panel.samples = (options.sample ?? []).map(({ name }) => name);
  const all = [
    ['right', 'panel-right', panel],
    ['bottom', 'panel-bottom', new UnmixingSpectra()],
    ['left', 'panel-left', new UnmixingLayers()],
    ['view', 'view', new UnmixingLegend()],
  ] as const;
  const undos: Undo[] = [];
  const show = (): void => {
    const { state } = controller;
    for (const [, , element] of all) {
      element.session = state;
      element.theme = state.theme;
    }
  };
  try {
    show();
    controller.addEventListener('unmixing-change', show);
    for (const [place, capability, element] of all) {
      if (!host.capabilities.has(capability)) continue;
      undos.push(controller.listen(element), mount(host, element, place));
    }
    await panel.updateComplete;
  } catch (error) {
    leave();
    throw error;
  }
  function leave(): void {
    controller.removeEventListener('unmixing-change', show);
    for (const undo of undos.splice(0).reverse()) undo();
    controller.dispose();
  }
  return { controller, dispose: leave };
}

const mount = (host: Host, element: HTMLElement, place: PanelPlace): Undo =>
  host.mountPanel(element, place);
