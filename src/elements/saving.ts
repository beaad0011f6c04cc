import { type ToSave, saveInWorker } from '../formats/reader.js';
import { parseHex } from '../imaging/colour.js';
import {
  abundanceImage,
  classImage,
  cubeImage,
  endmemberSpectra,
  fileName,
} from '../session/export.js';
import { makeRecipe, writeRecipe } from '../session/recipe.js';
import type { Engine } from './engine.js';
import { asUnmixingError } from './layering.js';
import { onGrid } from './save-grid.js';
import { saveFile } from './save-file.js';
import { cubeGeometry } from './placements.js';
import type { SaveRequest } from './state.js';
import type { Store } from './store.js';

/** Writes results and the cube into files, off the page's thread, and hands them to the browser. */
export class Saving {
  #busy = false;

  constructor(
    private readonly store: Store,
    private readonly engine: Engine,
    private readonly readerUrl: string | URL | undefined,
  ) {}

  /** One at a time; what goes wrong is told in the state. */
  async save(request: SaveRequest): Promise<void> {
    if (this.store.state.saving.state === 'running') return;
    this.#busy = true;
    this.store.set({ saving: { state: 'running', what: request.what } });
    try {
      const file =
        request.what === 'recipe'
          ? this.#recipe()
          : await this.#written(
              await this.#content(request),
              request.what === 'cube',
            );
      if (file) saveFile(file);
      this.store.set({ saving: { state: 'idle' } });
    } catch (caught) {
      const error = asUnmixingError(caught, 'file');
      this.store.set({ saving: { state: 'failed', error } });
    } finally {
      this.#busy = false;
    }
  }

  /** The cube goes: others can be saved. */
  dispose(): void {
    if (this.#busy) this.store.set({ saving: { state: 'idle' } });
  }

  #recipe(): File | null {
    const { cube, chain, run } = this.store.state;
    if (cube.state !== 'ready' || run.state !== 'done') return null;
    const { name, original } = cube.summary;
    const { options, edits } = run.result.report;
    const recipe = makeRecipe(
      { name, ...original },
      options,
      chain.applied,
      edits,
    );
    return new File([writeRecipe(recipe)], `${fileName(name)}-recipe.json`);
  }

  /** @param given its values may be given away: those of a result stay here */
  async #written(what: ToSave | null, given: boolean): Promise<File | null> {
    if (!what) return null;
    const data = 'image' in what ? what.image.data.buffer : null;
    const moved = given && data instanceof ArrayBuffer ? [data] : [];
    return saveInWorker(what, { readerUrl: this.readerUrl }, moved);
  }

  async #content(
    request: Exclude<SaveRequest, { what: 'recipe' }>,
  ): Promise<ToSave | null> {
    const { state } = this.store;
    const { cube, unmixing, colours, classThreshold } = state;
    const geometry = cubeGeometry(state);
    if (cube.state !== 'ready' || !geometry) return null;
    const { name } = cube.summary;
    const stem = fileName(name);
    if (request.what === 'cube') {
      const client = await this.engine.restored();
      return {
        image: { ...cubeImage(await client.cube(), stem), geometry },
        format: request.format,
      };
    }
    if (!unmixing) return null;
    if (request.what === 'endmembers')
      return {
        spectra: endmemberSpectra(unmixing, `${stem}-endmembers`),
        format: request.format,
      };
    const image =
      request.what === 'classes'
        ? classImage(unmixing, geometry, name, classThreshold, {
            name: `${stem}-classes`,
            colours: colours.map(parseHex),
          })
        : abundanceImage(unmixing, geometry, name, `${stem}-abundances`);
    return {
      image: request.grid ? await onGrid(image, request.grid, state) : image,
      format: request.format,
    };
  }
}
