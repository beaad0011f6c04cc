import type { Head } from '../head.js';
import { baseName } from '../common/words.js';

/** The folder that a file lies in, with its slash; '' when its name has none. */
export const folderOf = (name: string): string =>
  name.slice(0, name.lastIndexOf('/') + 1);

/** Whether a file describes a folder of Zarr, of version 2 or 3. */
export const isZarr = ({ name, text }: Head): boolean =>
  ['.zgroup', '.zattrs', '.zarray', 'zarr.json'].includes(baseName(name)) &&
  /^\s*\{/.test(text);

/** Whether another file lies in the folder that a file describes. */
export const isInFolder = ({ name }: Head, other: string): boolean =>
  folderOf(name) !== '' && other.startsWith(folderOf(name));
