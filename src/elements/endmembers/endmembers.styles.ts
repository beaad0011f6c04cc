import { css } from 'lit';

export const endmembersStyles = css`
  .strata {
    display: flex;
    gap: 1px;
    height: 8px;
    margin: 4px 0 6px;
    border-radius: 2px;
    overflow: hidden;
  }
  .strata span {
    background: var(--_fill);
  }
  .list {
    margin: 0 -12px -6px;
  }
  .list > li {
    position: relative;
    display: grid;
    grid-template-columns: 30px minmax(0, 1fr) 78px 42px 26px;
    align-items: center;
    height: 40px;
    padding: 0 6px 0 8px;
  }
  .list > li:hover {
    background: var(--_raised);
  }
  .list > li[aria-current='true'] {
    background: var(--_select);
    box-shadow: inset 2px 0 var(--_accent);
  }
  .list > li.into {
    box-shadow: inset 2px 0 var(--_fill);
  }
  .ask {
    display: grid;
    gap: 6px;
    margin: 2px 0 8px;
    padding: 8px;
    border-radius: var(--_radius);
    background: var(--_raised);
    overflow-wrap: anywhere;
  }
  .ask b {
    font-weight: 600;
  }
  .ask .answers {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  .ask .answers select {
    flex: 1 1 120px;
    min-width: 0;
  }
  .ask.working {
    grid-template-columns: auto minmax(0, 1fr) auto;
    align-items: center;
    gap: 8px;
  }
  .ask progress {
    appearance: none;
    width: 100%;
    height: 2px;
    border: 0;
    background: var(--_strong);
  }
  .ask progress::-webkit-progress-bar {
    background: var(--_strong);
  }
  .ask progress::-webkit-progress-value {
    background: var(--_accent);
  }
  .ask progress::-moz-progress-bar {
    background: var(--_accent);
  }
  .note {
    margin: 2px 0 8px;
  }
  .eye {
    width: 26px;
    height: 26px;
    padding: 0;
    background: none;
  }
  .eye:hover:not(:disabled) {
    background: none;
  }
  .eye.off .swatch {
    background: none;
    box-shadow: inset 0 0 0 1.5px var(--_fill);
    color: var(--_text);
  }
  .main {
    position: static;
    display: block;
    height: 34px;
    padding: 0 6px 0 0;
    overflow: hidden;
    background: none;
    text-align: left;
  }
  .main::after {
    content: '';
    position: absolute;
    inset: 0 26px 0 34px;
  }
  .main:hover:not(:disabled) {
    background: none;
  }
  .lock {
    display: inline-block;
    vertical-align: -2px;
    margin-left: 4px;
    color: var(--_text-3);
  }
  .lock svg {
    width: 12px;
    height: 12px;
  }
  .under {
    font-size: 11px;
    line-height: 15px;
    color: var(--_text-3);
  }
  .doubt {
    color: var(--_warn);
  }
  .doubt svg {
    display: inline-block;
    width: 12px;
    height: 12px;
    margin-right: 4px;
    vertical-align: -2px;
  }
  .share {
    text-align: right;
    white-space: nowrap;
  }
  .spark {
    color: var(--_ink);
    width: 100%;
  }
  .rename {
    height: 24px;
    padding: 0 6px;
    border-radius: var(--_radius);
    background: var(--_field);
    outline: 2px solid var(--_focus);
  }
  input[type='color'] {
    position: absolute;
    right: 26px;
    bottom: 0;
    width: 1px;
    height: 1px;
    opacity: 0;
    pointer-events: none;
  }
  @container (max-width: 330px) {
    .list > li {
      grid-template-columns: 30px minmax(0, 1fr) 62px 40px 26px;
    }
  }
  details {
    margin-top: 12px;
    color: var(--_text-2);
  }
  summary {
    display: flex;
    align-items: center;
    gap: 6px;
    height: 24px;
    border-radius: 4px;
    cursor: default;
  }
  .warns summary {
    color: var(--_warn);
  }
  details ul {
    display: grid;
    gap: 6px;
    padding: 4px 0 2px 22px;
    overflow-wrap: anywhere;
  }
`;
