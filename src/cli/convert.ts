import { saveImage } from '../formats/save.js';
import { cubeImage } from '../session/export.js';
import type { ConvertCommand } from './command.js';
import { openCube } from './input.js';
import { progressLine } from './progress.js';
import { checkFolder, store } from './store.js';
import { tell } from './tell.js';

/**
 * Writes a cube in another format.
 * @throws UnmixingError with one sentence; `signal.reason` when interrupted, with nothing written
 */
export async function convert(
  command: ConvertCommand,
  signal: AbortSignal,
): Promise<void> {
  await checkFolder(command.out);
  const line = progressLine(process.stderr);
  try {
    const { cube, warnings } = await openCube(command, null, {
      signal,
      onProgress: (fraction) => line.show('reading', fraction),
    });
    const files = await saveImage(cubeImage(cube), command.format);
    await store(command.out, files, signal);
    line.clear();
    for (const warning of warnings) tell(`warning: ${warning}`);
  } finally {
    line.clear();
  }
}
