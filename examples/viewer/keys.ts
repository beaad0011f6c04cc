/** What keys do while no field, list or menu has the focus. */
export interface Actions {
  readonly undo: () => void;
  readonly redo: () => void;
  readonly open: () => void;
  readonly fit: () => void;
  readonly move: () => void;
  readonly pick: () => void;
  /** Lets go of what is pinned. */
  readonly escape: () => void;
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

/** Ctrl or Cmd with Z takes back, with Shift and Z or with Y does again. */
function editOf(event: KeyboardEvent): 'undo' | 'redo' | null {
  if (event.altKey || event.ctrlKey === event.metaKey) return null;
  const key = event.key.toLowerCase();
  if (key === 'z') return event.shiftKey ? 'redo' : 'undo';
  return key === 'y' && !event.shiftKey ? 'redo' : null;
}

export function listenToKeys(actions: Actions): void {
  const byKey: Partial<Record<string, () => void>> = {
    o: actions.open,
    f: actions.fit,
    m: actions.move,
    p: actions.pick,
    Escape: actions.escape,
  };
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented) return;
    const edit = editOf(event);
    if (edit && !isText(event)) {
      event.preventDefault();
      actions[edit]();
      return;
    }
    if (hasCommandKey(event) || isTaken(event)) return;
    const act =
      byKey[event.key.length === 1 ? event.key.toLowerCase() : event.key];
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
