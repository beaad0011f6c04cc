import type { View } from '../../hosts/host.js';
import type { Layer } from '../../imaging/layer.js';
import { scaleBar } from '../../imaging/scale-bar.js';
import type {
  Figure,
  FigureTheme,
  Panel,
  PlacedRaster,
  Rectangle,
} from '../../session/figure/figure.js';
import { gridOf, unitOf } from '../../session/figure/grid.js';
import { Drawing } from '../entries.js';
import type { LayerEntry, SessionState } from '../state.js';
import { legendOf, mapEntry } from './legend-entries.js';
import { type Plane, extentOf, placing, planeOf, seenOf } from './plane.js';
import { Rasters } from './rasters.js';

/** What a figure shall show, and how. */
export interface FigureChoices {
  /** What is seen in one, each map in one of its own, or all maps side by side in one. */
  readonly what: 'seen' | 'maps' | 'sheet';
  /** `all` images, what the viewer shows (`view`), or one image, by the id of its layer. */
  readonly extent: string;
  /** Of the whole figure, CSS pixels. */
  readonly width: number;
  readonly theme: FigureTheme;
  readonly legend: boolean;
  readonly scale: boolean;
  /** Maps lie over the images beneath them, as in the viewer; else on black, at full strength. */
  readonly beneath: boolean;
}

/** What a viewer shows now. */
export interface Seen {
  readonly view: View;
  /** Width over height. */
  readonly aspect: number;
}

/** A figure with what its file is called, without ending. */
export interface NamedFigure {
  readonly name: string;
  readonly figure: Figure;
}

const whole: Rectangle = { x: 0, y: 0, width: 1, height: 1 };
const isMap = ({ role, style }: LayerEntry): boolean =>
  style.visible && (role === 'abundance' || role === 'diagnostic');

/** Maps that can have a figure of their own: those that are shown, endmembers by number first. */
export const mapsOf = ({
  layers,
}: Pick<SessionState, 'layers'>): readonly LayerEntry[] => {
  const place = ({ endmember }: LayerEntry): number => endmember ?? Infinity;
  return layers.filter(isMap).sort((a, b) => place(a) - place(b) || 0);
};

/** Images that a figure can be cut to: the visible ones, the maps of a cube counting as one. */
export function extentsOf({
  layers,
}: Pick<SessionState, 'layers'>): readonly LayerEntry[] {
  const visible = layers.filter(({ style }) => style.visible);
  return visible.filter(
    ({ role, owner }, i) =>
      role !== 'abundance' ||
      visible.findIndex(
        (other) => other.role === role && other.owner === owner,
      ) === i,
  );
}

/** Tells figures from the state of a session. */
export class FigureDescriber {
  readonly #rasters = new Rasters();
  readonly #drawing = new Drawing();

  /**
   * The figures that are asked for: one, or of `maps` one for each; none when nothing is shown.
   * @param seen null where the viewer does not tell
   * @param caption of each
   */
  describe(
    session: SessionState,
    choices: FigureChoices,
    seen: Seen | null,
    caption: string,
  ): readonly NamedFigure[] {
    const visible = session.layers.filter(({ style }) => style.visible);
    if (visible.length === 0) return [];
    const plane = planeOf([...visible].reverse(), seen?.view ?? null);
    const figureOf = (
      name: string,
      panels: readonly Panel[],
      rest: Pick<Figure, 'ground' | 'legend'>,
    ): NamedFigure => ({
      name,
      figure: {
        name,
        width: choices.width,
        theme: choices.theme,
        panels,
        scale: choices.scale ? scaleOf(panels, choices.width, visible) : null,
        caption,
        ...rest,
      },
    });

    if (choices.what === 'seen') {
      const drawn = this.#drawing
        .of(session.layers, session.composite.on)
        .filter(({ style }) => style.visible);
      const stacks = [
        { images: this.#placed(session, plane, drawn), part: whole, tag: null },
      ];
      const extent = extentIn(plane, visible, choices, seen);
      return [
        figureOf('Layers', [{ stacks, extent, title: null }], {
          ground: 'page',
          legend: choices.legend ? legendOf(session) : [],
        }),
      ];
    }

    const maps = mapsOf(session);
    if (maps.length === 0) return [];
    const under = choices.beneath
      ? visible.filter(({ role }) => role === 'cube' || role === 'picture')
      : [];
    const extent = extentIn(plane, [...maps, ...under], choices, seen);
    const panels = maps.map((map): Panel => {
      const shown = choices.beneath
        ? map
        : { ...map, style: { ...map.style, opacity: 1 } };
      const images = this.#placed(
        session,
        plane,
        [...under].reverse().concat(shown),
      );
      return {
        stacks: [{ images, part: whole, tag: null }],
        extent,
        title: choices.legend ? mapEntry(map) : null,
      };
    });
    const ground = choices.beneath ? 'page' : 'black';
    const legendFor = (shown: readonly LayerEntry[]) =>
      choices.legend
        ? legendOf(
            session,
            shown.filter(({ image }) => image.kind === 'classes'),
          )
        : [];
    if (choices.what === 'sheet')
      return [figureOf('Maps', panels, { ground, legend: legendFor(maps) })];
    return maps.map((map, i) =>
      figureOf(map.name, [panels[i]], { ground, legend: legendFor([map]) }),
    );
  }

  /** Layers bottom first, where they lie in the plane. */
  #placed(
    { viewer }: Pick<SessionState, 'viewer'>,
    plane: Plane,
    layers: readonly Layer[],
  ): PlacedRaster[] {
    return layers.map((layer) => ({
      raster: this.#rasters.of(layer),
      at: placing(plane, layer.geometry),
      smooth: layer.style.interpolation === 'linear',
      // Elsewhere the viewer draws such layers over what is beneath, too.
      additive:
        layer.style.blending === 'additive' &&
        viewer.capabilities.has('additive'),
    }));
  }
}

function extentIn(
  plane: Plane,
  layers: readonly LayerEntry[],
  { extent }: Pick<FigureChoices, 'extent'>,
  seen: Seen | null,
): Rectangle {
  const all = extentOf(plane, layers);
  if (extent === 'view')
    return (seen && seenOf(seen.view, seen.aspect, all)) ?? all;
  const chosen = layers.filter(({ id }) => id === extent);
  return chosen.length > 0 ? extentOf(plane, chosen) : all;
}

/** The longest round length that takes no more than a fifth of a panel. */
function scaleOf(
  panels: readonly Panel[],
  width: number,
  layers: readonly LayerEntry[],
): Figure['scale'] {
  const [{ extent }] = panels;
  const grid = gridOf(panels.length, extent, width);
  const room =
    panels.length === 1
      ? 0.22 * grid.width
      : Math.min(grid.width, 120 * unitOf(width));
  const { unit } = layers[layers.length - 1].geometry;
  return scaleBar(extent.width / grid.width, room, unit);
}
