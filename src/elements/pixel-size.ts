import type { CubeSummary } from '../engine/protocol.js';
import { inUnit, pixelSized } from '../imaging/geometry.js';
import type { Geometry } from '../spectral/cube.js';
import { worldUnit } from './placements.js';
import type { LayerEntry, ReadyState, SessionState } from './state.js';

type Unit = Geometry['unit'];

/** A geometry with all lengths so many times as large; where its unit is not known they are µm then. In the unit that is given. */
function enlarged(geometry: Geometry, times: number, unit: Unit): Geometry {
  const own = inUnit(geometry, 'µm');
  return inUnit(pixelSized(own, times * own.spacing[0]), unit);
}

/** A cube as its worker tells it, with the length of its unit as the user has it: the worker knows of none. */
export const inLength = (
  summary: CubeSummary,
  unitLength: ReadyState['unitLength'],
  unit: Unit,
): CubeSummary =>
  unitLength === undefined
    ? summary
    : { ...summary, geometry: enlarged(summary.geometry, unitLength, unit) };

/** Whether a user may say how large pixels are: the file does not. */
export const isSizeable = ({ summary, unitLength }: ReadyState): boolean =>
  summary.geometry.unit === null || unitLength !== undefined;

/**
 * A cube with pixels of another width: itself, its results and its layers, where the file has them; null when the file says how wide
 * they are.
 * @param id of the cube, whose part the state is
 * @param size µm
 */
export function withPixelSize(
  { cube, runs, layers }: Pick<SessionState, 'cube' | 'runs' | 'layers'>,
  id: string,
  size: number,
): {
  readonly own: Pick<SessionState, 'cube' | 'runs'>;
  readonly layers: (all: readonly LayerEntry[]) => readonly LayerEntry[];
} | null {
  if (cube.state !== 'ready' || !isSizeable(cube)) return null;
  const { summary, unitLength = 1 } = cube;
  const unit = worldUnit(layers, id);
  const times = size / inUnit(summary.geometry, 'µm').spacing[0];
  // Layers of one geometry keep one, so that each is drawn anew once.
  const known = new Map<Geometry, Geometry>();
  const sized = (geometry: Geometry): Geometry => {
    const larger = known.get(geometry) ?? enlarged(geometry, times, unit);
    known.set(geometry, larger);
    return larger;
  };
  return {
    own: {
      cube: {
        ...cube,
        summary: { ...summary, geometry: sized(summary.geometry) },
        unitLength: unitLength * times,
      },
      runs: runs.map((run) => ({ ...run, geometry: sized(run.geometry) })),
    },
    layers: (all) =>
      all.map((layer) =>
        layer.owner === id ? { ...layer, source: sized(layer.source) } : layer,
      ),
  };
}
