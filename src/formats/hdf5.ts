import { openChosen } from './arrays/open.js';
import { arraysOf } from './hdf5/arrays.js';
import { Hdf5 } from './hdf5/store.js';
import { nexusSignals } from './hdf5/nexus.js';
import type { Group, OpenOptions, Opened } from './opened.js';
import { isPtir, openPtir } from './hdf5/ptir.js';

/** Arrays by the conventions of NeXus where the file follows them, else any of two or three dimensions. */
function openArrays(file: Hdf5, task: OpenOptions): Promise<Opened> {
  const store = arraysOf(file);
  const signals = nexusSignals(file);
  const wanted = task.variables?.[file.name];
  const isSignal =
    signals.length > 0 &&
    (wanted === undefined ||
      signals.some(({ id }) => id === wanted.replace(/^\//, '')));
  return isSignal
    ? openChosen({ ...store, arrays: signals }, 'NeXus', [], task)
    : openChosen(
        store,
        file.paths.some((path) => file.hasAttribute(path, 'MATLAB_class'))
          ? 'MATLAB v7.3'
          : 'HDF5',
        [],
        task,
      );
}

/**
 * Opens an HDF5 file: the maps, spectra and pictures of a Photothermal .ptir; the signal of a NeXus file; the array of a
 * MATLAB v7.3 or other file, when it is the only one or was chosen.
 * @throws UnmixingError `file` with one sentence
 */
export async function openHdf5(
  { file }: Group,
  task: OpenOptions,
): Promise<readonly Opened[]> {
  const open = await Hdf5.open(file);
  try {
    return isPtir(open)
      ? await openPtir(open, task)
      : [await openArrays(open, task)];
  } finally {
    open.close();
  }
}
