import { droppedFiles } from 'stratigraph';
import type { SampleData } from 'stratigraph/contributions';
import { box, part } from './page.js';

/** Files by the button, the picker and by dropping them or a folder anywhere. Calls `open` with what was chosen. */
export function listenForFiles(
  open: (files: readonly File[] | Promise<readonly File[]>) => void,
): void {
  const picker = part('files', HTMLInputElement);
  box('open').addEventListener('click', () => picker.click());
  picker.addEventListener('change', () => {
    const files = [...(picker.files ?? [])];
    picker.value = ''; // so that the same file can be chosen again
    if (files.length) open(files);
  });

  const drop = box('drop');
  const holdsFiles = (event: DragEvent): boolean =>
    event.dataTransfer?.types.includes('Files') ?? false;
  document.addEventListener('dragover', (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    drop.hidden = false;
  });
  document.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) drop.hidden = true;
  });
  // The panel may take the files itself and let nobody else hear of it.
  window.addEventListener('drop', () => (drop.hidden = true), true);
  window.addEventListener('drop', (event) => {
    if (event.defaultPrevented || !holdsFiles(event)) return;
    event.preventDefault();
    const files = droppedFiles(event);
    if (files) open(files);
  });
}

/** Fills the Sample menu. Calls `open` with the place of the chosen one in the list. */
export function listSamples(
  samples: readonly SampleData[],
  open: (index: number) => void,
): void {
  const menu = box('samples');
  const button = box('sample');
  samples.forEach(({ title, description }, index) => {
    const item = document.createElement('button');
    item.type = 'button';
    item.role = 'menuitem';
    item.autofocus = index === 0; // as soon as the menu opens
    const line = document.createElement('small');
    line.textContent = description;
    item.append(title, line);
    item.addEventListener('click', () => {
      menu.hidePopover();
      open(index);
    });
    menu.append(item);
  });
  menu.addEventListener('beforetoggle', (event) => {
    if (event.newState !== 'open') return;
    const below = button.getBoundingClientRect();
    menu.style.inset = `${below.bottom + 4}px ${document.documentElement.clientWidth - below.right}px auto auto`;
  });
  menu.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const items = [...menu.querySelectorAll('button')];
    const now = items.findIndex((item) => item === document.activeElement);
    items[(now + step + items.length) % items.length].focus();
  });
}
