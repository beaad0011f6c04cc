import { css } from 'lit';

export const bandsStyles = css`
  unmixing-plot {
    height: 132px;
    margin-top: -10px;
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    align-items: center;
    margin-top: 4px;
  }
  .chips {
    display: contents;
  }
  .chip {
    display: inline-flex;
    align-items: center;
    height: 20px;
    border: 1px solid var(--_strong);
    border-radius: 10px;
    color: var(--_text-2);
  }
  .chip button {
    height: 24px;
    font-size: 11px;
    background: none;
    color: inherit;
  }
  .chip .edit {
    padding: 0 0 0 8px;
  }
  .chip .drop {
    width: 24px;
    padding: 0;
  }
  .chip .drop svg {
    width: 12px;
    height: 12px;
  }
  .chip button:hover {
    background: none;
    color: var(--_text);
  }
  .space {
    flex: 1;
  }
  form {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) auto auto;
    gap: 6px;
    margin-top: 6px;
  }
  form button {
    height: 24px;
  }
  .hint {
    margin-top: 8px;
  }
  .note {
    margin-top: 8px;
  }
`;
