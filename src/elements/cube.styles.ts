import { css } from 'lit';

export const cubeStyles = css`
  dd {
    overflow-wrap: anywhere;
  }
  dt {
    color: var(--_text-2);
  }
  .pair {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 84px;
    gap: 6px;
    align-items: center;
  }
  .note {
    margin-bottom: 8px;
  }
  .actions {
    margin-top: 8px;
  }
  select[aria-invalid='true'],
  .field.asked {
    box-shadow: inset 0 0 0 1px var(--_warn);
  }
  progress {
    appearance: none;
    display: block;
    width: 100%;
    height: 3px;
    border: 0;
    margin: 8px 0;
    background: var(--_strong);
    border-radius: 2px;
    overflow: hidden;
  }
  progress::-webkit-progress-bar {
    background: var(--_strong);
  }
  progress::-webkit-progress-value {
    background: var(--_accent);
  }
  progress::-moz-progress-bar {
    background: var(--_accent);
  }
`;
