import { html, svg } from 'lit';
import type { SVGTemplateResult, TemplateResult } from 'lit';
import type { Point } from '../../imaging/geometry.js';
import type { StageMark, StageMarkEvent } from './panes.js';
import type { Place } from './view.js';

type PointMark = Extract<StageMark, { readonly kind: 'point' }>;

/** How marks meet the pane they lie on. */
export interface MarkGround {
  /** CSS pixels. */
  readonly size: Place;
  /** Where a position of the world is seen. */
  readonly place: (world: Point) => Place;
  readonly press: (mark: PointMark, event: PointerEvent) => void;
  readonly key: (mark: PointMark, event: KeyboardEvent) => void;
}

/** Lines twice: a dark halo, then white, so that they are seen on any image. */
const lines = (d: string): SVGTemplateResult =>
  svg`<path class="halo" d=${d} /><path class="line" d=${d} />`;

const at = ([x, y]: Place): string => `${x.toFixed(1)} ${y.toFixed(1)}`;

const polygon = (places: readonly Place[]): string =>
  places.length > 0 ? `M${places.map(at).join('L')}Z` : '';

/** A cross whose middle is left free. */
export const crossPath = ([x, y]: Place): string =>
  [
    [-13, 0, 9, 0],
    [13, 0, -9, 0],
    [0, -13, 0, 9],
    [0, 13, 0, -9],
  ]
    .map(
      ([fromX, fromY, byX, byY]) =>
        `M${at([x + fromX, y + fromY])}l${byX} ${byY}`,
    )
    .join('');

/** A line that ends in two short strokes. */
function arrowPath(from: Place, to: Place): string {
  const angle = Math.atan2(to[1] - from[1], to[0] - from[0]);
  const barb = (turn: number): Place => [
    to[0] - 6 * Math.cos(angle + turn),
    to[1] - 6 * Math.sin(angle + turn),
  ];
  return `M${at(from)}L${at(to)}M${at(barb(0.5))}L${at(to)}L${at(barb(-0.5))}`;
}

const shapes: Readonly<Record<PointMark['shape'], SVGTemplateResult>> = {
  round: svg`<circle class="face" r="9" />`,
  square: svg`<rect class="face" x="-5" y="-5" width="10" height="10" rx="1" />`,
  turn: svg`<path class="face" d="M0-6 6 0 0 6-6 0z" />`,
};

function point(mark: PointMark, ground: MarkGround): SVGTemplateResult {
  const [x, y] = ground.place(mark.at);
  return svg`<g
    class="point ${mark.selected ? 'selected' : ''}"
    transform="translate(${x.toFixed(1)} ${y.toFixed(1)})"
    tabindex="0"
    role="button"
    aria-label=${mark.label}
    aria-pressed=${mark.selected ? 'true' : 'false'}
    data-mark=${mark.id}
    @pointerdown=${(event: PointerEvent) => ground.press(mark, event)}
    @keydown=${(event: KeyboardEvent) => ground.key(mark, event)}
  ><circle class="reach" r="13" />${shapes[mark.shape]}${
    mark.words ? svg`<text dy="3.8">${mark.words}</text>` : null
  }</g>`;
}

function drawn(mark: StageMark, ground: MarkGround): SVGTemplateResult {
  switch (mark.kind) {
    case 'outline':
      return lines(polygon(mark.points.map(ground.place)));
    case 'cross':
      return lines(crossPath(ground.place(mark.at)));
    case 'arrow': {
      const [from, to] = [ground.place(mark.from), ground.place(mark.to)];
      return svg`${lines(arrowPath(from, to))}${
        mark.words
          ? svg`<text class="words" x=${to[0] + 12} y=${to[1] - 8}>${mark.words}</text>`
          : null
      }`;
    }
    case 'point':
      return point(mark, ground);
  }
}

/** The marks of a pane, and the cross of the pointer. */
export const marksLayer = (
  marks: readonly StageMark[],
  ground: MarkGround,
  crosshair: Place | null,
): TemplateResult =>
  html`<svg class="marks" width=${ground.size[0]} height=${ground.size[1]}>
    ${marks.map((mark) => drawn(mark, ground))}
    ${crosshair ? svg`<g class="crosshair">${lines(crossPath(crosshair))}</g>` : null}
  </svg>`;

/** What a key does to a mark that has the focus: a step in CSS pixels or a word for it; null for any other key. */
export function markKey(
  event: KeyboardEvent,
): { readonly by: Place } | { readonly what: StageMarkEvent['what'] } | null {
  const arrow = arrows[event.key];
  const far = event.shiftKey ? 10 : 1;
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  if (arrow) return { by: [far * arrow[0], far * arrow[1]] };
  if (event.key === 'Delete' || event.key === 'Backspace')
    return { what: 'remove' };
  if (event.key === 'Enter' || event.key === ' ') return { what: 'select' };
  return null;
}

/** Arrow keys as steps to the right and down. */
export const arrows: Partial<Record<string, Place>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
