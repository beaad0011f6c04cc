import {
  corners,
  cubeGeometry,
  indexToWorld,
  scaleBar,
  type SessionState,
} from 'stratigraph';
import type { ImageView, Place } from './image-view.js';
import { box, part } from './page.js';

/** Screen pixels that the scale bar may take. */
const scaleRoom = 110;

const polygon = (places: readonly Place[]): string =>
  `M${places.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}Z`;

/** A cross whose middle is left free. */
const cross = ([x, y]: Place): string =>
  [
    [-13, 0, 9, 0],
    [13, 0, -9, 0],
    [0, -13, 0, 9],
    [0, 13, 0, -9],
  ]
    .map(
      ([fromX, fromY, byX, byY]) => `M${x + fromX} ${y + fromY}l${byX} ${byY}`,
    )
    .join('');

/** Draws what lies over the image: the outline of the cube, the picked pixel, the scale bar. */
export function drawMarks(view: ImageView, state: SessionState): void {
  const { cube, pointer } = state;
  const geometry = cubeGeometry(state);
  const marks = part('marks', SVGElement);
  const scale = box('scale');
  if (cube.state !== 'ready' || !geometry) {
    marks.replaceChildren();
    scale.hidden = true;
    return;
  }
  const { width, height } = cube.summary;
  const [first, second, third, fourth] = corners(geometry, width, height).map(
    (corner) => view.toView(corner),
  );
  let path = polygon([first, second, fourth, third]);
  if (pointer?.pinned) {
    const pixel = indexToWorld(geometry, [pointer.x, pointer.y, 0]);
    path += cross(view.toView(pixel));
  }
  marks.replaceChildren(
    ...['halo', 'line'].map((name) => {
      const drawn = document.createElementNS(
        'http://www.w3.org/2000/svg',
        'path',
      );
      drawn.setAttribute('class', name);
      drawn.setAttribute('d', path);
      return drawn;
    }),
  );

  const bar = scaleBar(view.unitsPerPixel, scaleRoom, geometry.unit);
  const end = bar.pixels + 0.5;
  const drawn = part('scale-bar', SVGElement);
  drawn.setAttribute('width', `${Math.ceil(bar.pixels) + 1}`);
  drawn.firstElementChild?.setAttribute('d', `M.5 0v6.500h${end - 0.5}v-6.5`);
  box('scale-length').textContent = bar.label;
  scale.hidden = false;
}
