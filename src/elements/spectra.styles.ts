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
  .top {
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
    position: relative;
    flex: none;
    gap: 6px;
    white-space: nowrap;
  }
  /* The readout beside the plot has the name with the same number. */
  .keys .heard {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
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
  .top .spread {
    align-self: center;
    height: 22px;
    padding: 0 8px;
  }
  .top .icon {
    align-self: center;
  }
  .body {
    flex: 1;
    display: grid;
    grid-template-columns: minmax(0, 1fr) 188px;
    min-height: 0;
  }
  .body.mapped {
    grid-template-columns: auto minmax(0, 1fr) 188px;
  }
  unmixing-pixel-map {
    align-self: center;
    width: 200px;
    margin: 8px 0 8px 12px;
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
    flex-wrap: wrap;
    align-items: center;
    gap: 0 4px;
    min-height: 16px;
    margin-bottom: 6px;
  }
  h3 {
    margin-right: auto;
    font-size: 12px;
    font-weight: 600;
  }
  .title .bare {
    height: 20px;
    padding: 0 6px;
    margin: -2px -6px -2px 0;
  }
  .mask {
    height: 24px;
    order: 1;
    margin: 4px 0;
  }
  :host([stacked]) .mask + .bare {
    margin: 0 -6px 0 0;
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
  @container (max-width: 760px) {
    unmixing-pixel-map {
      width: 120px;
    }
  }
  @container (max-width: 460px) {
    :host(:not([stacked])) aside {
      display: none;
    }
    .body {
      grid-template-columns: minmax(0, 1fr);
    }
    .body.mapped {
      grid-template-columns: auto minmax(0, 1fr);
    }
  }
  :host([stacked]) {
    height: auto;
    min-height: 0;
  }
  :host([stacked]) .top {
    gap: 8px;
  }
  :host([stacked]) [role='tablist'] {
    gap: 14px;
  }
  :host([stacked]) .body {
    grid-template: 132px auto / minmax(0, 1fr);
  }
  :host([stacked]) .body.mapped {
    grid-template-columns: auto minmax(0, 1fr);
  }
  :host([stacked]) unmixing-plot {
    grid-area: 1 / 1 / 2 / -1;
  }
  :host([stacked]) unmixing-pixel-map {
    grid-area: 2 / 1;
    align-self: start;
    width: min(38cqw, 160px);
    margin: 0 0 10px 12px;
    --unmixing-map-height: 108px;
  }
  :host([stacked]) aside {
    max-height: 178px;
    padding: 0 12px 10px;
    border-left: 0;
  }
  :host([stacked]) .share {
    margin-bottom: 4px;
  }
  :host([stacked]) .share .bar {
    height: 2px;
    margin-top: 1px;
  }
  :host([stacked]) dl {
    margin-top: 4px;
  }
  :host([stacked]) .body:not(.mapped) .mask {
    order: 0;
  }
  :host([stacked]) .body:not(.mapped) dl {
    display: flex;
  }
  :host([stacked]) .body:not(.mapped) dd:not(:last-child) {
    margin-right: 12px;
  }
`;
