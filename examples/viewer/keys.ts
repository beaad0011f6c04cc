import type { Keybinding } from 'stratigraph/contributions';

/** What this viewer's own keys do while no field, list or menu has the focus. */
export interface Actions {
  readonly fit: () => void;
  readonly move: () => void;
  readonly pick: () => void;
}

/** What keys do while the image has the focus. */
export interface ImageActions {
  /** Steps to the right and down, in screen pixels or cube pixels as the tool has it; `far` with Shift. */
  readonly step: (x: number, y: number, far: boolean) => void;
  readonly zoom: (factor: number) => void;
  readonly press: () => void;
}

const arrows: Partial<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

const hasCommandKey = (event: KeyboardEvent): boolean =>
  event.ctrlKey || event.metaKey || event.altKey;

/** True where a key belongs to what has the focus: fields, lists, sliders, menus, the panel's own keys. */
function isTaken(event: KeyboardEvent): boolean {
  const [target] = event.composedPath();
  return (
    target instanceof Element &&
    target.closest(
      'input, select, textarea, [contenteditable], [role="menu"], [role="listbox"], [role="option"], [role="slider"]',
    ) !== null
  );
}

/** True where text is edited, which takes back its own edits. */
function isText(event: KeyboardEvent): boolean {
  const [target] = event.composedPath();
  return (
    target instanceof Element &&
    target.matches(
      'textarea, [contenteditable], input:not([type="range"], [type="radio"], [type="checkbox"])',
    )
  );
}

/** Whether a key is the one that a plugin names, as `Mod+Shift+Z`: Mod is Ctrl or Cmd. */
function isKey(event: KeyboardEvent, name: string): boolean {
  const parts = name.split('+');
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  return (
    key === parts.at(-1) &&
    (parts.includes('Mod')
      ? event.ctrlKey !== event.metaKey &&
        event.shiftKey === parts.includes('Shift')
      : !event.ctrlKey && !event.metaKey) &&
    event.altKey === parts.includes('Alt')
  );
}

/** Calls `run` for a key that a plugin contributes; the viewer's own keys do as `actions` have it. */
export function listenToKeys(
  keybindings: readonly Keybinding[],
  run: (binding: Keybinding) => void,
  actions: Actions,
): void {
  const own: Partial<Record<string, () => void>> = {
    f: actions.fit,
    m: actions.move,
    p: actions.pick,
  };
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented) return;
    const isFree = hasCommandKey(event) ? !isText(event) : !isTaken(event);
    if (!isFree) return;
    const binding = keybindings.find(
      ({ key, widget }) => widget === undefined && isKey(event, key),
    );
    const act = binding
      ? () => run(binding)
      : hasCommandKey(event)
        ? undefined
        : own[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  });
}

export function listenToImageKeys(
  image: HTMLElement,
  actions: ImageActions,
): void {
  image.addEventListener('keydown', (event) => {
    if (hasCommandKey(event)) return;
    const arrow = arrows[event.key];
    if (arrow) actions.step(...arrow, event.shiftKey);
    else if (event.key === '+' || event.key === '=') actions.zoom(1.25);
    else if (event.key === '-') actions.zoom(0.8);
    else if (event.key === 'Enter') actions.press();
    else return;
    event.preventDefault();
  });
}
