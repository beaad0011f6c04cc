import {
  networkConstantNames,
  wantedConstant,
} from '../engine/network-constants.js';
import {
  abundanceRules,
  backends,
  methods,
  mostEndmembers,
  presets,
  scalings,
  unmixDefaults,
} from '../engine/options.js';
import type { UnmixRequest } from '../engine/options.js';
import { imageFormats, spectraFormats } from '../formats/save-formats.js';
import { UnmixingError } from '../spectral/errors.js';
import type { UnmixingController } from './controller.js';
import { emptyState } from './empty-state.js';
import { recall, remember } from './remember.js';
import type { SaveRequest } from './state.js';

/** What a value must be where it is not; null where it is. */
type Wanted = (value: unknown) => string | null;

const oneOf =
  (known: readonly string[]): Wanted =>
  (value) =>
    known.some((one) => one === value) ? null : known.join(', ');

const whole =
  (least: number, most: number): Wanted =>
  (value) =>
    typeof value === 'number' &&
    Number.isInteger(value) &&
    value >= least &&
    value <= most
      ? null
      : `a whole number from ${least} to ${most}`;

const idsOf = (formats: readonly (readonly [string, string])[]) =>
  formats.map(([id]) => id);

const between =
  (least: number, most: number): Wanted =>
  (value) =>
    typeof value === 'number' && value >= least && value <= most
      ? null
      : `a number from ${least} to ${most}`;

const themes = ['auto', 'dark', 'light'] as const;

/** What may be asked of a run, without the constants of the network: its names, and what it is when nothing is said. */
const requests: Readonly<Record<string, readonly [unknown, Wanted]>> = {
  endmembers: [emptyState.request.endmembers, whole(2, mostEndmembers)],
  preset: [unmixDefaults.preset, oneOf(presets)],
  method: [unmixDefaults.method, oneOf(methods)],
  scaling: [unmixDefaults.scaling, oneOf(scalings)],
  abundances: [unmixDefaults.abundances, oneOf(abundanceRules)],
  runs: [unmixDefaults.runs, whole(1, 50)],
  seed: [unmixDefaults.seed, whole(0, 2 ** 32 - 1)],
  backend: [unmixDefaults.backend, oneOf(['auto', ...backends])],
};

/** What is saved in a format that the user chooses. */
const savedKinds = [
  ['abundances', imageFormats],
  ['classes', imageFormats],
  ['cube', imageFormats],
  ['endmembers', spectraFormats],
] as const;
export type SavedKind = (typeof savedKinds)[number][0];

/** Every setting by its name in the manifest, without the name of the plugin before it. */
export const settings: Readonly<Record<string, Wanted>> = Object.freeze({
  theme: oneOf(themes),
  'class-threshold': between(0, 1),
  'keep-sessions': (value) =>
    typeof value === 'boolean' ? null : 'true or false',
  ...Object.fromEntries(
    Object.entries(requests).map(([name, [, wanted]]) => [name, wanted]),
  ),
  ...Object.fromEntries(
    networkConstantNames.map((name) => [
      `network.${name}`,
      (value: unknown) => wantedConstant(name, value),
    ]),
  ),
  ...Object.fromEntries(
    savedKinds.map(([what, formats]) => [
      `save.${what}`,
      oneOf(idsOf(formats)),
    ]),
  ),
});

const prefix = 'stratigraph.';

/** The settings that were given, by their short names, each of them as it must be. */
function checked(given: unknown): [string, unknown][] {
  if (typeof given !== 'object' || given === null)
    throw new UnmixingError(
      'input',
      `invalid settings: ${given === null ? 'null' : typeof given} (want an object of names and values)`,
    );
  return Object.entries(given).map(([key, value]): [string, unknown] => {
    const name = key.startsWith(prefix) ? key.slice(prefix.length) : '';
    if (!Object.hasOwn(settings, name))
      throw new UnmixingError(
        'input',
        `invalid setting: ${key} (want ${Object.keys(settings)
          .map((one) => prefix + one)
          .join(', ')})`,
      );
    const want = value === null ? null : settings[name](value);
    if (want !== null)
      throw new UnmixingError(
        'input',
        `invalid ${key}: ${JSON.stringify(value)} (want ${want})`,
      );
    return [name, value];
  });
}

/**
 * Sets what the manifest's configuration lists, as a viewer's own settings page does; null brings a default back.
 * @throws UnmixingError `input` naming the setting, its value and what is allowed; then nothing was set
 */
export function applySettings(
  controller: UnmixingController,
  given: unknown,
): void {
  const all = checked(given);
  const theme = all.find(([name]) => name === 'theme');
  if (theme)
    controller.setTheme(themes.find((one) => one === theme[1]) ?? 'auto');
  const threshold = all.find(([name]) => name === 'class-threshold');
  if (threshold)
    controller.setClassThreshold(
      Number(threshold[1] ?? emptyState.classThreshold),
    );
  const keep = all.find(([name]) => name === 'keep-sessions');
  if (keep)
    void controller
      .sessions()
      .then((sessions) =>
        sessions.asked({ what: 'keep', on: keep[1] !== false }),
      );
  for (const [name, value] of all)
    for (const [what, formats] of savedKinds)
      if (name === `save.${what}`)
        remember(`save ${what}`, value ?? formats[0][0]);

  const asked = all.filter(([name]) => Object.hasOwn(requests, name));
  const constants = all.flatMap(([name, value]) =>
    name.startsWith('network.')
      ? [[name.slice('network.'.length), value] as const]
      : [],
  );
  if (asked.length + constants.length === 0) return;
  const patch: Partial<UnmixRequest> = Object.fromEntries(
    asked.map(([name, value]) => [name, value ?? requests[name][0]]),
  );
  const touched = constants.map(([name]) => name);
  const network = Object.fromEntries([
    ...Object.entries(controller.state.request.network ?? {}).filter(
      ([name]) => !touched.includes(name),
    ),
    ...constants.filter(([, value]) => value !== null),
  ]);
  controller.setRequest(constants.length > 0 ? { ...patch, network } : patch);
}

/**
 * What to ask of the controller's `save`: in this format, or in the last that the user chose for it.
 * @throws UnmixingError `input` for another format, with those there are
 */
export function savedFormat(what: SavedKind, format: unknown): SaveRequest {
  const formats = what === 'endmembers' ? spectraFormats : imageFormats;
  const wanted = format ?? recall(`save ${what}`) ?? formats[0][0];
  const image = imageFormats.find(([id]) => id === wanted);
  const spectra = spectraFormats.find(([id]) => id === wanted);
  if (what === 'endmembers' && spectra) return { what, format: spectra[0] };
  if (what !== 'endmembers' && image) return { what, format: image[0] };
  throw new UnmixingError(
    'input',
    `invalid format: ${JSON.stringify(wanted)} (want ${idsOf(formats).join(', ')})`,
  );
}
