import { css } from 'lit';

export const registerStyles = css`
  :host {
    display: grid;
    gap: 10px;
  }
  h4 {
    margin: 0;
    font: inherit;
    font-weight: 600;
  }
  .part {
    display: grid;
    padding-top: 10px;
    border-top: 1px solid var(--_line);
  }
  .part > .actions,
  .part > .hint,
  .part > .note {
    margin-top: 4px;
  }
  .head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    min-height: 26px;
  }
  progress {
    appearance: none;
    width: 100%;
    height: 4px;
    border: 0;
    border-radius: 2px;
    background: var(--_strong);
  }
  progress::-webkit-progress-bar {
    border-radius: 2px;
    background: var(--_strong);
  }
  progress::-webkit-progress-value {
    border-radius: 2px;
    background: var(--_accent);
  }
  progress::-moz-progress-bar {
    border-radius: 2px;
    background: var(--_accent);
  }
  .working {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: center;
    column-gap: 8px;
  }
`;
