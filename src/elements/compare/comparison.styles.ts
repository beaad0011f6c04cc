import { css } from 'lit';

export const comparisonStyles = css`
  :host {
    height: 100%;
    background: none;
    pointer-events: auto;
  }
  .top {
    position: absolute;
    inset: 8px 8px auto 52px;
    display: flex;
    align-items: start;
    justify-content: center;
    gap: 6px;
  }
  .top > *,
  .tag {
    pointer-events: auto;
  }
  .tag {
    display: flex;
    align-items: center;
    min-width: 0;
    max-width: 170px;
  }
  .tag select {
    width: auto;
    max-width: 100%;
    height: 28px;
    border: 1px solid var(--_line);
    border-radius: 7px;
    background-color: var(--_veil);
    text-overflow: ellipsis;
  }
  .tag.on select {
    border-color: var(--_control);
  }
  .veil {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 28px;
    padding: 0 10px;
    border: 1px solid var(--_line);
    border-radius: 7px;
    background: var(--_veil);
  }
  .veil.tight {
    padding: 0;
  }
  .veil button {
    width: 26px;
    height: 26px;
    padding: 0;
    background: none;
  }
  .veil button:hover {
    background: var(--_hover);
  }
  .mix {
    flex: 0 1 170px;
    min-width: 110px;
  }
  .figure {
    min-width: 34px;
    text-align: right;
  }
  .rate {
    width: 76px;
  }
  .swipe {
    inset: 8px 0 auto;
    display: grid;
    grid-template-columns:
      clamp(200px, var(--_at), calc(100% - 190px))
      minmax(0, 1fr);
    gap: 0;
  }
  .swipe > * {
    min-width: 0;
  }
  .swipe .first {
    justify-self: end;
    max-width: calc(100% - 60px);
    margin: 0 10px;
  }
  .pair {
    display: flex;
    gap: 6px;
    margin: 0 10px;
  }
  .pair .tag {
    min-width: 0;
  }
  .below {
    position: absolute;
    top: clamp(44px, calc(var(--_at) + 18px), calc(100% - 80px));
    right: 52px;
    left: 52px;
    justify-content: center;
    margin: 0;
  }
  .halves {
    inset: 8px 0 auto;
    display: grid;
    grid-template-columns: 1fr 1fr;
    justify-items: center;
  }
  .halves .first {
    max-width: calc(100% - 104px);
  }
  .halves .tag:last-child {
    max-width: calc(100% - 16px);
  }
  .scale {
    position: absolute;
    inset: 34px 0 auto;
    display: flex;
    justify-content: center;
    pointer-events: none;
  }
  .ramp {
    width: 120px;
    height: 8px;
    border-radius: 2px;
    background: var(--_ramp);
  }
  .said {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .error {
    color: var(--_error);
  }
`;
