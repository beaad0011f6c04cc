import { EngineClient } from '../engine/client.js';

/** The worker, started when first needed and let go with all it holds. */
export class Engine {
  #client: EngineClient | null = null;

  constructor(
    private readonly options: ConstructorParameters<typeof EngineClient>[0],
  ) {}

  get client(): EngineClient {
    return (this.#client ??= new EngineClient(this.options));
  }

  release(): void {
    this.#client?.dispose();
    this.#client = null;
  }
}
