import {
  type EndmemberChange,
  checkChange,
  editedAtOnce,
  lostBy,
  onRecord,
  placesAfter,
} from '../../engine/endmember-edits.js';
import type { FixedSpectrum } from '../../engine/options.js';
import type { Opened } from '../../formats/opened.js';
import { fixedIn } from '../../session/fixed-spectra.js';
import { UnmixingError } from '../../spectral/errors.js';
import { nuisanceOf } from '../../spectral/reconstruct.js';
import type { CubeLayers } from '../cube-layers.js';
import type { Engine } from '../engine.js';
import { asUnmixingError } from '../layering.js';
import type { EditingState } from '../state.js';
import type { Store } from '../store.js';
import { Throttle } from '../throttle.js';
import type { EndmemberAction } from './action.js';
import { afterEdit, runOnShow } from './after-edit.js';

/** What editing the endmembers of a cube's result needs of it. */
export interface EndmemberEditingTask {
  readonly store: Store;
  readonly layers: CubeLayers;
  readonly engine: Pick<Engine, 'restored'>;
  /** Opens files of spectra. */
  readonly read: (
    files: readonly File[],
    signal: AbortSignal,
  ) => Promise<readonly Opened[]>;
  /** Keeps how things are, for undo, before `what` is edited. */
  readonly before: (what: string) => void;
}

/** What goes on, for people who watch. */
const working: Readonly<Record<EndmemberChange['kind'], string>> = {
  rename: 'Naming',
  reorder: 'Moving',
  merge: 'Merging',
  split: 'Splitting',
  delete: 'Deleting',
  replace: 'Replacing',
  flip: 'Turning over',
};

/** Edits of the endmembers of the result on show: maps are fitted anew in the worker, and each is one step of undo. */
export class EndmemberEditing {
  #call: AbortController | null = null;
  #edits = 0;

  constructor(private readonly task: EndmemberEditingTask) {}

  /** Does what an element asked for; what goes wrong is told in the state. */
  async act(action: EndmemberAction): Promise<void> {
    const { state } = this.task.store;
    switch (action.act) {
      case 'cancel':
        this.#end();
        this.#tell({ state: 'idle' });
        return;
      case 'change':
        return this.change(action.change);
      case 'split':
        return this.change({
          kind: 'split',
          endmember: action.endmember,
          threshold: state.classThreshold,
        });
      case 'replace-from-files':
        return this.#fromFiles(action.endmember, action.files);
      case 'choose': {
        const { editing } = state;
        if (editing.state !== 'choosing') return;
        const spectrum = editing.spectra.at(action.spectrum);
        if (spectrum)
          await this.#replace(editing.endmember, spectrum, editing.file);
        return;
      }
      case 'replace-by-pixel':
        return this.#byPixel(action.endmember);
    }
  }

  /** Edits the result on show; not while a run goes on. One that goes on is given up. */
  async change(change: EndmemberChange): Promise<void> {
    const { store, engine } = this.task;
    const run = runOnShow(store.state);
    if (!run || !this.#isFree()) return;
    this.#end();
    const call = new AbortController();
    this.#call = call;
    const { unmixing } = run;
    const { report } = run.result;
    const told = new Throttle<number>((fraction) =>
      this.#tell({ state: 'running', what: working[change.kind], fraction }),
    );
    try {
      checkChange(change, unmixing.names.length);
      this.#checkFixed(change, unmixing.names);
      const edit = onRecord(change, unmixing, Date.now());
      let edited = editedAtOnce({ unmixing, report }, edit);
      if (!edited) {
        told.give(0);
        const client = await engine.restored();
        edited = await client.edit({ unmixing, report }, edit, {
          signal: call.signal,
          onProgress: (fraction) => {
            if (this.#call === call) told.give(fraction);
          },
        });
      }
      told.clear();
      if (this.#call !== call) return;
      // Another result may be on show by now, or another run be under way.
      if (store.state.unmixing !== unmixing || !this.#isFree()) {
        this.#tell({ state: 'idle' });
        return;
      }
      this.task.before(`endmembers, edit ${(this.#edits += 1)}`);
      const next = afterEdit(store.state, run, edited, change);
      await this.task.layers.showMaps(
        next.unmixing.abundances,
        next.unmixing.names,
        true,
        next.colours,
        placesAfter(change, unmixing.names.length),
      );
      store.set({ ...next, editing: { state: 'idle' } });
    } catch (caught) {
      told.clear();
      if (this.#call !== call) return;
      this.#tell(
        store.state.unmixing === unmixing
          ? { state: 'failed', error: asUnmixingError(caught, 'input') }
          : { state: 'idle' },
      );
    } finally {
      if (this.#call === call) this.#call = null;
    }
  }

  /** Gives up what goes on. */
  abort(): void {
    this.#end();
    this.#tell({ state: 'idle' });
  }

  #end(): void {
    this.#call?.abort();
    this.#call = null;
  }

  #tell(editing: EditingState): void {
    this.task.store.set({ editing });
  }

  #isFree(): boolean {
    const { cube, run, chain } = this.task.store.state;
    return (
      cube.state === 'ready' &&
      run.state !== 'running' &&
      chain.work.state === 'idle'
    );
  }

  /** @throws UnmixingError `input` where a spectrum that is held fixed would be lost */
  #checkFixed(change: EndmemberChange, names: readonly string[]): void {
    const { fixed = [] } = this.task.store.state.request;
    const held = lostBy(change)
      .map((endmember) => names[endmember])
      .find((name) => fixed.some((one) => one.name === name));
    if (held !== undefined)
      throw new UnmixingError(
        'input',
        `${held} is held fixed: let it go in the next run first.`,
      );
  }

  async #fromFiles(endmember: number, files: readonly File[]): Promise<void> {
    if (!this.#isFree() || files.length === 0) return;
    this.#end();
    const call = new AbortController();
    this.#call = call;
    this.#tell({ state: 'running', what: 'Reading', fraction: 0 });
    try {
      const opened = await this.task.read(files, call.signal);
      const { cube } = this.task.store.state;
      if (this.#call !== call || cube.state !== 'ready') return;
      const file = files.map(({ name }) => name).join(', ');
      const spectra = fixedIn(opened, cube.summary.axis, file);
      if (spectra.length === 1)
        await this.#replace(endmember, spectra[0], file);
      else this.#tell({ state: 'choosing', endmember, file, spectra });
    } catch (caught) {
      if (this.#call === call)
        this.#tell({ state: 'failed', error: asUnmixingError(caught, 'file') });
    } finally {
      if (this.#call === call) this.#call = null;
    }
  }

  #replace(
    endmember: number,
    spectrum: FixedSpectrum,
    file: string,
  ): Promise<void> {
    const from = `from ${file}`;
    return this.change({ kind: 'replace', endmember, spectrum, from });
  }

  async #byPixel(endmember: number): Promise<void> {
    const { state } = this.task.store;
    const { pointer, unmixing } = state;
    if (!pointer?.pinned || !pointer.spectrum || !unmixing) return;
    const { x, y, spectrum } = pointer;
    const { mask, width, axis } = unmixing;
    const pixel = y * width + x;
    if (mask[pixel]) {
      const sentence = `Pixel ${x}, ${y} is left out: hold another.`;
      const error = new UnmixingError('input', sentence);
      this.#tell({ state: 'failed', error });
      return;
    }
    const nuisance = nuisanceOf(unmixing, pixel);
    const finite = (_: number, b: number): boolean =>
      Number.isFinite(spectrum[b]);
    await this.change({
      kind: 'replace',
      endmember,
      spectrum: {
        name: `Pixel ${x}, ${y}`,
        positions: Array.from(axis.values).filter(finite),
        values: Array.from(spectrum, (v, b) => v - nuisance[b]).filter(finite),
      },
      from: `the spectrum of pixel ${x}, ${y}`,
    });
  }
}
