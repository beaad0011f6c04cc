import { listContributions } from './contributions/listing.js';
import type { Reader } from './contributions/kinds.js';
import type { EntryModule, Listing } from './contributions/listing.js';
import type { Host, Undo } from './hosts/host.js';
import type { Activated, ActivateOptions } from './plugin.js';
import { UnmixingError } from './spectral/errors.js';

export { listContributions } from './contributions/listing.js';
export type {
  EntryModule,
  Listing,
  SettingsPage,
} from './contributions/listing.js';
export type {
  Command,
  Entry,
  HostEntry,
  Keybinding,
  MenuEntry,
  Reader,
  SampleData,
  Setting,
  Widget,
  Writer,
} from './contributions/kinds.js';

/** Imports a module of the package by its path in the manifest, as `./dist/plugin.js`. */
export type Load = (path: string) => Promise<unknown>;

/** How the plugin is started on first use. */
export interface UseOptions extends Omit<ActivateOptions, 'sample'> {
  /** The viewer's adapter, or what makes it. Without one the page is searched for a viewer that is known. */
  readonly host?: Host | (() => Host | Promise<Host>);
  /** The folder that the viewer serves the sample data from. Without it no sample is offered in the panel. */
  readonly samples?: string | URL;
}

/** What a plugin contributes, and its use. */
export interface Contributions extends Listing {
  /** Starts the plugin, where it is not yet. */
  start(): Promise<Activated>;
  /**
   * Runs a command, with what it takes.
   * @throws UnmixingError `input` when it is not contributed, `host` when the package has no code for it
   */
  run(command: string, ...given: readonly unknown[]): Promise<void>;
  /** Opens a widget in its place; only this one when the plugin was not started before. Returns what closes it. */
  openWidget(tag: string): Promise<Undo>;
  /** Readers of files of this name, in the order of the manifest. */
  readersOf(fileName: string): readonly Reader[];
  /** Whether an entry with this `when` is of use now; before the plugin is started only one without. */
  holds(when: string | undefined): boolean;
  /** The function that makes the host of a viewer. */
  adapter(id: string): Promise<(options?: unknown) => Host>;
  /** Leaves the viewer as it was found; the next use starts anew. */
  dispose(): void;
}

type Activate = (host?: Host, options?: ActivateOptions) => Promise<Activated>;
type Conditions = Readonly<
  Record<string, (state: Activated['controller']['state']) => boolean>
>;
type Commands = Readonly<
  Record<
    string,
    (
      controller: Activated['controller'],
      ...given: readonly unknown[]
    ) => Promise<void> | void
  >
>;
const isActivate = (value: unknown): value is Activate =>
  typeof value === 'function';
const isAdapter = (value: unknown): value is (options?: unknown) => Host =>
  typeof value === 'function';
const ofFunctions = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every((one) => typeof one === 'function');
const isCommands = (value: unknown): value is Commands => ofFunctions(value);
const isConditions = (value: unknown): value is Conditions =>
  ofFunctions(value);

interface Started {
  readonly session: Activated;
  readonly commands: Commands;
  readonly conditions: Conditions;
}

/**
 * What a plugin contributes, from its manifest alone. Its code is imported on first use, once.
 * @param manifest parsed plugin-manifest.json; what cannot be used of it is left out and told in `warnings`
 * @param from address of the package's folder, or what imports its modules where a bundler has to see them
 */
export function contributions(
  manifest: unknown,
  from: string | URL | Load,
  options: UseOptions = {},
): Contributions {
  const listing = listContributions(manifest);
  const load = typeof from === 'function' ? from : loadFrom(from);
  let starting: Promise<Started> | null = null;
  let started: Started | null = null;

  async function loaded(path: string): Promise<unknown> {
    try {
      return await load(path);
    } catch (cause) {
      throw new UnmixingError(
        'host',
        `${path} of ${listing.name} could not be loaded.`,
        { cause },
      );
    }
  }

  async function start(widgets?: readonly string[]): Promise<Started> {
    const { host, samples, ...others } = options;
    const entry = usable(listing);
    const module = await loaded(entry.path);
    const activate = exported(module, entry, 'activate', isActivate);
    const commands = exported(module, entry, 'commands', isCommands);
    const conditions = exported(module, entry, 'conditions', isConditions);
    const viewer = typeof host === 'function' ? await host() : host;
    const session = await activate(viewer, {
      ...(typeof from === 'function' ? {} : workersAt(listing, from)),
      ...(samples === undefined ? {} : { sample: samplesAt(listing, samples) }),
      ...(widgets && { widgets }),
      ...others,
    });
    return { session, commands, conditions };
  }

  /** Once, whoever asks first; again after it failed or was ended. */
  function once(widgets?: readonly string[]): Promise<Started> {
    if (starting) return starting;
    const own = start(widgets);
    starting = own;
    own.then(
      (done) => {
        if (starting === own) started = done;
        else done.session.dispose();
      },
      () => {
        if (starting === own) starting = null;
      },
    );
    return own;
  }

  const named = <T>(
    kind: string,
    all: readonly T[],
    idOf: (one: T) => string,
    id: string,
  ): T => {
    const one = all.find((each) => idOf(each) === id);
    if (one) return one;
    throw new UnmixingError(
      'input',
      `invalid ${kind}: ${id} (want ${all.map(idOf).join(', ')})`,
    );
  };

  return {
    ...listing,
    start: async () => (await once()).session,
    async run(command, ...given) {
      named('command', listing.commands, ({ id }) => id, command);
      const { session, commands } = await once();
      if (!Object.hasOwn(commands, command))
        throw new UnmixingError(
          'host',
          `${listing.name} has no code for the command ${command}.`,
        );
      await commands[command](session.controller, ...given);
    },
    async openWidget(tag) {
      named('widget', listing.widgets, (widget) => widget.tag, tag);
      const { session } = await once([tag]);
      return session.open(tag);
    },
    readersOf(fileName) {
      const lower = fileName.toLowerCase();
      return listing.readers.filter(({ filenames }) =>
        filenames.some((pattern) => lower.endsWith(pattern.slice(1))),
      );
    },
    holds(when) {
      if (when === undefined) return true;
      if (!started || !Object.hasOwn(started.conditions, when)) return false;
      return started.conditions[when](started.session.controller.state);
    },
    async adapter(id) {
      const host = named('host', listing.hosts, (one) => one.id, id);
      const made = exportOf(await loaded(host.path), host.export);
      if (isAdapter(made)) return made;
      throw new UnmixingError(
        'host',
        `${host.path} of ${listing.name} exports no function ${host.export}.`,
      );
    },
    dispose() {
      started?.session.dispose();
      started = null;
      starting = null;
    },
  };
}

function usable({ entry, name, warnings }: Listing): EntryModule {
  if (entry) return entry;
  throw new UnmixingError(
    'host',
    `${name || 'The plugin'} cannot be started: ${warnings.join('; ')}.`,
  );
}

const exportOf = (module: unknown, name: string): unknown =>
  typeof module === 'object' && module !== null
    ? Object.entries(module).find(([key]) => key === name)?.[1]
    : undefined;

function exported<T>(
  module: unknown,
  entry: EntryModule,
  what: 'activate' | 'commands' | 'conditions',
  is: (value: unknown) => value is T,
): T {
  const value = exportOf(module, entry[what]);
  if (is(value)) return value;
  throw new UnmixingError(
    'host',
    `${entry.path} does not export ${entry[what]} as its manifest says.`,
  );
}

/** A whole address; in a page a relative one counts from the page. */
const addressOf = (base: string | URL): URL =>
  new URL(base, 'document' in globalThis ? document.baseURI : undefined);

const loadFrom =
  (base: string | URL): Load =>
  (path) =>
    import(/* @vite-ignore */ /* webpackIgnore: true */ whole(path, base));

const whole = (path: string, base: string | URL): string =>
  new URL(path, addressOf(base)).href;

const workersAt = (
  { worker, readerWorker }: Listing,
  base: string | URL,
): Pick<ActivateOptions, 'workerUrl' | 'readerUrl'> => ({
  ...(worker !== undefined && { workerUrl: whole(worker, base) }),
  ...(readerWorker !== undefined && { readerUrl: whole(readerWorker, base) }),
});

const samplesAt = (
  { sampleData }: Listing,
  folder: string | URL,
): ActivateOptions['sample'] =>
  sampleData.map(({ title, files }) => ({
    name: title,
    urls: files.map((file) => whole(file, folder)),
  }));
