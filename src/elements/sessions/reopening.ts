import { indexToWorld } from '../../imaging/geometry.js';
import { fromPieces } from '../../session/document/load.js';
import type {
  SessionContent,
  SessionDocument,
} from '../../session/document/schema.js';
import type { SavedSession } from '../../session/document/zip.js';
import type { ReadTask } from '../asking.js';
import type { Parts } from '../parts.js';
import type { PreparedCube } from '../prepared.js';
import type { SessionAccess } from './access.js';
import type { AskOf, SessionAsk, SessionsState } from './ask.js';
import { comparisonOf } from './comparison.js';
import { MissingFiles } from './missing.js';
import { layersOf, picturesOf, prepareCube } from './prepare.js';
import type { Sources } from './sources.js';

export interface ReopeningTask {
  readonly tell: (work: SessionsState['work']) => void;
  /** SHA-256 of a file, null where it is not known. */
  readonly sum: (file: File, signal: AbortSignal) => Promise<string | null>;
  /** What is open goes now. */
  readonly before: () => Promise<void> | undefined;
  /** Waits for one of these answers. */
  readonly answered: <What extends SessionAsk['what']>(
    task: ReadTask,
    whats: readonly What[],
  ) => Promise<AskOf<What>>;
}

const siteOf = (url: string): string => new URL(url).host;

/** Sites that images would be read from, besides the page's own. */
const otherSites = ({ cubes }: SessionDocument): readonly string[] => {
  const urls = cubes.flatMap(({ source }) =>
    source.kind === 'urls' ? source.urls : [],
  );
  return [...new Set(urls.map(siteOf))].filter(
    (site) => site !== location.host,
  );
};

/** How a saved session takes the place of the one that is open: all of it, or nothing. */
export class Reopening {
  constructor(
    private readonly parts: Parts,
    private readonly access: SessionAccess,
    private readonly sources: Sources,
    private readonly task: ReopeningTask,
  ) {}

  /**
   * Makes all of a session ready beside the one that is open, then puts it in its place.
   * @param ours it was kept by this browser: its addresses are those that were opened here
   * @throws UnmixingError with one sentence; the session that is open is as it was
   */
  async takePlace(
    { document: saved, source }: SavedSession,
    name: string,
    ours: boolean,
    task: ReadTask,
  ): Promise<void> {
    const files = new MissingFiles(saved, (file) =>
      this.task.sum(file, task.signal),
    );
    const sites = ours ? [] : otherSites(saved);
    const reads = await this.#gather(files, sites, name, task);
    this.task.tell({ state: 'opening', name, fraction: 0 });
    const content = await fromPieces(
      saved,
      {
        ...source,
        file: (record) =>
          record.piece === null
            ? Promise.resolve(files.fileOf(record))
            : source.file(record),
      },
      { signal: task.signal },
    );
    const { engine, read } = this.access;
    const mayRead = (url: string): boolean =>
      reads || !sites.includes(siteOf(url));
    const prepared: PreparedCube[] = [];
    try {
      for (const [i, cube] of content.cubes.entries())
        prepared.push(
          await prepareCube(
            cube,
            { engine, read, mayRead },
            {
              signal: task.signal,
              onProgress: (fraction) =>
                task.onProgress((i + fraction) / content.cubes.length),
            },
          ),
        );
      await this.task.before();
      task.signal.throwIfAborted();
    } catch (error) {
      for (const cube of prepared) cube.engine?.release();
      throw error;
    }
    await this.#put(content, prepared);
  }

  /**
   * Asks for what a session names and does not hold, until it is there or the user goes on without.
   * @returns whether other sites may be read
   */
  async #gather(
    files: MissingFiles,
    sites: readonly string[],
    name: string,
    task: ReadTask,
  ): Promise<boolean> {
    let reads = sites.length === 0;
    let refused: string | null = null;
    while (files.missing.length > 0 || !reads) {
      this.task.tell({
        state: 'missing',
        name,
        files: files.missing.map((one) => ({ name: one.name, size: one.size })),
        sites: reads ? [] : sites,
        refused,
      });
      const answer = await this.task.answered(task, [
        'find',
        'fetch',
        'without',
      ]);
      if (answer.what === 'without') break;
      if (answer.what === 'fetch') reads = true;
      else refused = await files.take(answer.files);
    }
    return reads;
  }

  async #put(
    content: SessionContent,
    prepared: readonly PreparedCube[],
  ): Promise<void> {
    const { host, store } = this.parts;
    const layers = layersOf(content);
    const lacking = content.cubes.filter(({ id }) =>
      prepared.some((one) => one.id === id && !one.reading),
    );
    const { placements, registrations, caption, view } = content;
    await this.access.swap(prepared, content.active, {
      ...{ layers, placements, registrations, caption },
      pictures: picturesOf(layers),
      composite: { on: content.composite, reason: null },
      comparison: comparisonOf(content.comparison),
    });
    this.sources.lack(new Map(lacking.map(({ id, source }) => [id, source])));
    for (const { id, pinned } of content.cubes) {
      const layer = store.state.layers.find((one) => one.id === id);
      if (layer && pinned)
        this.access.pin(id, indexToWorld(layer.geometry, [...pinned, 0]));
    }
    host.fit();
    if (view) host.camera?.look(view);
  }
}
