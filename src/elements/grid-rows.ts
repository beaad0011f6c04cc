import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { numberField } from './number-field.js';
import { recall, remember } from './remember.js';
import { segments } from './segments.js';
import { select } from './select.js';
import type { SaveGrid, SessionState } from './state.js';

const key = 'save grid';
const measured = 'measured';
const sized = 'sized';

/** What was chosen for the grid, as it is remembered. */
interface GridChoice {
  /** `measured`, `sized`, or the id of an image. */
  readonly onto: string;
  readonly pixel: number;
  readonly interpolation: SaveGrid['interpolation'];
}

function chosen(): GridChoice {
  const known = recall(key) as Partial<
    Record<keyof GridChoice, unknown>
  > | null;
  const { onto, pixel, interpolation } = known ?? {};
  return {
    onto: typeof onto === 'string' ? onto : measured,
    pixel: typeof pixel === 'number' && pixel > 0 ? pixel : 1,
    interpolation: interpolation === 'linear' ? 'linear' : 'nearest',
  };
}

/** Images beside the cube whose pixels maps could have. */
const others = ({ layers, active, cubes }: SessionState) =>
  [...new Set(layers.map(({ owner }) => owner))].flatMap((id) => {
    const layer = layers.find(({ owner }) => owner === id);
    const name = cubes.find((cube) => cube.id === id)?.name ?? layer?.name;
    return id !== active && name !== undefined ? [[id, name] as const] : [];
  });

/** The grid that maps shall be saved on; undefined as measured. */
export function saveGrid(session: SessionState): SaveGrid | undefined {
  const { onto, pixel, interpolation } = chosen();
  if (onto === sized) return { onto: { pixel }, interpolation };
  return others(session).some(([id]) => id === onto)
    ? { onto: { image: onto }, interpolation }
    : undefined;
}

/** Lets the user choose the pixels of maps that are saved, where there is a choice: a second image, or a place that is not the file's. */
export function gridRows(
  session: SessionState,
  changed: () => void,
): TemplateResult | null {
  const { placements, active, cube } = session;
  const images = others(session);
  const moved = Object.hasOwn(placements, active);
  if (cube.state !== 'ready' || (images.length === 0 && !moved)) return null;
  const choice = chosen();
  const grid = saveGrid(session);
  const onto = grid ? choice.onto : measured;
  const give = (patch: Partial<GridChoice>): void => {
    remember(key, { ...choice, ...patch });
    changed();
  };
  return html`<div class="row grid">
      <label for="grid">Pixels of maps</label>
      ${select({
        id: 'grid',
        choices: [
          [measured, 'As measured'],
          ...images.map(([id, name]) => [id, `Of ${name}`] as const),
          [sized, 'Of a size'],
        ],
        chosen: onto,
        onChoice: (next) => give({ onto: next }),
      })}
    </div>
    ${
      onto === sized
        ? html`<div class="row grid">
            <span class="label">Pixel size</span>
            ${numberField({
              label: 'Pixel size of maps that are saved',
              value: choice.pixel,
              least: 0,
              unit: cube.summary.geometry.unit ?? 'px',
              onValue: (pixel) => {
                if (pixel > 0) give({ pixel });
              },
            })}
          </div>`
        : null
    }
    ${
      grid
        ? html`<div class="row grid">
            ${segments({
              id: 'between',
              label: 'Between pixels',
              choices: [
                ['nearest', 'Nearest'],
                ['linear', 'Linear'],
              ],
              chosen: choice.interpolation,
              onChoice: (interpolation) => give({ interpolation }),
            })}
          </div>`
        : moved
          ? html`<p class="hint">
              NRRD holds the place after registration. In the other formats only
              Stratigraph reads it: choose the pixels of the other image to bake
              it in.
            </p>`
          : null
    }`;
}
