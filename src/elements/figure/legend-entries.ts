import { formatHex, repeatsColour } from '../../imaging/colour.js';
import type { Layer } from '../../imaging/layer.js';
import type { LegendEntry, Swatch } from '../../session/figure/figure.js';
import { formatShare } from '../format.js';
import { limitWords } from '../ramp-style.js';
import type { LayerEntry, SessionState } from '../state.js';
import { barRaster } from './rasters.js';

type Session = Pick<SessionState, 'layers' | 'cubes' | 'classThreshold'>;

export const swatchOf = (
  endmember: number,
  colour: LayerEntry['style']['colour'],
): Swatch => ({
  number: endmember + 1,
  colour: formatHex(colour),
  hatched: repeatsColour(endmember),
});

/** A layer, as far as the legend tells of it. */
type Explained = Layer & Pick<LayerEntry, 'role' | 'endmember' | 'unit'>;

/** Shares of abundances read as per cent, whatever their layer says of its unit. */
const limitsOf = (layer: Explained): { low: string; high: string } =>
  limitWords(layer.role === 'abundance' ? { ...layer, unit: '' } : layer);

/** An entry that says in full what a map shows: its number and name, and its colours from limit to limit. */
export function mapEntry(layer: Explained): LegendEntry {
  const { name, endmember, style, image } = layer;
  return {
    swatch: endmember === null ? null : swatchOf(endmember, style.colour),
    name,
    detail: '',
    bar:
      image.kind === 'map'
        ? { raster: barRaster(layer), ...limitsOf(layer) }
        : null,
  };
}

/** An endmember among others: its colour says enough where it fades evenly from all to nothing. */
function abundanceEntry(
  layer: LayerEntry,
  endmember: number,
  detail: string,
): LegendEntry {
  const { name, style } = layer;
  if (style.colourMap !== 'single') return { ...mapEntry(layer), detail };
  const { low, high } = limitsOf(layer);
  const usual =
    style.limits[0] === 0 && style.limits[1] === 1 && style.gamma === 1;
  return {
    swatch: swatchOf(endmember, style.colour),
    name,
    detail: [usual ? '' : `${low} to ${high}`, detail]
      .filter((words) => words !== '')
      .join(', '),
    bar: null,
  };
}

/** The classes of a cube, for those endmembers that have no entry of their own. */
function classEntries(
  layer: LayerEntry,
  classThreshold: number,
  taken: ReadonlySet<number>,
): LegendEntry[] {
  const { image, name } = layer;
  if (image.kind !== 'classes') return [];
  return [
    ...image.names.flatMap((one, r) =>
      taken.has(r)
        ? []
        : [
            {
              swatch: swatchOf(r, image.colours[r]),
              name: one,
              detail: '',
              bar: null,
            },
          ],
    ),
    {
      swatch: null,
      name,
      detail: `at least ${formatShare(classThreshold)}`,
      bar: null,
    },
  ];
}

/** What the colours of visible layers stand for, in the order of the panel: endmembers by number, then other maps. */
export function legendOf(
  { layers, cubes, classThreshold }: Session,
  shown: readonly LayerEntry[] = layers,
): LegendEntry[] {
  const visible = shown.filter(({ style }) => style.visible);
  const owners = [...new Set(visible.map(({ owner }) => owner))];
  const place = (owner: string): number =>
    cubes.findIndex(({ id }) => id === owner);
  owners.sort((a, b) => place(a) - place(b));
  const several =
    new Set(
      visible.flatMap(({ role, owner }) =>
        role === 'abundance' ? [owner] : [],
      ),
    ).size > 1;
  return owners.flatMap((owner) => {
    const own = visible.filter((layer) => layer.owner === owner);
    const of = several
      ? (cubes.find(({ id }) => id === owner)?.name ?? owner)
      : '';
    const maps = own
      .flatMap((layer) =>
        layer.endmember === null ? [] : [{ layer, endmember: layer.endmember }],
      )
      .sort((a, b) => a.endmember - b.endmember);
    const taken = new Set(maps.map(({ endmember }) => endmember));
    return [
      ...maps.map(({ layer, endmember }) =>
        abundanceEntry(layer, endmember, of),
      ),
      ...own
        .filter(({ role }) => role === 'diagnostic')
        .flatMap((layer) =>
          layer.image.kind === 'classes'
            ? classEntries(layer, classThreshold, taken)
            : [mapEntry(layer)],
        ),
    ];
  });
}
