import type { Host, Undo } from '../../hosts/host.js';

/**
 * Puts a stage over the viewer's image, where the viewer has room for that, else over the whole page. What had the
 * focus before has it again when a stage with the focus is taken back.
 * @param stage an element that fills its place
 */
export function mountStage(stage: HTMLElement, host: Host): Undo {
  const before = focused();
  const undo = host.capabilities.has('view')
    ? host.mountPanel(stage, 'cover')
    : overPage(stage);
  return () => {
    const held = stage.contains(document.activeElement);
    undo();
    if (held && before?.isConnected && before instanceof HTMLElement)
      before.focus({ preventScroll: true });
  };
}

/** What has the focus, in whichever shadow root. */
function focused(): Element | null {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at;
}

function overPage(stage: HTMLElement): Undo {
  const frame = document.createElement('div');
  Object.assign(frame.style, { position: 'fixed', inset: '0', zIndex: '1000' });
  frame.append(stage);
  document.body.append(frame);
  return () => {
    stage.remove();
    frame.remove();
  };
}
