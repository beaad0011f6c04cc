import type { SessionState } from 'stratigraph';
import { backendNames, number } from './words.js';
import type { ImageView } from './image-view.js';
import { box } from './page.js';

/** A word, then what is said of it, a little brighter. */
function say(
  id: string,
  ...pairs: readonly (readonly [string, string])[]
): void {
  box(id).replaceChildren(
    ...pairs.flatMap(([word, value]) => {
      const strong = document.createElement('b');
      strong.textContent = value;
      return [`${word} `, strong, ' '];
    }),
  );
}

/** What the pixel holds of the selected endmember, or of the strongest one. */
function shareAt({ pointer, unmixing, selected }: SessionState) {
  if (!pointer || !unmixing) return null;
  const pixel = pointer.y * unmixing.width + pointer.x;
  if (unmixing.mask[pixel]) return null;
  const count = unmixing.names.length;
  const shares = unmixing.abundances.subarray(
    pixel * count,
    (pixel + 1) * count,
  );
  const strongest = shares.indexOf(Math.max(...shares));
  const r = selected ?? strongest;
  return [unmixing.names[r], number(shares[r], 2)] as const;
}

/** The line at the bottom: where the pointer is and what lies there; what draws and computes. */
export function drawStatus(view: ImageView, state: SessionState): void {
  const { cube, pointer, run } = state;
  if (pointer && cube.state === 'ready') {
    const { geometry } = cube.summary;
    const unit = geometry.unit ? ` ${geometry.unit}` : '';
    const [x, y] = pointer.world;
    say('where', ['x', number(x, 1) + unit], ['y', number(y, 1) + unit]);
    say('pixel', ['Pixel', `${pointer.x}, ${pointer.y}`]);
    const share = shareAt(state);
    say('value', ...(share ? [share] : []));
  } else for (const id of ['where', 'pixel', 'value']) say(id);

  const backend =
    run.state === 'running'
      ? run.progress?.training?.backend
      : run.state === 'done'
        ? run.result.report.backend
        : null;
  box('backend').textContent = backend ? backendNames[backend] : '';
  if (cube.state === 'ready')
    say('zoom', ['Zoom', `${number(100 * view.zoom)} %`]);
  else say('zoom');
}
