import { UnmixingError, toErrorData } from '../spectral/errors.js';
import type { ChainTask } from '../preprocess/chain.js';
import type { Step } from '../preprocess/steps.js';
import type { Cube } from '../spectral/cube.js';
import { assetFolder } from './assets.js';
import { correct, doTheSame, meansOf, withinMemory } from './correct.js';
import { DivergedError } from './diverged.js';
import { findPlaces } from './machine.js';
import type { UnmixRequest } from './options.js';
import type {
  Answer,
  CubeSummary,
  FromWorker,
  Request,
  ToWorker,
  UnmixResult,
} from './protocol.js';
import type { Checkpoint } from './outcome.js';
import type { Prepared } from './steps.js';
import type { RunContext } from './run.js';
import { describeCube, summarise } from './summary.js';
import { imageOf, pixelOf } from './views.js';

export type Post = (message: FromWorker, transfer?: ArrayBuffer[]) => void;

interface Job {
  readonly id: number;
  readonly abort: AbortController;
  readonly stop: AbortController;
}

interface Held {
  /** As it was opened and described. */
  readonly raw: Cube;
  readonly steps: readonly Step[];
  /** With these corrections; the raw one itself where they change nothing. */
  readonly cube: Cube;
  readonly summary: CubeSummary;
  readonly checkpoint: Checkpoint | null;
  /** The cube as the last run, or the last edit of one, found it before unmixing. */
  readonly prepared: Prepared | null;
}

const aborted = (): DOMException =>
  new DOMException('The run was aborted.', 'AbortError');

/** The worker's side of the protocol: holds the cube and answers requests, also while a run goes on. */
export class Desk {
  #held: Held | null = null;
  #job: Job | null = null;
  /** Calls that rest on the cube with its corrections, and those that rest on the raw one, by id. */
  readonly #onCube = new Map<number, AbortController>();
  readonly #onRaw = new Map<number, AbortController>();
  /** Changes of the cube come one after another. */
  #turn: Promise<unknown> = Promise.resolve();

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
        for (const calls of [this.#onRaw, this.#onCube]) abortAll(calls);
        return {
          to: 'load',
          value: await this.#change(id, (task) =>
            this.#hold(request.cube, [], task),
          ),
        };
      case 'describe': {
        const value = await this.#change(id, (task) => {
          const { raw, steps } = this.#needed;
          return this.#hold(
            describeCube(raw, request.description),
            steps,
            task,
          );
        });
        return { to: 'describe', value };
      }
      case 'correct': {
        const value = await this.#change(id, (task) => {
          const { raw, steps, summary } = this.#needed;
          return doTheSame(steps, request.steps)
            ? summary
            : this.#hold(raw, request.steps, task);
        });
        return { to: 'correct', value };
      }
      case 'means': {
        const value = await this.#abortable(id, this.#onRaw, (signal) =>
          meansOf(this.#needed.raw, request.steps, signal),
        );
        return { to: 'means', value };
      }
      case 'cube': {
        const { cube } = this.#needed;
        const value = await withinMemory('a copy of the image', () => ({
          ...cube,
          data: cube.data.slice(),
        }));
        return { to: 'cube', value };
      }
      case 'image': {
        const { cube, summary } = this.#needed;
        return { to: 'image', value: imageOf(cube, summary, request.band) };
      }
      case 'pixel': {
        const { cube } = this.#needed;
        return { to: 'pixel', value: pixelOf(cube, request.pixel) };
      }
      case 'backends': {
        const places = await findPlaces();
        return { to: 'backends', value: places.map((place) => place.backend) };
      }
      case 'count': {
        const { cube } = this.#needed;
        const value = await this.#abortable(
          id,
          this.#onCube,
          async (signal) => {
            const { countEndmembers } = await import('./count.js');
            return countEndmembers(cube, request.exclude, { signal });
          },
        );
        return { to: 'count', value };
      }
      case 'unmix': {
        const value = await this.#run(id, request.request, {
          assets: assetFolder(assets, this.home),
          interrupted: request.interrupted,
          before: request.before,
        });
        return { to: 'unmix', value };
      }
      case 'resume': {
        const { checkpoint } = this.#needed;
        if (!checkpoint)
          throw new UnmixingError(
            'input',
            'invalid resume: no training to go on with (want a finished or stopped run that trained a network)',
          );
        const { options } = checkpoint.prepared;
        const network = { ...options.network, epochs: request.epochs };
        const more = { ...options, network };
        const value = await this.#run(id, more, {
          assets: assetFolder(assets, this.home),
          checkpoint,
          before: request.before,
        });
        return { to: 'resume', value };
      }
      case 'edit': {
        const value = await this.#abortable(id, this.#onCube, (signal) =>
          this.#edit(id, request, signal),
        );
        return { to: 'edit', value };
      }
      case 'stop':
        this.#job?.stop.abort();
        return { to: 'stop', value: null };
      case 'ping':
        return { to: 'ping', value: null };
      case 'abort':
        if (this.#job?.id === request.job) this.#job.abort.abort(aborted());
        for (const calls of [this.#onRaw, this.#onCube])
          calls.get(request.job)?.abort(aborted());
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

  /** Work that an abort message can end. */
  async #abortable<T>(
    id: number,
    calls: Map<number, AbortController>,
    work: (signal: AbortSignal) => T | Promise<T>,
  ): Promise<T> {
    const abort = new AbortController();
    calls.set(id, abort);
    try {
      return await work(abort.signal);
    } finally {
      calls.delete(id);
    }
  }

  /** A change of the cube, after those asked for before it. */
  #change(
    id: number,
    work: (task: Required<ChainTask>) => CubeSummary | Promise<CubeSummary>,
  ): Promise<CubeSummary> {
    return this.#abortable(id, this.#onRaw, (signal) => {
      const onProgress = (fraction: number): void => {
        this.post({ id, type: 'fraction', fraction });
      };
      const change = this.#turn.then(() => {
        signal.throwIfAborted();
        return work({ signal, onProgress });
      });
      this.#turn = change.catch(() => undefined);
      return change;
    });
  }

  /** Corrects a cube and holds it in place of the one before, whose results are dropped; when that fails, that one stays. */
  async #hold(
    raw: Cube,
    steps: readonly Step[],
    task: Required<ChainTask>,
  ): Promise<CubeSummary> {
    const { cube, notes } = await correct(raw, steps, task);
    const summary = summarise(cube, raw, notes);
    task.signal.throwIfAborted();
    this.#job?.abort.abort(aborted());
    abortAll(this.#onCube);
    this.#held = {
      ...{ raw, steps, cube, summary },
      ...{ checkpoint: null, prepared: null },
    };
    return summary;
  }

  async #run(
    id: number,
    request: UnmixRequest,
    context: RunContext,
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
    const keep = (
      checkpoint: Checkpoint | null,
      prepared: Prepared | null,
    ): void => {
      // Another image may have come meanwhile, or another chain.
      if (this.#held?.summary === held.summary)
        this.#held = { ...held, checkpoint, prepared };
    };
    try {
      // The page waits for a picture of the cube first: the code of a run loads with the first run.
      const { unmix } = await import('./run.js');
      const { result, checkpoint, prepared } = await unmix(
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
          onCheckpoint: (state, backend) => {
            this.post({ id, type: 'checkpoint', state, backend });
          },
        },
        context,
      );
      keep(checkpoint, prepared);
      return result;
    } catch (error) {
      if (error instanceof DivergedError) keep(null, null);
      throw error;
    } finally {
      if (this.#job === job) this.#job = null;
    }
  }

  async #edit(
    id: number,
    { result, edit }: Extract<Request, { type: 'edit' }>,
    signal: AbortSignal,
  ): Promise<UnmixResult> {
    const held = this.#needed;
    const { editResult, preparationKey } = await import('./edit.js');
    const { options } = result.report;
    const known =
      held.prepared &&
      preparationKey(held.prepared.options) === preparationKey(options)
        ? held.prepared
        : null;
    const edited = await editResult(
      held.cube,
      result,
      edit,
      {
        signal,
        onProgress: (fraction) => {
          this.post({ id, type: 'fraction', fraction });
        },
      },
      known,
    );
    if (this.#held?.summary === held.summary)
      this.#held = { ...this.#held, prepared: edited.prepared };
    return edited.result;
  }
}

const abortAll = (calls: ReadonlyMap<number, AbortController>): void => {
  for (const call of calls.values()) call.abort(aborted());
};

const buffers = (...arrays: Float32Array[]): ArrayBuffer[] =>
  arrays.map(({ buffer }) => buffer).filter((b) => b instanceof ArrayBuffer);

/** Big answers that the worker does not need itself are moved, not copied. */
const transferable = (answer: Answer): ArrayBuffer[] =>
  answer.to === 'image'
    ? buffers(answer.value.values)
    : answer.to === 'pixel'
      ? buffers(answer.value)
      : answer.to === 'cube'
        ? buffers(answer.value.data)
        : [];
