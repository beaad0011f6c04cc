import { css } from 'lit';

export const layersStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    height: 100%;
    min-height: 0;
    overflow: hidden;
    container-type: inline-size;
  }
  .top {
    display: flex;
    align-items: center;
    flex: none;
    height: 32px;
    padding: 0 6px 0 12px;
  }
  h2 {
    flex: 1;
    font-size: 12px;
    font-weight: 600;
  }
  unmixing-legend {
    flex: 1;
    margin: 4px 12px 8px;
  }
  :host(:not([stacked])) unmixing-legend {
    flex: none;
  }
  :host([stacked]) {
    height: auto;
    overflow: visible;
  }
  :host([stacked]) .top {
    align-items: start;
    height: auto;
  }
  :host([stacked]) .top unmixing-legend {
    margin: 4px 8px 8px 0;
  }
  :host([stacked]) .top > :first-child:not(unmixing-legend) {
    margin-left: auto;
  }
  :host([stacked]) .list {
    overflow: visible;
  }
  .list {
    flex: 1;
    min-height: 60px;
    overflow: hidden auto;
    scrollbar-width: thin;
    scrollbar-color: var(--_strong) transparent;
  }
  li {
    position: relative;
    display: grid;
    grid-template-columns: 24px 26px minmax(0, 1fr) auto;
    align-items: center;
    column-gap: 7px;
    height: 28px;
    padding: 0 10px 0 4px;
  }
  li.child {
    padding-left: 22px;
  }
  li.child::before {
    content: '';
    position: absolute;
    left: 15px;
    top: 0;
    bottom: 0;
    border-left: 1px solid var(--_line);
  }
  li:hover {
    background: var(--_raised);
  }
  li[aria-current='true'] {
    background: var(--_select);
  }
  li.hidden .name,
  li.hidden .eye,
  li.hidden .share {
    color: var(--_text-3);
  }
  li.hidden unmixing-thumbnail {
    opacity: 0.45;
  }
  :host([stacked]) .properties {
    max-height: none;
    overflow: visible;
    padding: 10px 0 4px;
    margin: 0 12px;
  }
  li.over {
    box-shadow: inset 0 2px var(--_focus);
  }
  li.over.after {
    box-shadow: inset 0 -2px var(--_focus);
  }
  .eye {
    width: 24px;
    height: 24px;
    padding: 0;
    background: none;
    color: var(--_text-2);
  }
  .eye:hover:not(:disabled) {
    background: none;
    color: var(--_text);
  }
  .name {
    display: flex;
    justify-content: start;
    gap: 4px;
    height: 26px;
    padding: 0;
    overflow: hidden;
    line-height: 26px;
    text-align: left;
    background: none;
  }
  .name > span:first-child {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .lock,
  .chevron {
    flex: none;
    color: var(--_text-3);
  }
  .lock svg,
  .chevron svg {
    width: 12px;
    height: 12px;
  }
  .chevron svg {
    transition: transform 120ms ease-out;
  }
  [aria-expanded='true'] .chevron svg {
    transform: rotate(90deg);
  }
  @media (prefers-reduced-motion: reduce) {
    .chevron svg {
      transition: none;
    }
  }
  .rename {
    position: relative;
    z-index: 1;
  }
  input[type='text'].rename {
    height: 22px;
    padding: 0 4px;
    border-radius: var(--_radius);
    background: var(--_field);
    outline: 2px solid var(--_focus);
  }
  .name:hover:not(:disabled) {
    background: none;
  }
  button.name::after {
    content: '';
    position: absolute;
    inset: 0 0 0 32px;
  }
  li.child button.name::after {
    left: 50px;
  }
  .name:focus-visible {
    outline: 0;
  }
  .name:focus-visible::after {
    outline: 2px solid var(--_focus);
    outline-offset: -2px;
    border-radius: 4px;
  }
  .share {
    color: var(--_text-2);
    white-space: nowrap;
  }
  /* Room for the numbers at the end of names. */
  @container (max-width: 215px) {
    li {
      column-gap: 5px;
      padding: 0 8px 0 2px;
    }
    li.child {
      padding-left: 14px;
    }
    li.child::before {
      left: 13px;
    }
    li.child button.name::after {
      left: 40px;
    }
  }
  .empty {
    padding: 4px 12px;
  }
  .properties {
    flex: none;
    padding: 10px 12px 12px;
    max-height: 60%;
    overflow: hidden auto;
    scrollbar-width: thin;
    scrollbar-color: var(--_strong) transparent;
    border-top: 1px solid var(--_line);
  }
`;
