import type { Host } from '../../hosts/host.js';
import type { CubeSource, LaterArray } from '../../session/document/schema.js';
import type { Reading } from '../asking.js';
import { readVolume } from '../source.js';

type Values = Extract<CubeSource, { readonly kind: 'values' }>;

/** Where cubes came from, as a session is saved with it. */
export class Sources {
  readonly #volumes = new WeakMap<Reading, Promise<Values>>();
  /** Of cubes whose files were not at hand when their session was opened, by the id of the cube. */
  #lacking: ReadonlyMap<string, CubeSource> = new Map();

  constructor(private readonly host: Host) {}

  /** Another session: these are its cubes without files. */
  lack(sources: ReadonlyMap<string, CubeSource>): void {
    this.#lacking = sources;
  }

  /**
   * Null while nothing can be said of it.
   * @throws UnmixingError `host` when a volume is no longer there
   */
  async of(id: string, reading: Reading | null): Promise<CubeSource | null> {
    if (!reading) return this.#lacking.get(id) ?? null;
    const { origin, answers } = reading;
    if ('files' in origin)
      return { kind: 'files', files: await origin.files, answers };
    if ('urls' in origin) {
      const urls = origin.urls.map(
        (url) => new URL(url, document.baseURI).href,
      );
      return { kind: 'urls', urls, answers };
    }
    if ('values' in origin) return origin.values;
    const known =
      this.#volumes.get(reading) ?? this.#volume(origin.volume, reading);
    this.#volumes.set(reading, known);
    return known;
  }

  /** The values of a volume, which has no file: they are held until they are written once. */
  async #volume(id: string, reading: Reading): Promise<Values> {
    const read = async (): Promise<NonNullable<
      Awaited<ReturnType<typeof readVolume>>['cube']
    > | null> => (await readVolume(this.host, id, {})).cube;
    const first = await read();
    if (!first) throw new Error(`${reading.name} is no volume`);
    const { cube, type, missing, warnings } = first;
    const { width, height, axis, geometry } = cube;
    let held: Float32Array | null = cube.data;
    const data: LaterArray = {
      identity: reading,
      type: 'float32',
      shape: [height, width, axis.values.length],
      load: async () => {
        const values = held ?? (await read())?.cube.data;
        held = null;
        if (!values) throw new Error(`${reading.name} is no volume`);
        return values;
      },
    };
    return {
      ...{ kind: 'values', type, width, height, axis, geometry },
      ...{ data, missing, warnings },
    };
  }
}
