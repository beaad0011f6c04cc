import { css } from 'lit';

/** Rows of a list whose main button covers them: its focus ring is the row's, and its two lines end in dots. */
export const listRow = css`
  .main:focus-visible {
    outline: 0;
  }
  .main:focus-visible::after {
    outline: 2px solid var(--_focus);
    outline-offset: -2px;
    border-radius: var(--_radius);
  }
  .name,
  .under {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
`;
