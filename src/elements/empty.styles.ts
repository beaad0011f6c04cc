import { css } from 'lit';

export const emptyStyles = css`
  :host {
    padding: 22px 16px 18px;
    border-bottom: 1px solid var(--_line);
  }
  .drop {
    display: flex;
    flex-direction: column;
    align-items: center;
    padding: 26px 12px 16px;
    border: 1px dashed var(--_strong);
    border-radius: 7px;
    text-align: center;
  }
  .drop.over {
    border-color: var(--_focus);
    background: var(--_raised);
  }
  .strata {
    color: var(--_text-2);
  }
  h3 {
    margin-top: 22px;
    font-size: 13px;
    line-height: 16px;
    font-weight: 600;
  }
  .drop p {
    margin-top: 4px;
    max-width: 240px;
    color: var(--_text-2);
  }
  unmixing-open-ways {
    align-self: stretch;
    margin-top: 14px;
  }
  .closed {
    margin-top: 10px;
    text-align: center;
  }
  h4 {
    margin: 16px 0 6px;
    font: inherit;
    color: var(--_text-2);
  }
  li + li {
    margin-top: 6px;
  }
  li button {
    display: grid;
    grid-template-columns: 34px minmax(0, 1fr) 16px;
    gap: 8px;
    justify-content: stretch;
    align-items: center;
    width: 100%;
    height: 40px;
    padding: 0 8px;
    text-align: left;
    background: var(--_raised);
  }
  .kind {
    display: grid;
    place-items: center;
    height: 26px;
    border-radius: 3px;
    background: var(--_field);
    color: var(--_text-2);
  }
  .name,
  .size {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .size {
    font-size: 11px;
    line-height: 15px;
    color: var(--_text-3);
  }
`;
