import type { Capability, PanelPlace } from '../hosts/host.js';
import {
  Unusable,
  anything,
  commandId,
  fileName,
  identifier,
  key,
  list,
  number,
  oneOf,
  path,
  sampleFile,
  tag,
  take,
  takeIf,
  text,
  word,
} from './fields.js';

// What a plugin contributes, as plain data. The fields are described in plugin-manifest.schema.json.

export interface Command {
  readonly id: string;
  readonly title: string;
}
export const commandOf = (of: unknown): Command => ({
  id: take(of, 'id', commandId),
  title: take(of, 'title', text),
});

export interface Widget {
  readonly tag: string;
  readonly title: string;
  readonly place: PanelPlace;
}
export const widgetOf = (of: unknown): Widget => ({
  tag: take(of, 'tag', tag),
  title: take(of, 'title', text),
  place: take(of, 'place', oneOf('left', 'right', 'bottom', 'view')),
});

export interface Reader {
  readonly command: string;
  readonly title: string;
  /** Endings of names, as `*.hdr`. */
  readonly filenames: readonly string[];
}
export const readerOf = (of: unknown): Reader => ({
  command: take(of, 'command', commandId),
  title: take(of, 'title', text),
  filenames: take(of, 'filenames', list(fileName, 1)),
});

export interface Writer extends Reader {
  /** What the command takes to write this format. */
  readonly format: string;
  readonly data: 'image' | 'spectra' | 'recipe';
}
export const writerOf = (of: unknown): Writer => ({
  ...readerOf(of),
  format: take(of, 'format', word),
  data: take(of, 'data', oneOf('image', 'spectra', 'recipe')),
});

export interface SampleData {
  readonly command: string;
  readonly title: string;
  readonly description: string;
  /** Names of its files in the folder of samples that the viewer serves. */
  readonly files: readonly string[];
}
export const sampleOf = (of: unknown): SampleData => ({
  command: take(of, 'command', commandId),
  title: take(of, 'title', text),
  description: take(of, 'description', text),
  files: take(of, 'files', list(sampleFile, 1)),
});

/** A command where it appears, with what it is given. */
export interface Entry {
  readonly command: string;
  readonly arguments: readonly unknown[];
  /** Name of the state in which it is of use; undefined: always. */
  readonly when: string | undefined;
}
const entryOf = (of: unknown): Entry => ({
  command: take(of, 'command', commandId),
  arguments: takeIf(of, 'arguments', list(anything)) ?? [],
  when: takeIf(of, 'when', word),
});

export interface MenuEntry extends Entry {
  /** In place of the command's own. */
  readonly title: string | undefined;
  /** Entries of one group stand together, between lines. */
  readonly group: string;
}
export const menuEntryOf = (of: unknown): MenuEntry => ({
  ...entryOf(of),
  title: takeIf(of, 'title', text),
  group: take(of, 'group', word),
});

export interface Keybinding extends Entry {
  /** As `Mod+Shift+Z`; `Mod` is Cmd on a Mac and Ctrl elsewhere. */
  readonly key: string;
  /** Tag of the widget that listens for it itself while it has the focus; undefined: the viewer does. */
  readonly widget: string | undefined;
}
export const keybindingOf = (of: unknown): Keybinding => ({
  ...entryOf(of),
  key: take(of, 'key', key),
  widget: takeIf(of, 'widget', tag),
});

export interface Setting {
  readonly type: 'string' | 'integer' | 'number' | 'boolean';
  readonly title: string;
  readonly description: string;
  /** Undefined where it depends on other settings. */
  readonly default: unknown;
  readonly enum: readonly string[] | undefined;
  /** Names of the values of `enum`, one for each. */
  readonly enumTitles: readonly string[] | undefined;
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
}
export function settingOf(of: unknown): Setting {
  const setting: Setting = {
    type: take(of, 'type', oneOf('string', 'integer', 'number', 'boolean')),
    title: take(of, 'title', text),
    description: take(of, 'description', text),
    default: takeIf(of, 'default', anything),
    enum: takeIf(of, 'enum', list(text, 1)),
    enumTitles: takeIf(of, 'enumTitles', list(text, 1)),
    minimum: takeIf(of, 'minimum', number),
    maximum: takeIf(of, 'maximum', number),
  };
  const { enum: values, enumTitles: titles } = setting;
  if (titles && titles.length !== values?.length)
    throw new Unusable(
      `invalid enumTitles: ${titles.length} (want one for each of the ${values?.length ?? 0} values of enum)`,
    );
  if (setting.default !== undefined && !fits(setting.default, setting))
    throw new Unusable(
      `invalid default: ${JSON.stringify(setting.default)} (want a value that the setting may have)`,
    );
  return setting;
}

/** Whether a setting may have this value. */
export function fits(
  value: unknown,
  { type, enum: values, minimum, maximum }: Setting,
): boolean {
  if (type === 'integer' || type === 'number')
    return (
      typeof value === 'number' &&
      (type === 'number' || Number.isInteger(value)) &&
      value >= (minimum ?? -Infinity) &&
      value <= (maximum ?? Infinity)
    );
  if (type === 'boolean') return typeof value === 'boolean';
  return (
    typeof value === 'string' &&
    (values === undefined || values.includes(value))
  );
}

const capability = oneOf<Capability>(
  'volumes',
  'ordered-layers',
  'additive',
  'pick',
  'classes',
  'compare',
  'affine',
  'camera',
  'panel-left',
  'panel-right',
  'panel-bottom',
  'view',
);

/** The adapter of a viewer. */
export interface HostEntry {
  readonly id: string;
  readonly path: string;
  readonly export: string;
  /** Versions of the viewer that pass the conformance suite. */
  readonly tested: readonly string[];
  readonly interfaces: 'public' | 'internal';
  readonly capabilities: readonly Capability[];
  /** How it is told on a page; undefined where its host must be made by hand. */
  readonly found: string | undefined;
}
export const hostOf = (of: unknown): HostEntry => ({
  id: take(of, 'id', text),
  path: take(of, 'path', path),
  export: take(of, 'export', identifier),
  tested: take(of, 'tested', list(text, 1)),
  interfaces: take(of, 'interfaces', oneOf('public', 'internal')),
  capabilities: take(of, 'capabilities', list(capability)),
  found: takeIf(of, 'found', text),
});
