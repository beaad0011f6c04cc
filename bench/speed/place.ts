import type { Backend, UnmixRequest } from '../../src/engine/options.js';
import type { RunFigures } from './timed-run.js';

/** Where runs are timed: this process, or a page of a browser with the built worker. */
export interface Place {
  readonly name: string;
  /** Every backend, and why it is passed over where it is not to be timed. */
  readonly backends: readonly {
    readonly backend: Backend;
    readonly passedOver: string | null;
  }[];
  /** Holds the cube of a phantom for the runs that follow. */
  load(folder: string): Promise<void>;
  /** @param trainingSeconds how long the network of a preset trains */
  run(request: UnmixRequest, trainingSeconds: number): Promise<RunFigures>;
  /** Seconds of all processor cores that runs have used so far. */
  processorSeconds(): Promise<number>;
  /** Bytes of memory held now, and the most since the last call; null where the system does not tell. */
  memory(): Promise<{ readonly now: number; readonly most: number } | null>;
  close(): Promise<void>;
}

/** What is said of a GPU that is imitated on the processor. */
export const inSoftware = (renderer: string): string =>
  `runs in software here (${renderer})`;
