import type { StoredArray } from '../arrays.js';
import { storedArray } from './arrays.js';
import type { Hdf5 } from './store.js';

/** What lies directly in a group, by its name there. */
function childrenOf(file: Hdf5, group: string): ReadonlySet<string> {
  const inside = `${group}/`;
  return new Set(
    file.paths
      .filter((path) => path.startsWith(inside))
      .map((path) => path.slice(inside.length))
      .filter((name) => !name.includes('/')),
  );
}

/** Names of the axes of a scan through a microscope by energy, row and column (NXstxm); some beamlines write them without attributes. */
function scanAxes(children: ReadonlySet<string>): readonly string[] | null {
  const energy = ['photon_energy', 'energy'].find((name) => children.has(name));
  const axes = energy ? [energy, 'sample_y', 'sample_x'] : [];
  return axes.length > 0 &&
    [...axes, 'data'].every((name) => children.has(name))
    ? axes
    : null;
}

/** The name of the signal in a group of data: said by the group, marked by itself, or "data". */
function signalOf(
  file: Hdf5,
  group: string,
  children: ReadonlySet<string>,
): string {
  const said = file.words(group, 'signal');
  if (children.has(said)) return said;
  const marked = [...children].find(
    (name) => Number(file.words(`${group}/${name}`, 'signal')) === 1,
  );
  return marked ?? 'data';
}

/**
 * Names of the axes of a signal, in the order of its dimensions. NeXus has had three ways to say them: a list in the
 * group, one text in the signal ("y:x"), and the number of its dimension in each axis.
 */
function axesOf(
  file: Hdf5,
  group: string,
  signal: string,
  children: ReadonlySet<string>,
): readonly (string | null)[] {
  const listed = file.attribute(group, 'axes');
  if (listed) return listed.map(String);
  const text = file.words(`${group}/${signal}`, 'axes');
  if (text !== '') return text.replace(/[[\]]/g, '').split(/[:,]/);
  const numbered: (string | null)[] = [];
  for (const name of children) {
    const dimension = file.number(`${group}/${name}`, 'axis') ?? 0;
    if (dimension >= 1 && dimension <= 8) numbered[dimension - 1] = name;
  }
  return numbered.length > 0 ? numbered : (scanAxes(children) ?? []);
}

/** The group of data that the file names as its default, https://manual.nexusformat.org/datarules.html; '' when it names none. */
function defaultGroup(file: Hdf5): string {
  let group = '';
  for (let depth = 0; depth < 4; depth++) {
    const next = file.words(group, 'default');
    if (next === '') break;
    group = group === '' ? next : `${group}/${next}`;
    if (!file.isGroup(group)) return '';
  }
  return group;
}

/** The signals of the groups of data (NXdata) in a NeXus file, with their axes; only the default one where the file names it. */
export function nexusSignals(file: Hdf5): StoredArray[] {
  const wanted = defaultGroup(file);
  const signals: StoredArray[] = [];
  for (const group of file.paths) {
    if (!file.isGroup(group)) continue;
    const children = childrenOf(file, group);
    const isData = file.words(group, 'NX_class') === 'NXdata';
    if (!isData && !scanAxes(children)) continue;
    const signal = signalOf(file, group, children);
    const dataset = file.dataset(`${group}/${signal}`);
    if (!dataset) continue;
    const axes = axesOf(file, group, signal, children).map((name) =>
      name !== null && children.has(name.trim())
        ? `${group}/${name.trim()}`
        : null,
    );
    const array = storedArray(file, dataset, axes);
    const { shape } = array;
    if (![2, 3].includes(shape.length) || shape.includes(0)) continue;
    if (group === wanted) return [array];
    signals.push(array);
  }
  return signals;
}
