import { css } from 'lit';

export const spectraStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    height: 100%;
    min-height: 160px;
    container-type: inline-size;
    overflow: hidden;
  }
  header {
    display: flex;
    align-items: stretch;
    flex: none;
    gap: 16px;
    height: 32px;
    padding: 0 10px 0 12px;
    border-bottom: 1px solid var(--_line);
  }
  [role='tablist'] {
    display: flex;
    gap: 18px;
  }
  [role='tab'] {
    position: relative;
    height: 100%;
    padding: 0;
    border-radius: 0;
    background: none;
    color: var(--_text-2);
  }
  [role='tab']:hover:not(:disabled) {
    background: none;
    color: var(--_text);
  }
  [role='tab'][aria-selected='true'] {
    color: var(--_text);
  }
  [role='tab'][aria-selected='true']::after {
    content: '';
    position: absolute;
    inset: auto 0 -1px;
    height: 2px;
    background: var(--_accent);
  }
  .keys {
    display: flex;
    flex: 1;
    justify-content: flex-end;
    align-items: center;
    gap: 16px;
    min-width: 0;
    overflow: hidden;
    color: var(--_text-2);
  }
  .keys li {
    display: flex;
    align-items: center;
    gap: 6px;
    min-width: 0;
    white-space: nowrap;
  }
  .keys span {
    max-width: 120px;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .keys ul {
    display: contents;
  }
  .keys i {
    flex: none;
    width: 18px;
    border-top: 2px solid var(--_ink);
  }
  .keys i.dashed {
    border-top-style: dashed;
  }
  header .spread {
    align-self: center;
    height: 22px;
    padding: 0 8px;
  }
  header .icon {
    align-self: center;
  }
  .body {
    flex: 1;
    display: grid;
    grid-template-columns: minmax(0, 1fr) 188px;
    min-height: 0;
  }
  unmixing-plot {
    height: auto;
    margin: 4px 0 6px 10px;
  }
  aside {
    min-height: 0;
    padding: 8px 12px;
    border-left: 1px solid var(--_line);
    overflow: hidden auto;
    scrollbar-width: thin;
    scrollbar-color: var(--_strong) transparent;
  }
  .title {
    display: flex;
    align-items: center;
    justify-content: space-between;
    min-height: 16px;
    margin-bottom: 6px;
  }
  h3 {
    font-size: 12px;
    font-weight: 600;
  }
  .title button {
    height: 20px;
    padding: 0 6px;
    margin: -2px -6px -2px 0;
  }
  .mask {
    height: 24px;
    margin-bottom: 8px;
  }
  .share {
    display: grid;
    grid-template-columns: 14px minmax(0, 1fr) auto;
    column-gap: 6px;
    align-items: center;
    margin-bottom: 7px;
  }
  .share .name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .share .bar {
    grid-column: 1 / -1;
    height: 3px;
    margin-top: 3px;
    border-radius: 2px;
    background: linear-gradient(
      to right,
      var(--_ink) var(--_at),
      var(--_line) var(--_at)
    );
  }
  .share .off {
    grid-column: 2 / -1;
    font-size: 11px;
    line-height: 15px;
    color: var(--_text-3);
  }
  dl {
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 2px 8px;
    margin-top: 8px;
  }
  dt {
    color: var(--_text-2);
  }
  dd {
    text-align: right;
  }
  .empty {
    padding: 12px;
  }
  @container (max-width: 620px) {
    .keys ul {
      display: none;
    }
  }
  @container (max-width: 460px) {
    .body {
      grid-template-columns: minmax(0, 1fr);
    }
    aside {
      display: none;
    }
  }
`;
