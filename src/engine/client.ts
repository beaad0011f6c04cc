import type { Step } from '../preprocess/steps.js';
import type { Window } from '../spectral/axis.js';
import type { Cube, CubeImage } from '../spectral/cube.js';
import { fromErrorData } from '../spectral/errors.js';
import type { EndmemberSet } from '../spectral/unmixing.js';
import { BrokenEngineError } from './broken.js';
import { DivergedError } from './diverged.js';
import type { EndmemberEdit } from './endmember-edits.js';
import type { Backend, UnmixRequest } from './options.js';
import type {
  Answer,
  Answers,
  ChainMeans,
  CubeDescription,
  CubeSummary,
  EndmemberCount,
  FromWorker,
  Interrupted,
  Preview,
  Progress,
  Request,
  ToWorker,
  UnmixResult,
} from './protocol.js';

export interface EngineOptions {
  /** Where the worker lies, when not next to this module. */
  readonly workerUrl?: string | URL;
  /** Folder of the wasm files, when not next to the worker. */
  readonly assets?: string;
  /** A worker that owes an answer and is not heard of for so long counts as broken, in milliseconds. Default 120 000. */
  readonly patience?: number;
}

const usualPatience = 120_000; // ms
/** So often within that time the worker is asked whether it lives. */
const pings = 4;

export interface CallOptions {
  /** Ends the call without a result: it rejects with `signal.reason`. */
  readonly signal?: AbortSignal;
}

export interface CorrectOptions extends CallOptions {
  /** Hears the share done, 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
}

export interface RunOptions extends CallOptions {
  readonly onProgress?: (progress: Progress) => void;
  readonly onPreview?: (preview: Preview) => void;
  /** Endmembers of the result before: those that are found again come in their places, in previews and in the result. */
  readonly before?: EndmemberSet;
}

const isAnswerTo = <T extends keyof Answers>(
  answer: { readonly to: keyof Answers; readonly value: unknown },
  to: T,
): answer is { readonly to: T; readonly value: Answers[T] } => answer.to === to;

/** Whoever hears of a call while it goes on. */
interface Listening extends RunOptions {
  readonly onFraction?: (fraction: number) => void;
}

interface Open extends Listening {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (reason: unknown) => void;
  /** Stops listening for an abort. */
  readonly close: () => void;
  /** Where its training stood when last heard of. */
  reached: Omit<Interrupted, 'reason'> | null;
}

/**
 * The page's side of the engine: one worker that holds the cube and does all heavy work. It starts on first use; when it breaks down, all
 * open calls reject with a BrokenEngineError and the next call starts a fresh worker, without a cube.
 */
export class EngineClient {
  #worker: Worker | null = null;
  #holdsCube = false;
  #last = 0;
  #pulse: ReturnType<typeof setInterval> | undefined;
  /** Pings since the worker was last heard of. */
  #silent = 0;
  readonly #open = new Map<number, Open>();

  constructor(readonly options: EngineOptions = {}) {}

  /** Whether the worker has a cube: false again after it broke down. */
  get holdsCube(): boolean {
    return this.#holdsCube;
  }

  /** Gives the cube to the worker; its buffer is moved there and empty here afterwards. */
  async load(cube: Cube, call: CallOptions = {}): Promise<CubeSummary> {
    const summary = await this.#send(
      'load',
      { type: 'load', cube: { ...cube, data: whole(cube.data) } },
      call,
    );
    this.#holdsCube = true;
    return summary;
  }

  /**
   * Puts a chain of corrections in place of the one before and forgets the last result. When it fails or is aborted,
   * the chain before stays.
   */
  correct(
    steps: readonly Step[],
    { signal, onProgress }: CorrectOptions = {},
  ): Promise<CubeSummary> {
    return this.#send(
      'correct',
      { type: 'correct', steps },
      { signal, onFraction: onProgress },
    );
  }

  /** What a chain would make of the mean spectrum, over a sample of pixels. */
  means(steps: readonly Step[], call: CallOptions = {}): Promise<ChainMeans> {
    return this.#send('means', { type: 'means', steps }, call);
  }

  /** A copy of the cube with its corrections. */
  cube(call: CallOptions = {}): Promise<Cube> {
    return this.#send('cube', { type: 'cube' }, call);
  }

  /** Says what the file left out; forgets the last result. */
  describe(
    description: CubeDescription,
    call: CallOptions = {},
  ): Promise<CubeSummary> {
    return this.#send('describe', { type: 'describe', description }, call);
  }

  /** One band, or false colour for `null`. */
  image(band: number | null, call: CallOptions = {}): Promise<CubeImage> {
    return this.#send('image', { type: 'image', band }, call);
  }

  /** Spectrum of pixel y * width + x, as measured, with the corrections. */
  pixel(pixel: number, call: CallOptions = {}): Promise<Float32Array> {
    return this.#send('pixel', { type: 'pixel', pixel }, call);
  }

  /** Which backends there are to train on, best first. */
  backends(call: CallOptions = {}): Promise<readonly Backend[]> {
    return this.#send('backends', { type: 'backends' }, call);
  }

  /** How many endmembers there may be, without the bands in the windows given. */
  count(
    exclude: readonly Window[],
    call: CallOptions = {},
  ): Promise<EndmemberCount> {
    return this.#send('count', { type: 'count', exclude }, call);
  }

  /**
   * Unmixes the cube. A diverging training rejects with a DivergedError that holds the best so far.
   * @param interrupted where the same run stood when its worker broke down
   */
  unmix(
    request: UnmixRequest,
    run: RunOptions = {},
    interrupted?: Interrupted,
  ): Promise<UnmixResult> {
    const { before } = run;
    return this.#send(
      'unmix',
      { type: 'unmix', request, interrupted, before },
      run,
    );
  }

  /** Goes on with the last training for more passes. */
  resume(epochs: number, run: RunOptions = {}): Promise<UnmixResult> {
    const { before } = run;
    return this.#send('resume', { type: 'resume', epochs, before }, run);
  }

  /**
   * Edits the endmembers of a result that rests on the cube as it is; where spectra change, all maps are fitted anew. The result that
   * is given stays.
   */
  edit(
    { unmixing, report }: Pick<UnmixResult, 'unmixing' | 'report'>,
    edit: EndmemberEdit,
    { signal, onProgress }: CorrectOptions = {},
  ): Promise<UnmixResult> {
    return this.#send(
      'edit',
      { type: 'edit', result: { unmixing, report }, edit },
      { signal, onFraction: onProgress },
    );
  }

  /** Ends the running job soon, with the best so far. */
  async stop(): Promise<void> {
    if (this.#worker) await this.#send('stop', { type: 'stop' });
  }

  /** Ends the worker; open calls reject. */
  dispose(): void {
    this.#end(() => new DOMException('The engine was disposed.', 'AbortError'));
  }

  #send<T extends keyof Answers>(
    to: T,
    request: Request,
    call: Listening = {},
  ): Promise<Answers[T]> {
    const { signal } = call;
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const worker = this.#started();
      const id = ++this.#last;
      const abort = (): void => {
        this.#settle(id)?.reject(signal?.reason);
        this.#post(worker, ++this.#last, { type: 'abort', job: id });
      };
      signal?.addEventListener('abort', abort);
      this.#open.set(id, {
        ...call,
        resolve: (answer) => {
          if (isAnswerTo(answer, to)) resolve(answer.value);
          else reject(new Error(`${to} was answered with ${answer.to}`));
        },
        reject,
        close: () => signal?.removeEventListener('abort', abort),
        reached: null,
      });
      this.#watch();
      this.#post(worker, id, request);
    });
  }

  /** Takes a call off the list of open ones. */
  #settle(id: number): Open | undefined {
    const open = this.#open.get(id);
    open?.close();
    this.#open.delete(id);
    if (this.#open.size === 0) {
      clearInterval(this.#pulse);
      this.#pulse = undefined;
    }
    return open;
  }

  /** As long as calls are open: a worker that the browser ended says nothing. Counted in pings, since a machine may sleep. */
  #watch(): void {
    if (this.#pulse !== undefined) return;
    const { patience = usualPatience } = this.options;
    this.#silent = 0;
    this.#pulse = setInterval(() => {
      if (this.#silent++ >= pings) this.#break('its worker does not answer');
      else if (this.#worker)
        this.#post(this.#worker, ++this.#last, { type: 'ping' });
    }, patience / pings);
  }

  #post(worker: Worker, id: number, request: Request): void {
    const { assets } = this.options;
    const message: ToWorker = {
      id,
      request,
      ...(assets !== undefined && { assets: absolute(assets) }),
    };
    const moved = request.type === 'load' ? [request.cube.data.buffer] : [];
    worker.postMessage(
      message,
      moved.filter((buffer) => buffer instanceof ArrayBuffer),
    );
  }

  #started(): Worker {
    if (this.#worker) return this.#worker;
    const { workerUrl } = this.options;
    const worker =
      workerUrl === undefined
        ? new Worker(new URL('./worker.js', import.meta.url), {
            type: 'module',
          })
        : new Worker(workerUrl, { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
      this.#receive(data);
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      this.#break(event.message || 'its worker could not be loaded');
    });
    worker.addEventListener('messageerror', () => {
      this.#break('a message was lost');
    });
    this.#worker = worker;
    return worker;
  }

  #receive(message: FromWorker): void {
    this.#silent = 0;
    const { id } = message;
    switch (message.type) {
      case 'answer':
        this.#settle(id)?.resolve(message.answer);
        return;
      case 'error':
        this.#settle(id)?.reject(
          message.best
            ? new DivergedError(message.error.message, message.best)
            : fromErrorData(message.error),
        );
        return;
      case 'progress':
        this.#open.get(id)?.onProgress?.(message.progress);
        return;
      case 'preview':
        this.#open.get(id)?.onPreview?.(message.preview);
        return;
      case 'checkpoint': {
        const open = this.#open.get(id);
        const { state, backend } = message;
        if (open) open.reached = { state, backend };
        return;
      }
      case 'fraction':
        this.#open.get(id)?.onFraction?.(message.fraction);
    }
  }

  #break(reason: string): void {
    this.#end(
      ({ reached }) =>
        new BrokenEngineError(reason, reached && { ...reached, reason }),
    );
  }

  #end(why: (open: Open) => Error): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#holdsCube = false;
    for (const id of [...this.#open.keys()]) {
      const open = this.#settle(id);
      open?.reject(why(open));
    }
  }
}

/** Workers resolve relative addresses against themselves, callers mean their page. */
const absolute = (url: string): string =>
  typeof location === 'undefined' ? url : new URL(url, location.href).href;

/** The array itself when it fills its buffer, else a copy: moving a buffer moves all of it. */
const whole = (data: Float32Array): Float32Array =>
  data.byteLength === data.buffer.byteLength ? data : data.slice();
