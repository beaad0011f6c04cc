import type { Backend, UnmixRequest } from '../engine/options.js';
import { unmixDefaults } from '../engine/options.js';
import type { CubeDescription } from '../engine/protocol.js';
import type { Host, Undo } from '../hosts/host.js';
import type { LayerStyle } from '../imaging/layer.js';
import type { Window } from '../spectral/axis.js';
import type { CubeDisplay, SessionState } from './state.js';

export interface ControllerOptions {
  readonly host: Host;
  /** Where the worker lies, when not next to this module. */
  readonly workerUrl?: string | URL;
  /** Folder of the wasm files of the backends and of itk-wasm. */
  readonly assets?: string;
}

export const emptyState = Object.freeze<SessionState>({
  volumes: [],
  cube: { state: 'none' },
  display: { mode: 'false-colour' },
  pictures: [],
  request: { ...unmixDefaults, endmembers: 5 },
  run: { state: 'idle' },
  unmixing: null,
  colours: [],
  layers: [],
  composite: { on: false, reason: null },
  selected: null,
  pointer: null,
  backends: null,
  theme: 'auto',
  canUndo: false,
  canRedo: false,
});

/**
 * Holds the running session: the viewer, the worker, the files, and the one state that the elements draw.
 * @fires unmixing-change - the state was replaced; at most once a frame
 */
export class UnmixingController extends EventTarget {
  #state: SessionState = emptyState;

  constructor(readonly options: ControllerOptions) {
    super();
  }

  get state(): SessionState {
    return this.#state;
  }

  async open(_files: readonly File[]): Promise<void> {}
  async openVolume(_id: string): Promise<void> {}
  async describe(_description: CubeDescription): Promise<void> {}
  async setDisplay(_display: CubeDisplay): Promise<void> {}
  setRequest(_patch: Partial<UnmixRequest>): void {}
  exclude(_windows: readonly Window[]): void {}
  async unmix(_backend?: Backend): Promise<void> {}
  stop(): void {}
  async resume(_epochs?: number): Promise<void> {}
  setStyle(_layer: string, _patch: Partial<LayerStyle>): void {}
  setOrder(_ids: readonly string[]): void {}
  setComposite(_on: boolean): void {}
  rename(_endmember: number, _name: string): void {}
  recolour(_endmember: number, _colour: string): void {}
  select(_endmember: number | null): void {}
  removeLayer(_id: string): void {}
  closeCube(): void {}
  undo(): void {}
  redo(): void {}
  pin(_world: readonly [number, number, number]): void {}
  unpin(): void {}
  setTheme(_theme: SessionState['theme']): void {}
  /** Does what the elements inside `target` ask for. */
  listen(_target: EventTarget): Undo {
    return () => undefined;
  }
  dispose(): void {}
}
