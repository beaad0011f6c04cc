import { css } from 'lit';

/** Disclosures inside a section: a chevron, a title, and what is not as usual at the right. */
export const disclosureStyles = css`
  details > summary {
    display: flex;
    align-items: center;
    gap: 4px;
    height: 28px;
    margin: 0 -6px;
    padding: 0 6px 0 0;
    border-radius: 4px;
    list-style: none;
    cursor: default;
  }
  details > summary::-webkit-details-marker {
    display: none;
  }
  details > summary:focus-visible {
    outline-offset: -2px;
  }
  summary > svg {
    width: 14px;
    height: 14px;
    color: var(--_text-2);
    transition: transform 120ms ease-out;
  }
  details[open] > summary > svg {
    transform: rotate(90deg);
  }
  summary > .words {
    flex: 1;
    min-width: 0;
    overflow: hidden;
    text-align: right;
    text-overflow: ellipsis;
    white-space: nowrap;
    color: var(--_text-3);
  }
  .warn {
    color: var(--_warn);
  }
  @media (prefers-reduced-motion: reduce) {
    summary > svg {
      transition: none;
    }
  }
`;

export const optionsStyles = css`
  .under {
    margin: 2px 0 4px var(--_label, 84px);
  }
  .fixed {
    display: grid;
    gap: 2px;
  }
  .fixed li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 62px 26px;
    align-items: center;
    height: 28px;
    column-gap: 6px;
  }
  .fixed .name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .fixed svg.spark {
    width: 100%;
    color: var(--_text-2);
  }
  .top {
    align-self: start;
    line-height: 28px;
  }
  .note {
    margin: 4px 0;
  }
  .constants {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: 4px 6px;
    padding: 2px 0 4px;
  }
  .constants .field {
    gap: 4px;
  }
  .constants .choice {
    grid-column: 1 / -1;
  }
`;
