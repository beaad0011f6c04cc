import type { Layer, LayerStyle } from '../../imaging/layer.js';
import { abundanceEntries, blend, ownLayers } from '../entries.js';
import { placedGeometry } from '../placements.js';
import type { SessionState } from '../state.js';
import { findRun } from './kept.js';

interface Blended {
  readonly colours: string;
  /** Of the maps on show, top-most first. */
  readonly styles: readonly LayerStyle[];
  readonly layer: Layer;
}

const blends = new WeakMap<Float32Array, Blended>();

/**
 * The maps of a result that is kept, on show or not and of whichever cube, blended into one layer: in its own colours, with the look
 * and order that the maps of its cube on show have. The same object as long as nothing of it changed; null when there is no such result.
 * @param id of the result
 */
export function runBlend(state: SessionState, id: string): Layer | null {
  const found = findRun(state, id);
  if (!found) return null;
  const { cube, run, name } = found;
  const { width, height, abundances, names } = run.unmixing;
  const maps = ownLayers(state.layers, cube).filter(
    ({ role }) => role === 'abundance',
  );
  const geometry = placedGeometry(run.geometry, state.placements[cube]);
  const colours = run.colours.join();
  const styles = maps.map(({ style }) => style);
  const known = blends.get(abundances);
  const same =
    known?.colours === colours &&
    known.styles.length === styles.length &&
    known.styles.every((style, i) => style === styles[i]);
  const { layer } = same
    ? known
    : {
        layer: blend(
          abundanceEntries(
            cube,
            { width, height, geometry },
            abundances,
            names,
            run.colours,
            maps,
          ),
        ),
      };
  const own = { id: `run:${id}`, name, geometry };
  const asIs =
    layer.id === own.id &&
    layer.name === own.name &&
    layer.geometry === geometry;
  const shown = asIs ? layer : { ...layer, ...own };
  if (!same || !asIs) blends.set(abundances, { colours, styles, layer: shown });
  return shown;
}
