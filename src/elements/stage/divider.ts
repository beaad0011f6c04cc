import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { splitIcon } from '../icons.js';
import { styleMap } from '../style-map.js';
import type { StageSplit } from './panes.js';

const held = (at: number): number => Math.min(1, Math.max(0, at));

/** Where a key moves the divider; null for any other key. */
function keyed({ key, shiftKey }: KeyboardEvent, at: number): number | null {
  const way = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[key];
  if (way) return at + way * (shiftKey ? 0.1 : 0.01);
  return key === 'Home' ? 0 : key === 'End' ? 1 : null;
}

/**
 * The line between two sides, to be dragged or moved by arrows, with Shift ten times as far, Home and End.
 * @param now where it is by now, which may be further than what is drawn
 * @param onMove hears the share of the pane, 0 to 1, that the first side shall have
 */
export function divider(
  { at, upright }: StageSplit,
  now: () => number,
  onMove: (at: number) => void,
): TemplateResult {
  const press = (event: PointerEvent): void => {
    const line = event.currentTarget;
    const box =
      line instanceof HTMLElement &&
      line.parentElement?.getBoundingClientRect();
    if (!box || event.button !== 0) return;
    event.preventDefault();
    line.focus();
    line.setPointerCapture(event.pointerId);
    const share = ({ clientX, clientY }: PointerEvent): number =>
      upright
        ? (clientX - box.left) / box.width
        : (clientY - box.top) / box.height;
    const grip = share(event) - now();
    const until = new AbortController();
    const { signal } = until;
    line.addEventListener(
      'pointermove',
      (moved) => onMove(held(share(moved) - grip)),
      { signal },
    );
    for (const end of ['pointerup', 'pointercancel'] as const)
      line.addEventListener(end, () => until.abort(), { signal });
  };
  const key = (event: KeyboardEvent): void => {
    const to = keyed(event, now());
    if (to === null || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    onMove(held(to));
  };
  return html`<div
    class="divider ${upright ? '' : 'level'}"
    role="slider"
    tabindex="0"
    aria-label="Divider"
    aria-orientation=${upright ? 'horizontal' : 'vertical'}
    aria-valuemin="0"
    aria-valuemax="100"
    aria-valuenow=${Math.round(100 * at)}
    aria-valuetext="${Math.round(100 * at)} % from the ${upright ? 'left' : 'top'}"
    style=${styleMap({ '--_at': `${100 * at}%` })}
    @pointerdown=${press}
    @keydown=${key}
  >
    <span>${splitIcon}</span>
  </div>`;
}
