import type { FixedSpectrum } from '../engine/options.js';
import type { Opened } from '../formats/opened.js';
import { fixedEndmember, fixedIn } from '../session/fixed-spectra.js';
import { asUnmixingError } from './layering.js';
import type { Store } from './store.js';

/** How spectra that are known come into the request. */
export class Fixing {
  #call: AbortController | null = null;

  /**
   * @param read opens files
   * @param give takes all spectra that shall be held fixed
   */
  constructor(
    private readonly store: Store,
    private readonly read: (
      files: readonly File[],
      signal: AbortSignal,
    ) => Promise<readonly Opened[]>,
    private readonly give: (fixed: readonly FixedSpectrum[]) => void,
  ) {}

  /** Adds the spectra of files; what goes wrong is told in the state. */
  async add(files: readonly File[]): Promise<void> {
    this.abort();
    const call = new AbortController();
    this.#call = call;
    this.store.set({ fixing: { state: 'reading' } });
    try {
      const opened = await this.read(files, call.signal);
      const { cube } = this.store.state;
      if (this.#call !== call || cube.state !== 'ready') return;
      const name = files.map((file) => file.name).join(', ');
      const fixed = fixedIn(opened, cube.summary.axis, name);
      this.store.set({ fixing: { state: 'idle' } });
      this.give([...this.#fixed, ...fixed]);
    } catch (caught) {
      if (this.#call === call)
        this.store.set({
          fixing: { state: 'failed', error: asUnmixingError(caught, 'file') },
        });
    } finally {
      if (this.#call === call) this.#call = null;
    }
  }

  /** Holds an endmember of the result fixed, or no longer: it is known by its name. */
  endmember(endmember: number, on: boolean): void {
    const { unmixing } = this.store.state;
    if (!unmixing || endmember >= unmixing.names.length) return;
    const others = this.#fixed.filter(
      ({ name }) => name !== unmixing.names[endmember],
    );
    this.give(on ? [...others, fixedEndmember(unmixing, endmember)] : others);
  }

  /** Gives up files that are being read. */
  abort(): void {
    this.#call?.abort();
    this.#call = null;
    this.store.set({ fixing: { state: 'idle' } });
  }

  get #fixed(): readonly FixedSpectrum[] {
    return this.store.state.request.fixed ?? [];
  }
}
