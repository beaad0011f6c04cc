import { css } from 'lit';

export const identifyStyles = css`
  .actions {
    margin-top: 8px;
  }
  .of {
    margin-bottom: 4px;
  }
  .list {
    margin: 0 -12px;
    padding: 0;
    list-style: none;
  }
  .list > li {
    position: relative;
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto 26px;
    align-items: center;
    column-gap: 6px;
    padding: 0 6px 0 12px;
  }
  .list > li:hover {
    background: var(--_raised);
  }
  .list > li[data-drawn] {
    background: var(--_select);
    box-shadow: inset 2px 0 var(--_accent);
  }
  .main {
    position: static;
    display: block;
    height: 38px;
    padding: 2px 0;
    overflow: hidden;
    background: none;
    text-align: left;
  }
  .main::after {
    content: '';
    position: absolute;
    inset: 0 32px auto 0;
    height: 38px;
  }
  .main:hover:not(:disabled),
  .main[aria-pressed='true'] {
    background: none;
    box-shadow: none;
  }
  .under {
    font-size: 11px;
    line-height: 15px;
    color: var(--_text-3);
  }
  .sum .main {
    height: auto;
    min-height: 28px;
    padding: 5px 0;
    line-height: 16px;
    white-space: normal;
  }
  .sum .main::after {
    inset: 0 32px 0 0;
    height: auto;
  }
  .score {
    text-align: right;
    white-space: nowrap;
  }
  .list .figures {
    grid-column: 1 / -1;
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 2px 8px;
    padding: 0 32px 8px 0;
    font-size: 11px;
    line-height: 15px;
    color: var(--_text-2);
  }
  .figures dd {
    text-align: right;
    color: var(--_text);
  }
  .more {
    margin-left: -8px;
  }
  h4 {
    margin: 6px 0 0;
    font: inherit;
    line-height: 24px;
    color: var(--_text-2);
  }
  .caution {
    display: grid;
    grid-template-columns: 16px minmax(0, 1fr);
    gap: 6px;
    padding: 4px 0 6px;
    font-size: 11px;
    line-height: 15px;
    color: var(--_warn);
    overflow-wrap: anywhere;
  }
  .busy {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: center;
    gap: 4px 8px;
    padding: 4px 0;
    color: var(--_text-2);
  }
  progress {
    grid-column: 1 / -1;
    appearance: none;
    width: 100%;
    height: 2px;
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
  details {
    margin-top: 4px;
  }
  .under-field {
    margin: 0 0 4px var(--_label, 84px);
  }
  .invalid {
    color: var(--_error);
  }
  .row input[role='switch'] {
    justify-self: start;
  }
  .libraries li {
    display: grid;
    grid-template-columns: 32px minmax(0, 1fr) 26px;
    align-items: center;
    min-height: 40px;
  }
`;
