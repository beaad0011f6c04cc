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
import { comparedLegend, comparedPanels } from './compared.js';
import { type Plane, extentOf, planeOf, seenOf } from './plane.js';
import { Rasters, placedIn } from './rasters.js';

/** What a figure shall show, and how. */
export interface FigureChoices {
  /** What is seen in one, each map in one of its own, all maps side by side in one, or the comparison on show. */
  readonly what: 'seen' | 'maps' | 'sheet' | 'compared';
  /** `all` images, what the viewer shows (`view`), or one image, by the id of its layer. */
  readonly extent: string;
  /** Of the whole figure, CSS pixels. */
  readonly width: number;
  readonly theme: FigureTheme;
  readonly legend: boolean;
  /** The scale bar. */
  readonly bar: boolean;
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

/** What one call describes. */
interface Task {
  readonly session: SessionState;
  readonly choices: FigureChoices;
  /** Null where the viewer does not tell what it shows. */
  readonly seen: Seen | null;
  readonly caption: string;
  /** Of the two that are compared, where that is asked for and made. */
  readonly difference: Layer | null;
}

const isVisible = ({ style }: Layer): boolean => style.visible;

/** Tells figures from the state of a session. */
export class FigureDescriber {
  readonly #rasters = new Rasters();
  readonly #drawing = new Drawing();

  /** The figures that are asked for: one, or of `maps` one for each; none when nothing of the kind is shown. */
  describe(task: Task): readonly NamedFigure[] {
    switch (task.choices.what) {
      case 'seen':
        return this.#seen(task);
      case 'compared':
        return this.#compared(task);
      default:
        return this.#maps(task);
    }
  }

  #seen(task: Task): readonly NamedFigure[] {
    const { session, choices } = task;
    const visible = session.layers.filter(isVisible);
    if (visible.length === 0) return [];
    const plane = planeOf(visible.toReversed(), task.seen?.view ?? null);
    const drawn = this.#drawing
      .of(session.layers, session.composite.on)
      .filter(isVisible);
    const images = this.#placed(task, plane, drawn);
    const panel: Panel = {
      stacks: [{ images, part: whole, opacity: 1, tag: null }],
      extent: extentIn(plane, visible, task),
      title: null,
    };
    const legend = choices.legend ? legendOf(session) : [];
    return [figureOf(task, 'Layers', [panel], visible, { legend })];
  }

  #compared(task: Task): readonly NamedFigure[] {
    const { session, choices, seen, difference } = task;
    const compared = comparedPanels(session, difference);
    if (!compared) return [];
    const layers = compared.flatMap((panel) => panel.layers);
    const plane = planeOf(layers, seen?.view ?? null);
    const extent = extentIn(plane, layers, task);
    const panels = compared.map(({ title, stacks }): Panel => ({
      stacks: stacks((shown) => this.#placed(task, plane, shown)),
      extent,
      title:
        title === null
          ? null
          : { swatch: null, name: title, detail: '', bar: null },
    }));
    const legend = choices.legend
      ? comparedLegend(session, compared, difference)
      : [];
    return [
      figureOf(task, 'Comparison', panels, layers.toReversed(), { legend }),
    ];
  }

  #maps(task: Task): readonly NamedFigure[] {
    const { session, choices } = task;
    const { beneath } = choices;
    const maps = mapsOf(session);
    if (maps.length === 0) return [];
    const images = session.layers.filter(
      ({ role, style }) =>
        style.visible && (role === 'cube' || role === 'picture'),
    );
    const under = beneath ? images.toReversed() : [];
    const plane = planeOf(
      [...images.toReversed(), ...maps],
      task.seen?.view ?? null,
    );
    const extent = extentIn(plane, [...maps, ...under], task);
    const panels = maps.map((map): Panel => {
      const shown = beneath
        ? map
        : { ...map, style: { ...map.style, opacity: 1 } };
      return {
        stacks: [
          {
            images: this.#placed(task, plane, [...under, shown]),
            part: whole,
            opacity: 1,
            tag: null,
          },
        ],
        extent,
        title: choices.legend ? mapEntry(map) : null,
      };
    });
    // Swatches are in the titles; classes need one each.
    const rest = (shown: readonly LayerEntry[]) => ({
      ground: beneath ? ('page' as const) : ('black' as const),
      legend: choices.legend
        ? legendOf(
            session,
            shown.filter(({ image }) => image.kind === 'classes'),
          )
        : [],
    });
    return choices.what === 'sheet'
      ? [figureOf(task, 'Maps', panels, maps, rest(maps))]
      : maps.map((map, i) =>
          figureOf(task, map.name, [panels[i]], [map], rest([map])),
        );
  }

  #placed(
    { session }: Task,
    plane: Plane,
    layers: readonly Layer[],
  ): PlacedRaster[] {
    return placedIn(plane, layers, this.#rasters, session.viewer);
  }
}

/** @param layers of which the bottom-most, which is last, tells the unit */
function figureOf(
  { choices, caption }: Task,
  name: string,
  panels: readonly Panel[],
  layers: readonly Layer[],
  { ground = 'page', legend }: Partial<Figure> & Pick<Figure, 'legend'>,
): NamedFigure {
  const { width, theme, bar } = choices;
  const scale = bar ? scaleOf(panels, width, layers) : null;
  return {
    name,
    figure: { name, width, theme, ground, panels, legend, scale, caption },
  };
}

/** @param layers those in the figure */
function extentIn(
  plane: Plane,
  layers: readonly Layer[],
  { session, choices, seen }: Task,
): Rectangle {
  const { extent } = choices;
  const all = extentOf(plane, layers);
  if (extent === 'view')
    return (seen && seenOf(seen.view, seen.aspect, all)) ?? all;
  const chosen = session.layers.filter(({ id }) => id === extent);
  return chosen.length > 0 ? extentOf(plane, chosen) : all;
}

/** The longest round length that takes no more than a fifth of a panel. */
function scaleOf(
  panels: readonly Panel[],
  width: number,
  layers: readonly Layer[],
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
