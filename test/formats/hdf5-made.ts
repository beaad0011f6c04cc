import { File as Hdf5File, ready } from 'h5wasm';

let made = 0;

/** A file of HDF5 as h5wasm writes it. */
export async function hdf5(
  name: string,
  write: (file: Hdf5File) => void,
): Promise<File> {
  const { FS } = await ready;
  const path = `/made-${++made}.h5`;
  const file = new Hdf5File(path, 'w');
  write(file);
  file.close();
  const bytes = new Uint8Array(FS.readFile(path));
  FS.unlink(path);
  return new File([bytes], name);
}

/** A dataset in a group, which is made where it is not there. */
export function put(
  file: Hdf5File,
  path: string,
  data: Float32Array | Float64Array | Uint8Array | Uint16Array,
  shape: number[],
  attributes: Readonly<Record<string, string | string[] | number>> = {},
): void {
  const at = path.lastIndexOf('/');
  const group = at < 0 ? '' : path.slice(0, at);
  group.split('/').forEach((_, i, parts) => {
    const here = parts.slice(0, i + 1).join('/');
    if (here !== '' && !file.get(here)) file.create_group(here);
  });
  file.create_dataset({ name: path, data, shape });
  describe(file, path, attributes);
}

/** Attributes of what lies at a path. */
export function describe(
  file: Hdf5File,
  path: string,
  attributes: Readonly<Record<string, string | string[] | number>>,
): void {
  const object = file.get(path);
  if (object === null || !('create_attribute' in object))
    throw new Error(`nothing lies at ${path}`);
  for (const [name, value] of Object.entries(attributes))
    object.create_attribute(name, value);
}
