import { UnmixingController } from './elements/controller.js';
import type { Host } from './hosts/host.js';

/** A data set that lies next to the page: its files, on the same origin. */
export interface Sample {
  readonly name: string;
  readonly urls: readonly string[];
}

export interface ActivateOptions {
  /** Where the worker lies, when not next to this module. */
  readonly workerUrl?: string | URL;
  /** Folder of the wasm files of the backends and of itk-wasm. */
  readonly assets?: string;
  /** Offered in the empty panel. */
  readonly sample?: readonly Sample[];
}

export interface Activated {
  readonly controller: UnmixingController;
  /** Leaves the viewer as it was found. */
  dispose(): void;
}

/** What the commands of plugin-manifest.json do, by id. */
export const commands: Readonly<
  Record<
    string,
    (controller: UnmixingController, ...args: never[]) => Promise<void> | void
  >
> = {};

/** Mounts panel, spectra, layers and legend where the viewer has room for them. */
export async function activate(
  host: Host,
  options: ActivateOptions = {},
): Promise<Activated> {
  const controller = new UnmixingController({ host, ...options });
  return { controller, dispose: () => controller.dispose() };
}
