import { UnmixingError, toErrorData } from '../spectral/errors.js';
import type { Cube } from '../spectral/cube.js';
import type { Window } from '../spectral/axis.js';
import { assetFolder } from './assets.js';
import { DivergedError } from './diverged.js';
import { findPlaces } from './machine.js';
import type { UnmixRequest } from './options.js';
import type {
  Answer,
  CubeSummary,
  EndmemberCount,
  FromWorker,
  Request,
  ToWorker,
  UnmixResult,
} from './protocol.js';
import type { Checkpoint } from './run.js';
import { describeCube, summarise } from './summary.js';
import { imageOf, pixelOf } from './views.js';

export type Post = (message: FromWorker, transfer?: ArrayBuffer[]) => void;

interface Job {
  readonly id: number;
  readonly abort: AbortController;
  readonly stop: AbortController;
}

interface Held {
  readonly cube: Cube;
  readonly summary: CubeSummary;
  readonly result: UnmixResult | null;
  readonly checkpoint: Checkpoint | null;
}

const aborted = (): DOMException =>
  new DOMException('The run was aborted.', 'AbortError');

/** The worker's side of the protocol: holds the cube and answers requests, also while a run goes on. */
export class Desk {
  #held: Held | null = null;
  #job: Job | null = null;
  readonly #counts = new Map<number, AbortController>();

  /** @param home `import.meta.url` of the module beside which the wasm files lie unless told otherwise */
  constructor(
    readonly post: Post,
    readonly home: string,
  ) {}

  async receive({ id, request, assets }: ToWorker): Promise<void> {
    try {
      const answer = await this.#answer(id, request, assets);
      this.post({ id, type: 'answer', answer }, transferable(answer));
    } catch (error) {
      this.post({
        id,
        type: 'error',
        error: toErrorData(error),
        ...(error instanceof DivergedError && { best: error.best }),
      });
    }
  }

  async #answer(
    id: number,
    request: Request,
    assets: string | undefined,
  ): Promise<Answer> {
    switch (request.type) {
      case 'load':
        return { to: 'load', value: this.#hold(request.cube) };
      case 'describe': {
        const cube = describeCube(this.#needed.cube, request.description);
        return { to: 'describe', value: this.#hold(cube) };
      }
      case 'image': {
        const { cube, summary } = this.#needed;
        return { to: 'image', value: imageOf(cube, summary, request.band) };
      }
      case 'pixel': {
        const { cube, result } = this.#needed;
        const unmixing = result?.unmixing ?? null;
        return { to: 'pixel', value: pixelOf(cube, unmixing, request.pixel) };
      }
      case 'backends': {
        const places = await findPlaces();
        return { to: 'backends', value: places.map((place) => place.backend) };
      }
      case 'count': {
        const { cube } = this.#needed;
        return {
          to: 'count',
          value: await this.#count(id, cube, request.exclude),
        };
      }
      case 'unmix': {
        const value = await this.#run(id, request.request, assets, null);
        return { to: 'unmix', value };
      }
      case 'resume': {
        const { checkpoint } = this.#needed;
        if (!checkpoint)
          throw new UnmixingError(
            'input',
            'invalid resume: no training to go on with (want a finished or stopped run of network or pande2026)',
          );
        const { options } = checkpoint.prepared;
        const network = { ...options.network, epochs: request.epochs };
        const more = { ...options, network };
        const value = await this.#run(id, more, assets, checkpoint);
        return { to: 'resume', value };
      }
      case 'stop':
        this.#job?.stop.abort();
        return { to: 'stop', value: null };
      case 'abort':
        if (this.#job?.id === request.job) this.#job.abort.abort(aborted());
        this.#counts.get(request.job)?.abort(aborted());
        return { to: 'abort', value: null };
    }
  }

  get #needed(): Held {
    if (!this.#held)
      throw new UnmixingError(
        'input',
        'No image is loaded (open one before asking for it).',
      );
    return this.#held;
  }

  #hold(cube: Cube): CubeSummary {
    this.#job?.abort.abort(aborted());
    for (const abort of this.#counts.values()) abort.abort(aborted());
    const summary = summarise(cube);
    this.#held = { cube, summary, result: null, checkpoint: null };
    return summary;
  }

  async #count(
    id: number,
    cube: Cube,
    exclude: readonly Window[],
  ): Promise<EndmemberCount> {
    const abort = new AbortController();
    this.#counts.set(id, abort);
    try {
      const { countEndmembers } = await import('./count.js');
      return await countEndmembers(cube, exclude, { signal: abort.signal });
    } finally {
      this.#counts.delete(id);
    }
  }

  async #run(
    id: number,
    request: UnmixRequest,
    assets: string | undefined,
    checkpoint: Checkpoint | null,
  ): Promise<UnmixResult> {
    const held = this.#needed;
    if (this.#job && !this.#job.abort.signal.aborted)
      throw new UnmixingError(
        'input',
        'A run is going on (stop or abort it before starting another).',
      );
    const job: Job = {
      id,
      abort: new AbortController(),
      stop: new AbortController(),
    };
    this.#job = job;
    const keep = (result: UnmixResult, reached: Checkpoint | null): void => {
      // Another image may have come meanwhile.
      if (this.#held?.cube === held.cube)
        this.#held = { ...held, result, checkpoint: reached };
    };
    try {
      // The page waits for a picture of the cube first: the code of a run loads with the first run.
      const { unmix } = await import('./run.js');
      const { result, checkpoint: reached } = await unmix(
        held.cube,
        request,
        {
          signal: job.abort.signal,
          stop: job.stop.signal,
          onProgress: (progress) => {
            this.post({ id, type: 'progress', progress });
          },
          onPreview: (preview) => {
            const { endmembers, abundances } = preview;
            this.post(
              { id, type: 'preview', preview },
              buffers(endmembers, abundances),
            );
          },
        },
        {
          assets: assetFolder(assets, this.home),
          ...(checkpoint && { checkpoint }),
        },
      );
      keep(result, reached);
      return result;
    } catch (error) {
      if (error instanceof DivergedError) keep(error.best, null);
      throw error;
    } finally {
      if (this.#job === job) this.#job = null;
    }
  }
}

const buffers = (...arrays: Float32Array[]): ArrayBuffer[] =>
  arrays.map(({ buffer }) => buffer).filter((b) => b instanceof ArrayBuffer);

/** Big answers that the worker does not need itself are moved, not copied. */
const transferable = (answer: Answer): ArrayBuffer[] =>
  answer.to === 'image' ? buffers(answer.value.values) : [];
