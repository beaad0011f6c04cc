import { chooseFiles } from '../elements/choose-files.js';
import type { UnmixingController } from '../elements/controller.js';
import { applySettings, savedFormat } from '../elements/settings.js';
import type { SavedKind } from '../elements/settings.js';
import { co2Window } from '../spectral/axis.js';
import { UnmixingError } from '../spectral/errors.js';

export type Command = (
  controller: UnmixingController,
  ...given: readonly unknown[]
) => Promise<void> | void;

function text(name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  throw new UnmixingError(
    'input',
    `invalid ${name}: ${typeof value} (want a text)`,
  );
}

/** Opens the files that were given; asks for some where none were. */
async function open(
  controller: UnmixingController,
  given: readonly unknown[],
  what: 'files' | 'folder',
): Promise<void> {
  const all = given.flat();
  const files = all.filter((file): file is File => file instanceof File);
  if (files.length < all.length)
    throw new UnmixingError(
      'input',
      `invalid file: ${typeof all.find((file) => !(file instanceof File))} (want File objects)`,
    );
  const chosen = all.length > 0 ? files : await chooseFiles(what);
  if (chosen.length > 0) await controller.open(chosen);
}

const save =
  (what: SavedKind): Command =>
  (controller, format) =>
    controller.save(savedFormat(what, format));

/** What the commands of plugin-manifest.json do, by id. */
export const commands: Readonly<Record<string, Command>> = Object.freeze({
  /** Takes the files to open; without any the user is asked for them. */
  'stratigraph.open': (controller, ...files) =>
    open(controller, files, 'files'),
  /** The same for a folder. */
  'stratigraph.open-folder': (controller, ...files) =>
    open(controller, files, 'folder'),
  /** Takes the address, of the web. */
  'stratigraph.open-url': (controller, url) =>
    controller.openUrl(text('address', url)),
  /** Takes the id of a volume that the viewer holds. */
  'stratigraph.open-volume': (controller, id) =>
    controller.openVolume(text('volume', id)),
  /** Takes the place of a sample in the list that activate was given; the first when left out. */
  'stratigraph.open-sample': (controller, index) =>
    controller.openSample(typeof index === 'number' ? index : 0),
  'stratigraph.close': (controller) => controller.closeCube(),
  /** Takes the id of a cube of the session. */
  'stratigraph.activate': (controller, id) =>
    controller.activate(text('cube', id)),
  'stratigraph.next-cube': (controller) => {
    const ids = controller.state.cubes.map(({ id }) => id);
    const after = ids.indexOf(controller.state.active) + 1;
    controller.activate(ids.at(after % ids.length) ?? '');
  },
  /** These take a format; without one it is the last that the user chose. */
  'stratigraph.save-abundances': save('abundances'),
  'stratigraph.save-endmembers': save('endmembers'),
  'stratigraph.save-classes': save('classes'),
  'stratigraph.save-cube': save('cube'),
  'stratigraph.save-recipe': (controller) =>
    controller.save({ what: 'recipe' }),
  /** Takes "referenced" to tell of files by their names and sums; else they are in it. */
  'stratigraph.save-session': async (controller, files) =>
    (await controller.sessions()).asked({
      what: 'save',
      files: files === 'referenced' ? files : 'embedded',
    }),
  /** Takes the file; without one the user is asked for it. */
  'stratigraph.open-session': (controller, ...files) =>
    open(controller, files, 'files'),
  'stratigraph.unmix': (controller) => controller.unmix(),
  'stratigraph.stop': (controller) => controller.stop(),
  /** Takes the number of epochs; the preset's when left out. */
  'stratigraph.resume': (controller, epochs) =>
    controller.resume(typeof epochs === 'number' ? epochs : undefined),
  'stratigraph.exclude-co2': (controller) =>
    controller.exclude([...controller.state.request.exclude, co2Window]),
  'stratigraph.undo': (controller) => controller.undo(),
  'stratigraph.redo': (controller) => controller.redo(),
  /** Lets go of the pixel that is held. */
  'stratigraph.unpin': (controller) => controller.unpin(),
  /** Takes settings of the manifest's configuration, by name; null brings a default back. All are taken, or none. */
  'stratigraph.configure': (controller, settings) =>
    applySettings(controller, settings),
} satisfies Record<string, Command>);

/**
 * Runs a command of the manifest.
 * @throws UnmixingError `input` when there is none of this id
 */
export async function runCommand(
  id: string,
  controller: UnmixingController,
  ...given: readonly unknown[]
): Promise<void> {
  const command = Object.hasOwn(commands, id) ? commands[id] : undefined;
  if (!command)
    throw new UnmixingError(
      'input',
      `invalid command: ${id} (want ${Object.keys(commands).join(', ')})`,
    );
  await command(controller, ...given);
}
