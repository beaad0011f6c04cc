import { css } from 'lit';

export const runsListStyles = css`
  :host {
    margin-bottom: 10px;
    padding-bottom: 10px;
    border-bottom: 1px solid var(--_line);
  }
  h4 {
    margin: 0;
    font: inherit;
    line-height: 24px;
    color: var(--_text-2);
  }
  .list {
    margin: 0 -12px;
  }
  .list > li {
    position: relative;
    display: grid;
    grid-template-columns: minmax(0, 1fr) 56px 62px 26px;
    column-gap: 8px;
    align-items: center;
    height: 40px;
    padding: 0 6px 0 12px;
  }
  .list > li:hover {
    background: var(--_raised);
  }
  .list > li[aria-current='true'] {
    background: var(--_select);
    box-shadow: inset 2px 0 var(--_accent);
  }
  .main {
    position: static;
    display: block;
    height: 34px;
    padding: 0;
    overflow: hidden;
    background: none;
    text-align: left;
  }
  .main::after {
    content: '';
    position: absolute;
    inset: 0 26px 0 0;
  }
  .main:hover:not(:disabled) {
    background: none;
  }
  .under {
    font-size: 11px;
    line-height: 15px;
    color: var(--_text-3);
  }
  .strata {
    display: flex;
    gap: 1px;
    height: 8px;
    border-radius: 2px;
    overflow: hidden;
  }
  .strata span {
    background: var(--_fill);
  }
  .angle {
    text-align: right;
    white-space: nowrap;
  }
  .rename {
    height: 24px;
    padding: 0 6px;
    border-radius: var(--_radius);
    background: var(--_field);
    outline: 2px solid var(--_focus);
  }
  .hint {
    margin-top: 6px;
  }
`;
