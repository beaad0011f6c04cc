import { css } from 'lit';

export const correctStyles = css`
  .steps {
    margin: 0 -12px 4px;
  }
  .step {
    position: relative;
    display: grid;
    grid-template-columns: 20px minmax(0, 1fr) 24px;
    align-items: center;
    height: 28px;
    padding: 0 12px 0 8px;
  }
  .step:hover {
    background: var(--_raised);
  }
  .step > svg {
    margin-left: -1px;
    color: var(--_control);
    cursor: grab;
  }
  .step.over {
    box-shadow: inset 0 2px var(--_focus);
  }
  .step.over.after {
    box-shadow: inset 0 -2px var(--_focus);
  }
  .name {
    display: flex;
    justify-content: space-between;
    height: 26px;
    padding: 0 10px 0 0;
    background: none;
    text-align: left;
  }
  .name::after {
    content: '';
    position: absolute;
    inset: 0 44px 0 28px;
  }
  .name:hover:not(:disabled) {
    background: none;
  }
  .name:focus-visible {
    outline: 0;
  }
  .name:focus-visible::after {
    left: 4px;
    outline: 2px solid var(--_focus);
    outline-offset: -2px;
    border-radius: var(--_radius);
  }
  .title,
  .words {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .title {
    flex: 0 1 auto;
  }
  .words {
    flex: 0 1 auto;
    color: var(--_text-3);
  }
  .off .title {
    color: var(--_text-3);
  }
  .editor {
    display: grid;
    gap: 3px;
    padding: 2px 12px 8px 28px;
  }
  .editor input[type='range'] {
    height: 20px;
  }
  .editor > .bare {
    justify-self: start;
    margin-left: -8px;
  }
  .value {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 108px;
    align-items: center;
    column-gap: 8px;
    min-height: 24px;
  }
  .value:has(.ends) {
    grid-template-columns: minmax(0, 1fr) 164px;
  }
  .value:has(.ends + button) {
    grid-template-columns: minmax(0, 1fr) 24px;
  }
  .value:has(> select) {
    grid-template-columns: minmax(0, 2fr) minmax(0, 3fr);
  }
  .value .icon {
    width: 24px;
    height: 24px;
  }
  .label,
  .value > label,
  .sides span {
    color: var(--_text-2);
  }
  .ends {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto minmax(0, 1fr);
    align-items: center;
    gap: 4px;
  }
  .sides {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 4px 12px;
  }
  .sides label {
    display: grid;
    grid-template-columns: 44px minmax(0, 1fr);
    align-items: center;
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
  }
  .chip {
    display: inline-flex;
    align-items: center;
    height: 20px;
    padding-left: 8px;
    border: 1px solid var(--_strong);
    border-radius: 10px;
    font-size: 11px;
    color: var(--_text-2);
  }
  .chip .drop {
    width: 24px;
    height: 24px;
    padding: 0;
    background: none;
    color: inherit;
  }
  .chip .drop svg {
    width: 12px;
    height: 12px;
  }
  unmixing-plot {
    height: 96px;
    margin-top: -8px;
  }
  progress,
  .rest {
    display: block;
    width: 100%;
    height: 2px;
    margin: 2px 0 6px;
  }
  progress {
    appearance: none;
    border: 0;
    background: var(--_strong);
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
  .bar {
    display: flex;
    align-items: center;
    gap: 6px;
  }
  .space {
    flex: 1;
  }
  .told {
    margin-top: 4px;
  }
  .note {
    margin: 4px 0;
  }
  @media (prefers-reduced-motion: reduce) {
    input[role='switch']::after {
      transition: none;
    }
  }
`;
