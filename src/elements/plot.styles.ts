import { css } from 'lit';

export const plotStyles = css`
  :host {
    position: relative;
    min-width: 0;
    height: 140px;
  }
  #plot {
    position: absolute;
    inset: 0;
    overflow: hidden;
  }
  .uplot {
    position: relative;
  }
  .u-wrap {
    position: relative;
    user-select: none;
  }
  .u-over,
  .u-under {
    position: absolute;
  }
  .u-under {
    overflow: hidden;
  }
  .uplot canvas {
    display: block;
    position: relative;
    width: 100%;
    height: 100%;
  }
  .u-axis {
    position: absolute;
  }
  .u-cursor-x {
    position: absolute;
    left: 0;
    top: 0;
    height: 100%;
    border-right: 1px solid var(--_control);
    pointer-events: none;
  }
  .u-select,
  .u-off,
  .u-legend {
    display: none;
  }
  :host([editable]) .u-over {
    cursor: crosshair;
    touch-action: pan-y;
  }
  output {
    position: absolute;
    top: 0;
    right: 0;
    font-size: 10.5px;
    line-height: 14px;
    padding: 0 3px;
    background: var(--_surface);
    color: var(--_text-2);
    pointer-events: none;
  }
`;
