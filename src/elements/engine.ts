import { BrokenEngineError } from '../engine/broken.js';
import { EngineClient, type RunOptions } from '../engine/client.js';
import type { UnmixRequest } from '../engine/options.js';
import type { UnmixResult } from '../engine/protocol.js';

/** The worker, started when first needed and let go with all it holds. */
export class Engine {
  #client: EngineClient | null = null;
  #reload: ((client: EngineClient) => Promise<void>) | null = null;
  #restoring: Promise<void> | null = null;
  #doubted = false;

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

  /** Another cube goes to the worker: until it is kept, the one before is as good as lost. */
  doubt(): void {
    this.#doubted = true;
  }

  /** Keeps the way to the cube that was loaded, to go it again when it is lost. */
  keep(reload: (client: EngineClient) => Promise<void>): void {
    this.#reload = reload;
    this.#doubted = false;
  }

  /**
   * The worker with its cube, which is read anew when it was lost.
   * @throws UnmixingError `file` when what was read once cannot be read again
   */
  async restored(): Promise<EngineClient> {
    const { client } = this;
    if (this.lost) {
      this.#restoring ??= this.#reload?.(client) ?? null;
      await this.#restoring?.finally(() => {
        this.#restoring = null;
      });
      this.#doubted = false;
    }
    return client;
  }

  /**
   * Unmixes. When the worker breaks down while a network trains, a new one reads the cube again and goes on from what was reached,
   * once.
   */
  async unmix(request: UnmixRequest, run: RunOptions): Promise<UnmixResult> {
    const client = await this.restored();
    try {
      return await client.unmix(request, run);
    } catch (error) {
      if (!(error instanceof BrokenEngineError && error.reached)) throw error;
      const anew = await this.restored();
      return await anew.unmix(request, run, error.reached);
    }
  }

  release(): void {
    this.#client?.dispose();
    this.#client = null;
    this.#reload = null;
    this.#restoring = null;
    this.#doubted = false;
  }
}
