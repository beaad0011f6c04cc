import { BrokenEngineError } from '../engine/broken.js';
import { EngineClient, type RunOptions } from '../engine/client.js';
import { DivergedError } from '../engine/diverged.js';
import type { UnmixRequest } from '../engine/options.js';
import type { UnmixResult } from '../engine/protocol.js';
import { UnmixingError } from '../spectral/errors.js';

type Way = (client: EngineClient) => Promise<void>;

/** The worker of one cube, started when first needed and let go with all it holds. */
export class Engine {
  #client: EngineClient | null = null;
  #reload: Way | null = null;
  #catchUp: Way | null = null;
  #restoring: Promise<void> | null = null;
  #doubted = false;
  #doubts = 0;
  /** The abundances of the result whose training the worker can go on with. */
  #trained: Float32Array | null = null;

  constructor(
    private readonly options: ConstructorParameters<typeof EngineClient>[0],
  ) {}

  get client(): EngineClient {
    return (this.#client ??= new EngineClient(this.options));
  }

  /** Whether the worker broke down and took the cube along, or was given another that did not come to stay. */
  get lost(): boolean {
    return this.#reload !== null && (this.#doubted || !this.client.holdsCube);
  }

  /** What the worker holds is no longer that which is on show: until it is kept or read anew, the cube is as good as lost. */
  doubt(): void {
    this.#doubted = true;
    this.#doubts += 1;
    this.forget();
  }

  /** Keeps the way to the cube that was loaded, to go it again when it is lost. */
  keep(reload: Way): void {
    this.#reload = reload;
    this.#doubted = false;
  }

  /** What the worker must do, before all else, to hold again what is on show; a later one takes the place of one that waits. */
  behind(catchUp: Way): void {
    this.#catchUp = catchUp;
    this.forget();
  }

  /** The worker has forgotten, or will, what it trained. */
  forget(): void {
    this.#trained = null;
  }

  /** Whether training can go on from a result: it is the last that this worker came to. */
  resumes({ resumable, unmixing }: UnmixResult): boolean {
    return resumable && !this.lost && this.#trained === unmixing.abundances;
  }

  /**
   * The worker with its cube, which is read anew when it was lost.
   * @throws UnmixingError `file` when what was read once cannot be read again
   */
  async restored(): Promise<EngineClient> {
    const { client } = this;
    while (this.#restoring || this.lost || this.#catchUp) {
      this.#restoring ??= this.#restore(client).finally(() => {
        this.#restoring = null;
      });
      await this.#restoring;
    }
    return client;
  }

  async #restore(client: EngineClient): Promise<void> {
    this.forget();
    const catchUp = this.#catchUp;
    this.#catchUp = null;
    if (this.lost) {
      const doubts = this.#doubts;
      // When this fails, the next call reads it anew.
      await this.#reload?.(client);
      if (!client.holdsCube)
        throw new UnmixingError('file', 'The image could not be read again.');
      if (doubts === this.#doubts) this.#doubted = false;
    } else if (catchUp)
      await catchUp(client).catch((error: unknown) => {
        this.doubt();
        throw error;
      });
  }

  /**
   * Unmixes. When the worker breaks down while a network trains, a new one reads the cube again and goes on from what was reached,
   * once.
   */
  async unmix(request: UnmixRequest, run: RunOptions): Promise<UnmixResult> {
    const client = await this.restored();
    this.forget();
    return this.#keepTrained(async () => {
      try {
        return await client.unmix(request, run);
      } catch (error) {
        if (!(error instanceof BrokenEngineError && error.reached)) throw error;
        const anew = await this.restored();
        return await anew.unmix(request, run, error.reached);
      }
    });
  }

  /** Goes on with the last training. */
  resume(epochs: number, run: RunOptions): Promise<UnmixResult> {
    return this.#keepTrained(() => this.client.resume(epochs, run));
  }

  async #keepTrained(work: () => Promise<UnmixResult>): Promise<UnmixResult> {
    try {
      const result = await work();
      this.#trained = result.unmixing.abundances;
      return result;
    } catch (error) {
      if (error instanceof DivergedError)
        this.#trained = error.best.unmixing.abundances;
      throw error;
    }
  }

  release(): void {
    this.#client?.dispose();
    this.#client = null;
    this.#reload = null;
    this.#catchUp = null;
    this.#restoring = null;
    this.#doubted = false;
    this.#trained = null;
  }
}
