import {
  Unusable,
  identifier,
  isRecord,
  path,
  record,
  take,
  takeIf,
  text,
  version,
  word,
} from './fields.js';
import {
  commandOf,
  hostOf,
  keybindingOf,
  menuEntryOf,
  readerOf,
  sampleOf,
  settingOf,
  widgetOf,
  writerOf,
} from './kinds.js';
import type {
  Command,
  HostEntry,
  Keybinding,
  MenuEntry,
  Reader,
  SampleData,
  Setting,
  Widget,
  Writer,
} from './kinds.js';

/** The newest schema of a manifest that is known here. */
export const knownSchemaVersion = 2;

/** The module that is imported on first use, and what it exports. */
export interface EntryModule {
  readonly path: string;
  readonly activate: string;
  readonly commands: string;
  readonly conditions: string;
}

/** All that a manifest contributes, without what cannot be used. */
export interface Listing {
  readonly name: string;
  readonly displayName: string;
  readonly commands: readonly Command[];
  readonly widgets: readonly Widget[];
  readonly readers: readonly Reader[];
  readonly writers: readonly Writer[];
  readonly sampleData: readonly SampleData[];
  /** Entries of each menu in their order: `file`, `edit`, `run`, `view`. */
  readonly menus: Readonly<Record<string, readonly MenuEntry[]>>;
  readonly keybindings: readonly Keybinding[];
  /** Pages of settings, each with its settings by name. */
  readonly configuration: readonly SettingsPage[];
  readonly hosts: readonly HostEntry[];
  /** Null when it cannot be used: then there is only what can be read. */
  readonly entry: EntryModule | null;
  readonly worker: string | undefined;
  readonly readerWorker: string | undefined;
  /** What was left out, and why: a sentence each. */
  readonly warnings: readonly string[];
}

export interface SettingsPage {
  readonly title: string;
  readonly properties: Readonly<Record<string, Setting>>;
}

/** Reads part after part; what cannot be used becomes a warning. */
class Reading {
  readonly warnings: string[] = [];

  /** What `read` gives, or nothing and a sentence; without a place that tells it all. */
  part<T>(where: string, read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof Unusable)) throw error;
      this.warnings.push(
        where ? `${where} is left out: ${error.message}` : error.message,
      );
      return undefined;
    }
  }

  /** The usable ones of a list, which may be missing. */
  all<T>(where: string, of: unknown, read: (one: unknown) => T): T[] {
    if (of === undefined) return [];
    if (!Array.isArray(of)) {
      this.warnings.push(`${where} is left out: it is no list`);
      return [];
    }
    return of.flatMap((one: unknown, i) => {
      const found = this.part(`${where}/${i}`, () => read(one));
      return found === undefined ? [] : [found];
    });
  }

  /** The same for the values of an object. */
  values<T>(
    where: string,
    of: unknown,
    read: (one: unknown, name: string, where: string) => T | undefined,
  ): Record<string, T> {
    if (of === undefined) return {};
    if (!isRecord(of)) {
      this.warnings.push(`${where} is left out: it is no object`);
      return {};
    }
    return Object.fromEntries(
      Object.entries(of).flatMap(([name, one]) => {
        const place = `${where}/${name}`;
        const found = this.part(place, () => read(one, name, place));
        return found === undefined ? [] : [[name, found]];
      }),
    );
  }
}

/** Refuses what was there before. */
function once<T>(read: (of: unknown) => T, id: (one: T) => string) {
  const known = new Set<string>();
  return (of: unknown): T => {
    const one = read(of);
    if (known.has(id(one))) throw new Unusable(`${id(one)} is there twice`);
    known.add(id(one));
    return one;
  };
}

/**
 * Lists what a plugin contributes, from its manifest alone: no code of it is loaded. Never throws: one bad contribution does
 * not stop the others, it is left out with a sentence in `warnings`.
 * @param manifest parsed plugin-manifest.json, from whomever
 */
export function listContributions(manifest: unknown): Listing {
  const reading = new Reading();
  const top = isRecord(manifest) ? manifest : {};
  const schemaVersion = reading.part('', () =>
    take(manifest, 'schemaVersion', version),
  );
  // Of what calls itself no manifest, nothing is believed.
  const given = schemaVersion === undefined ? {} : top;
  if (schemaVersion !== undefined && schemaVersion > knownSchemaVersion)
    reading.warnings.push(
      `schemaVersion is ${schemaVersion}, newer than the ${knownSchemaVersion} known here: what is new is passed over`,
    );
  const name = reading.part('', () => take(given, 'name', word)) ?? '';
  const contributed =
    given['contributions'] === undefined
      ? {}
      : (reading.part('', () => take(given, 'contributions', record)) ?? {});
  const at = (kind: string): string => `contributions/${kind}`;

  const commands = reading.all(
    at('commands'),
    contributed['commands'],
    once(
      (of) => {
        const command = commandOf(of);
        if (command.id.startsWith(`${name}.`)) return command;
        throw new Unusable(`${command.id} does not start with ${name}.`);
      },
      ({ id }) => id,
    ),
  );
  /** Only what names a command that there is. */
  const known =
    <T extends { readonly command: string }>(read: (of: unknown) => T) =>
    (of: unknown): T => {
      const one = read(of);
      if (commands.some(({ id }) => id === one.command)) return one;
      throw new Unusable(
        `it names the command ${one.command}, which is not contributed`,
      );
    };
  const widgets = reading.all(
    at('widgets'),
    contributed['widgets'],
    once(widgetOf, ({ tag }) => tag),
  );
  const settings = new Set<string>();
  const ownSetting = (key: string): void => {
    if (!key.startsWith(`${name}.`))
      throw new Unusable(`it does not start with ${name}.`);
    if (settings.has(key)) throw new Unusable(`${key} is there twice`);
    settings.add(key);
  };
  const listed = <T extends { readonly command: string }>(
    kind: string,
    read: (of: unknown) => T,
  ): T[] => reading.all(at(kind), contributed[kind], known(read));

  return {
    name,
    displayName:
      reading.part('', () => takeIf(given, 'displayName', text)) ?? name,
    commands,
    widgets,
    readers: listed('readers', readerOf),
    writers: listed('writers', writerOf),
    sampleData: listed('sampleData', sampleOf),
    menus: reading.values(at('menus'), contributed['menus'], (of, _, where) =>
      reading.all(where, of, known(menuEntryOf)),
    ),
    keybindings: listed('keybindings', (of) => {
      const binding = keybindingOf(of);
      const { widget } = binding;
      if (widget === undefined || widgets.some(({ tag }) => tag === widget))
        return binding;
      throw new Unusable(
        `it names the widget ${widget}, which is not contributed`,
      );
    }),
    configuration: reading.all(
      at('configuration'),
      contributed['configuration'],
      (of) => {
        const title = take(of, 'title', text);
        const properties = take(of, 'properties', record);
        const where = `${at('configuration')}/${title}`;
        return {
          title,
          properties: reading.values(where, properties, (one, key) => {
            ownSetting(key);
            return settingOf(one);
          }),
        };
      },
    ),
    hosts: reading.all(
      'hosts',
      given['hosts'],
      once(hostOf, ({ id }) => id),
    ),
    entry:
      reading.part('entry', () => {
        const of = take(given, 'entry', record);
        return {
          path: take(of, 'path', path),
          activate: take(of, 'activate', identifier),
          commands: take(of, 'commands', identifier),
          conditions: take(of, 'conditions', identifier),
        };
      }) ?? null,
    worker: reading.part('', () => takeIf(given, 'worker', path)),
    readerWorker: reading.part('', () => takeIf(given, 'readerWorker', path)),
    warnings: reading.warnings,
  };
}
