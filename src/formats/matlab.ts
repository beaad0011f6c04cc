import { keepPace } from '../spectral/pace.js';
import { openChosen } from './arrays/open.js';
import { readBytes } from './common/bytes.js';
import { compressedType, elementAt, unpack } from './matlab/elements.js';
import { MatlabWalk } from './matlab/walk.js';
import { type Group, type OpenOptions, type Opened, partOf } from './opened.js';

const headerBytes = 128;
/** Where the header ends in "IM", written by a machine that turns "MI" round. */
const orderAt = 126;

/**
 * Opens a MATLAB file of version 5 to 7: the array of two or three dimensions in it, when it is the only one or was
 * chosen. Structures and cells are named by their path: "s.V", "c{1}". Indices run as in MATLAB, the first fastest.
 * @throws UnmixingError `file` with one sentence
 */
export async function openMatlab(
  { file }: Group,
  task: OpenOptions,
): Promise<readonly Opened[]> {
  const order = await file.slice(orderAt, headerBytes).text();
  const bytes = await readBytes(file, order === 'IM');
  const walk = new MatlabWalk(file.name);
  const pace = keepPace(task.signal, task.onProgress);
  // Fewer bytes than a tag are padding.
  for (let at = headerBytes; at + 8 <= bytes.size;) {
    const element = elementAt(bytes, at);
    walk.variable(
      element.type === compressedType ? await unpack(element.data) : element,
    );
    at = element.next;
    await pace((0.5 * at) / bytes.size);
  }
  walk.finish();
  return [
    await openChosen(walk, 'MATLAB', walk.warnings, partOf(task, 0.5, 1)),
  ];
}
