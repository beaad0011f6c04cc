import { css } from 'lit';

export const stageStyles = css`
  :host {
    position: relative;
    height: 100%;
    overflow: hidden;
    container-type: size;
    background: var(--_line);
    pointer-events: auto;
    user-select: none;
  }
  .panes {
    display: grid;
    grid-auto-columns: minmax(0, 1fr);
    grid-auto-flow: column;
    gap: 1px;
    height: 100%;
  }
  /* Two panes of a tall stage lie one above the other. */
  @container (aspect-ratio < 0.8) {
    .panes {
      grid-auto-rows: minmax(0, 1fr);
      grid-auto-flow: row;
    }
  }
  .pane {
    position: relative;
    overflow: hidden;
    background: light-dark(#cfcfcf, #0e0e0e);
  }
  .ground {
    position: absolute;
    inset: 0;
    touch-action: none;
    cursor: crosshair;
  }
  .ground:focus-visible {
    outline-offset: -2px;
  }
  .ground.dragged {
    cursor: grabbing;
  }
  canvas {
    display: block;
    width: 100%;
    height: 100%;
  }
  .marks {
    position: absolute;
    inset: 0;
    overflow: hidden;
    pointer-events: none;
    fill: none;
  }
  .halo {
    stroke: rgb(0 0 0 / 65%);
    stroke-width: 3;
  }
  .line {
    stroke: #fff;
    stroke-width: 1;
  }
  .aim {
    display: none;
  }
  .ground:focus-visible ~ .aim {
    display: block;
  }
  .point {
    pointer-events: auto;
    cursor: grab;
    outline: none;
  }
  .reach {
    fill: transparent;
  }
  .face {
    fill: #fff;
    stroke: #111;
    stroke-width: 1.4;
  }
  .point.selected .face {
    fill: #111;
    stroke: #fff;
  }
  .point:focus-visible .reach {
    stroke: var(--_focus);
    stroke-width: 2;
  }
  .point text {
    fill: #111;
    font: 600 10.5px var(--_font);
    text-anchor: middle;
  }
  .point.selected text {
    fill: #fff;
  }
  .words {
    fill: #fff;
    stroke: rgb(0 0 0 / 75%);
    stroke-width: 3;
    paint-order: stroke;
    font: 10.5px var(--_font);
  }
  .veil {
    border: 1px solid var(--_line);
    border-radius: 7px;
    background: var(--_veil);
  }
  .tools {
    position: absolute;
    top: 8px;
    left: 8px;
    display: grid;
    gap: 2px;
    padding: 2px;
  }
  .tools button {
    width: 28px;
    height: 28px;
    padding: 0;
    background: none;
    color: var(--_text);
  }
  .tools button:hover {
    background: var(--_hover);
  }
  .scale {
    position: absolute;
    right: 8px;
    bottom: 8px;
    display: flex;
    align-items: center;
    gap: 10px;
    height: 28px;
    padding: 0 10px;
    pointer-events: none;
  }
  .scale path {
    fill: none;
    stroke: currentColor;
  }
  .divider {
    position: absolute;
    inset: 0 auto;
    left: var(--_at);
    width: 24px;
    margin-left: -12px;
    touch-action: none;
    cursor: ew-resize;
  }
  .divider.level {
    inset: auto 0;
    top: var(--_at);
    left: 0;
    width: auto;
    height: 24px;
    margin: -12px 0 0;
    cursor: ns-resize;
  }
  .divider::before {
    content: '';
    position: absolute;
    inset: 0 11px;
    background: #fff;
    box-shadow: 0 0 0 1px rgb(0 0 0 / 55%);
  }
  .divider.level::before {
    inset: 11px 0;
  }
  .divider span {
    position: absolute;
    top: 50%;
    left: 50%;
    display: grid;
    place-items: center;
    width: 26px;
    height: 26px;
    margin: -13px;
    border-radius: 50%;
    background: #fff;
    color: #111;
    box-shadow: 0 0 0 1px rgb(0 0 0 / 55%);
  }
  .divider.level svg {
    rotate: 90deg;
  }
  .divider:focus-visible {
    outline: none;
  }
  .divider:focus-visible span {
    outline: 2px solid var(--_focus);
    outline-offset: 2px;
  }
  .over {
    position: absolute;
    inset: 0;
    pointer-events: none;
  }
`;
