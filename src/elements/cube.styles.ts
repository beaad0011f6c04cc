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
  .actions,
  unmixing-open-ways {
    margin-top: 8px;
  }
  legend {
    padding: 0;
    margin-bottom: 6px;
    overflow-wrap: anywhere;
  }
  .choices {
    max-height: 240px;
    overflow-y: auto;
    border-radius: var(--_radius);
    background: var(--_field);
  }
  .choices label {
    display: grid;
    grid-template-columns: 14px minmax(0, 1fr);
    column-gap: 8px;
    padding: 5px 8px;
    overflow-wrap: anywhere;
  }
  .choices label:hover {
    background: var(--_hover);
  }
  .choices input {
    grid-row: span 2;
    margin: 1px 0 0;
    width: 14px;
    height: 14px;
    accent-color: var(--_accent);
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
