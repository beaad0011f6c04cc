import { type Geometry, unitGeometry } from '../../spectral/cube.js';
import { type EnviHeader, readList } from './header.js';

const metresPer: readonly (readonly [RegExp, number])[] = [
  [/micro|^\s*[uµμ]m/i, 1e-6],
  [/nano|^\s*nm/i, 1e-9],
  [/milli|^\s*mm/i, 1e-3],
  [/centi|^\s*cm/i, 1e-2],
  [/kilo|^\s*km/i, 1e3],
  [/met|^\s*m\b/i, 1],
];

/** A field of ours, which keeps all of a geometry: origin, spacing, direction (3 x 3, row-major), unit. */
export const geometryField = 'stratigraph geometry';

/** The entries of that field. */
export const geometryEntries = ({
  origin,
  spacing,
  direction,
  unit,
}: Geometry): (number | string)[] => [
  ...origin,
  ...spacing,
  ...direction,
  unit === 'µm' ? 'um' : (unit ?? 'unknown'),
];

function readOwn(header: EnviHeader): Geometry | null {
  const entries = readList(header, geometryField);
  const numbers = (entries ?? []).slice(0, 15).map(Number);
  const [x, y, z, dx, dy, dz, ...direction] = numbers;
  if (
    entries?.length !== 16 ||
    !numbers.every(Number.isFinite) ||
    !(Math.min(dx, dy, dz) > 0)
  )
    return null;
  const unit = entries[15];
  return {
    origin: [x, y, z],
    spacing: [dx, dy, dz],
    direction,
    unit: unit === 'um' ? 'µm' : unit === 'mm' ? unit : null,
  };
}

/** What an entry `units=…` of a list says in metres; null when there is none or it is no length. */
function metresOf(list: readonly string[]): number | null {
  const said = list
    .map((entry) => /^units\s*=\s*(.*)$/i.exec(entry)?.[1])
    .find((unit) => unit !== undefined);
  return metresPer.find(([pattern]) => pattern.test(said ?? ''))?.[1] ?? null;
}

const saysUnits = (list: readonly string[]): boolean =>
  list.some((entry) => /^units\s*=/i.test(entry));

/**
 * Where the image lies: by our own field, or by `pixel size` (metres unless it says otherwise) and `map info`; µm where
 * pixels are below a millimetre, else mm. `map info` names a place of the image, counted from 1 at the corner of the
 * first pixel, and its map coordinates, whose y runs up (as GDAL's ENVI driver reads it); ours runs down.
 */
export function readGeometry(header: EnviHeader, warnings: string[]): Geometry {
  const own = readOwn(header);
  if (own) return own;
  const size = readList(header, 'pixel size');
  const map = readList(header, 'map info') ?? [];
  const [x, y] = (size ?? map.slice(5)).slice(0, 2).map(Number);
  if (!(x > 0 && y > 0 && x < Infinity && y < Infinity)) return unitGeometry;
  const metres = size
    ? (metresOf(size) ?? (saysUnits(size) ? null : 1))
    : metresOf(map);
  const unit = metres === null ? null : x * metres < 1e-3 ? 'µm' : 'mm';
  const unitsPerMetre = unit === 'µm' ? 1e6 : 1e3;
  const inUnit = (value: number, scale: number | null): number =>
    scale === null || unit === null
      ? value
      : Number((value * scale * unitsPerMetre).toPrecision(12));
  if (map.some((entry) => /^rotation\s*=\s*[^0\s]/i.test(entry)))
    warnings.push('The rotation that "map info" gives is not used.');
  const [column, row, mapX, mapY, dx, dy] = map.slice(1, 7).map(Number);
  const mapMetres = metresOf(map);
  const origin = [mapX + (1.5 - column) * dx, -(mapY - (1.5 - row) * dy)].map(
    (value) => inUnit(value, mapMetres),
  );
  const isPlaced =
    origin.every(Number.isFinite) && (mapMetres !== null || metres === null);
  return {
    ...unitGeometry,
    ...(isPlaced && { origin: [origin[0], origin[1], 0] }),
    spacing: [inUnit(x, metres), inUnit(y, metres), 1],
    unit,
  };
}
