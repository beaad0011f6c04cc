import {
  type Affine,
  applyTo,
  compose,
  identity,
  invert,
  turnedAbout,
} from '../../imaging/affine.js';
import {
  readTransform,
  writeTransform,
} from '../../imaging/registration/transform-text.js';
import { fileName } from '../../session/export.js';
import { asUnmixingError } from '../layering.js';
import type { Parts } from '../parts.js';
import { saveFile } from '../save-file.js';
import type { Landmark, RegisteringState, Registration } from '../state.js';
import type { RegisterAction } from './action.js';
import { type AutomaticOptions, findMap } from './automatic.js';
import { mapOf, registrationOf } from './fit.js';
import { Staging } from './staging.js';
import { type RegisterImage, middleOf, pairOf, pixelOf } from './images.js';

/** The two images, both there. */
interface Chosen {
  readonly moving: RegisterImage;
  readonly fixed: RegisterImage;
}

/** Brings one image of the session onto another: landmarks, nudges, an automatic search, transforms in files. */
export class Registering {
  #search: AbortController | null = null;

  constructor(
    private readonly parts: Parts,
    private readonly automatic: AutomaticOptions,
  ) {
    const staging = new Staging(parts, (action) => this.act(action));
    parts.onChange(() => staging.follow());
    parts.ended.addEventListener('abort', () => this.#search?.abort());
  }

  /** Does what the user asked; what goes wrong is told in the state. */
  async act(action: RegisterAction): Promise<void> {
    try {
      await this.#act(action);
    } catch (caught) {
      const error = asUnmixingError(caught, 'input');
      this.#tell({ work: { state: 'failed', error } });
    }
  }

  async #act(action: RegisterAction): Promise<void> {
    switch (action.do) {
      case 'choose':
        this.#choose(action);
        break;
      case 'select':
        this.#tell({ selected: action.pair });
        break;
      case 'stage':
        this.#tell({ stage: action.show });
        break;
      case 'unmark':
        this.#tell({ pending: null });
        break;
      case 'cancel':
        this.#search?.abort();
        break;
      case 'reject':
        this.#end();
        break;
      default: {
        const { moving, fixed } = pairOf(this.parts.store.state);
        if (moving && fixed) await this.#work({ moving, fixed }, action);
      }
    }
  }

  async #work(chosen: Chosen, action: RegisterAction): Promise<void> {
    if (action.do === 'save') this.#save(chosen);
    // All others move the image, or get ready to.
    else if (!chosen.moving.locked) await this.#change(chosen, action);
  }

  async #change(chosen: Chosen, action: RegisterAction): Promise<void> {
    switch (action.do) {
      case 'mark':
        await this.#mark(chosen, action);
        break;
      case 'automatic':
        await this.#find(chosen, action);
        break;
      case 'kind':
        this.#tell({ kind: action.kind });
        await this.#edit(chosen, 'kind of map', (one) => ({
          ...one,
          kind: action.kind,
        }));
        break;
      case 'add':
        await this.#add(chosen, action.landmark);
        break;
      case 'move':
        await this.#edit(
          chosen,
          `landmark ${action.pair} ${action.side}`,
          (one) => ({
            ...one,
            landmarks: one.landmarks.map((pair, i) =>
              i === action.pair ? { ...pair, [action.side]: action.at } : pair,
            ),
          }),
        );
        break;
      case 'remove':
        this.#tell({ selected: null });
        await this.#edit(chosen, `without landmark ${action.pair}`, (one) => ({
          ...one,
          landmarks: one.landmarks.toSpliced(action.pair, 1),
        }));
        break;
      case 'nudge':
        await this.#nudge(chosen, action);
        break;
      case 'place':
        await this.#place(chosen.moving.id, action.map, 'handle');
        break;
      case 'fit':
        await this.#edit(chosen, 'fit', (one) => one);
        break;
      case 'reset':
        await this.#reset(chosen);
        break;
      case 'accept':
        await this.#accept(chosen);
        break;
      case 'load':
        await this.#load(chosen, await action.file.text());
        break;
    }
  }

  get #state(): RegisteringState {
    return this.parts.store.state.registering;
  }

  #tell(patch: Partial<RegisteringState>): void {
    this.parts.store.set({ registering: { ...this.#state, ...patch } });
  }

  #registration({ moving, fixed }: Chosen): Registration {
    const { registrations } = this.parts.store.state;
    return (
      registrationOf(registrations, moving.id, fixed.id) ?? {
        moving: moving.id,
        fixed: fixed.id,
        kind: this.#state.kind,
        landmarks: [],
      }
    );
  }

  #choose({ side, image }: Extract<RegisterAction, { do: 'choose' }>): void {
    const { moving, fixed } = pairOf(this.parts.store.state);
    const before = { moving: moving?.id ?? '', fixed: fixed?.id ?? '' };
    const other = side === 'moving' ? 'fixed' : 'moving';
    this.#end();
    this.#tell({
      ...before,
      [side]: image,
      // The same twice: they change places.
      ...(before[other] === image && { [other]: before[side] }),
      pending: null,
      selected: null,
    });
  }

  /** Ends a search, and puts its proposal away. */
  #end(): void {
    this.#search?.abort();
    this.#search = null;
    const { stage } = this.#state;
    this.#tell({
      work: { state: 'idle' },
      stage: stage === 'review' ? 'closed' : stage,
    });
  }

  async #mark(
    chosen: Chosen,
    { side, at }: Extract<RegisterAction, { do: 'mark' }>,
  ): Promise<void> {
    const { pending } = this.#state;
    if (!pending || pending.side === side) {
      this.#tell({ pending: { side, at } });
      return;
    }
    await this.#add(
      chosen,
      side === 'moving'
        ? { moving: at, fixed: pending.at }
        : { moving: pending.at, fixed: at },
    );
  }

  async #add(chosen: Chosen, landmark: Landmark): Promise<void> {
    const { landmarks } = this.#registration(chosen);
    this.#tell({ pending: null, selected: landmarks.length });
    await this.#edit(chosen, `landmark ${landmarks.length} added`, (one) => ({
      ...one,
      landmarks: [...one.landmarks, landmark],
    }));
  }

  /** Changes the registration, and moves the image by its landmarks where they tell a map. */
  async #edit(
    chosen: Chosen,
    what: string,
    change: (registration: Registration) => Registration,
  ): Promise<void> {
    const before = this.#registration(chosen);
    const after = change(before);
    const { registrations, placements } = this.parts.store.state;
    this.parts.before(`registration: ${what}`);
    this.parts.store.set({
      // The one in force comes last.
      registrations: [
        ...registrations.filter(
          ({ moving, fixed }) =>
            moving !== after.moving || fixed !== after.fixed,
        ),
        after,
      ],
    });
    this.#tell({ work: { state: 'idle' } });
    const found = mapOf(after, placements);
    if ('map' in found) await this.#moved(after.moving, found.map);
  }

  async #place(image: string, map: Affine, what: string): Promise<void> {
    this.parts.before(`registration: ${what}`);
    await this.#moved(image, map);
  }

  async #moved(image: string, map: Affine | null): Promise<void> {
    const { placements } = this.parts.store.state;
    const others = Object.entries(placements).filter(([id]) => id !== image);
    this.parts.store.set({
      placements: Object.fromEntries([
        ...others,
        ...(map ? [[image, map] as const] : []),
      ]),
    });
    await this.parts.layering.edit((layers) => layers);
  }

  async #nudge(
    { moving, fixed }: Chosen,
    {
      by = [0, 0],
      turn = 0,
      scale = 1,
    }: Extract<RegisterAction, { do: 'nudge' }>,
  ): Promise<void> {
    const { placements } = this.parts.store.state;
    const map = placements[moving.id] ?? identity;
    const pixel = Math.min(
      pixelOf(moving, map),
      pixelOf(fixed, placements[fixed.id]),
    );
    const about = turnedAbout(applyTo(map, middleOf(moving)), turn, scale);
    const [x, y] = by;
    await this.#place(
      moving.id,
      compose([1, 0, x * pixel, 0, 1, y * pixel], compose(about, map)),
      'nudge',
    );
  }

  async #reset({ moving, fixed }: Chosen): Promise<void> {
    const { registrations } = this.parts.store.state;
    this.parts.before('registration: reset');
    this.parts.store.set({
      registrations: registrations.filter(
        (one) => one.moving !== moving.id || one.fixed !== fixed.id,
      ),
    });
    this.#tell({ pending: null, selected: null });
    await this.#moved(moving.id, null);
  }

  async #find(
    chosen: Chosen,
    action: Extract<RegisterAction, { do: 'automatic' }>,
  ): Promise<void> {
    this.#end();
    const search = new AbortController();
    this.#search = search;
    const { signal } = search;
    const working = (stage: 'search' | 'refine', fraction: number): void => {
      if (!signal.aborted)
        this.#tell({ work: { state: 'running', stage, fraction } });
    };
    working('search', 0);
    try {
      const { placements } = this.parts.store.state;
      const result = await findMap(
        { ...chosen, placements, choices: action },
        {
          ...this.automatic,
          kind: this.#registration(chosen).kind,
          signal,
          onProgress: ({ stage, fraction }) => working(stage, fraction),
        },
      );
      signal.throwIfAborted();
      this.#tell({ work: { state: 'proposed', result }, stage: 'review' });
    } catch (caught) {
      if (this.#search !== search) return;
      if (!signal.aborted) throw caught;
      this.#tell({ work: { state: 'idle' } });
    }
  }

  async #accept({ moving, fixed }: Chosen): Promise<void> {
    const { work } = this.#state;
    if (work.state !== 'proposed') return;
    this.#end();
    const registration = this.#registration({ moving, fixed });
    const { registrations } = this.parts.store.state;
    this.parts.before('registration: automatic');
    this.parts.store.set({
      registrations: [
        ...registrations.filter((one) => one !== registration),
        registration,
      ],
    });
    await this.#moved(moving.id, work.result.map);
  }

  /** From where the file of the one puts it to where the file of the other puts that: both may have been moved since. */
  #save({ moving, fixed }: Chosen): void {
    const { placements } = this.parts.store.state;
    const map = compose(
      invert(placements[fixed.id] ?? identity),
      placements[moving.id] ?? identity,
    );
    const unit =
      fixed.source.unit === 'µm' ? 'um' : (fixed.source.unit ?? 'px');
    const about = `from ${fixed.name} to ${moving.name}, in ${unit}`;
    const name = `${fileName(moving.name)}-to-${fileName(fixed.name)}.tfm`;
    saveFile(
      new File([writeTransform(map, about)], name, { type: 'text/plain' }),
    );
  }

  async #load({ moving, fixed }: Chosen, text: string): Promise<void> {
    const map = readTransform(text);
    const { placements } = this.parts.store.state;
    this.#tell({ work: { state: 'idle' } });
    await this.#place(
      moving.id,
      compose(placements[fixed.id] ?? identity, map),
      'transform',
    );
  }
}
