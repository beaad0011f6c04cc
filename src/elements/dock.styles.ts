import { css } from 'lit';

export const dockStyles = css`
  :host {
    padding: 8px 12px 12px;
    border-top: 1px solid var(--_line);
    background: var(--_raised);
  }
  .line {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 24px;
    margin-bottom: 6px;
  }
  .line > :first-child {
    min-width: 0;
  }
  .line .badge {
    margin-left: auto;
  }
  strong {
    font-weight: 600;
    white-space: nowrap;
  }
  /* The narrowest panels that viewers have: figures come first. */
  @container (max-width: 300px) {
    .dim + .badge {
      display: none;
    }
  }
  .dim {
    color: var(--_text-3);
  }
  .recipe {
    color: var(--_text-2);
  }
  .ok {
    color: var(--_ok);
  }
  .bad {
    color: var(--_error);
  }
  .warn {
    color: var(--_warn);
  }
  .wide {
    width: 100%;
  }
  .two {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 6px;
  }
  .two button {
    padding: 0 6px;
  }
  .segmented {
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: 1fr;
    gap: 4px;
    margin: 4px 0 8px;
  }
  .segmented span {
    height: 3px;
    border-radius: 2px;
    background: linear-gradient(
      to right,
      var(--_accent) var(--_at),
      var(--_strong) var(--_at)
    );
  }
  .apart {
    display: flex;
    justify-content: space-between;
    gap: 8px;
    color: var(--_text-2);
  }
  .loss {
    position: relative;
    height: 48px;
    margin: 10px 0 8px;
  }
  .loss svg {
    width: 100%;
    height: 100%;
    overflow: visible;
  }
  .loss path.best {
    stroke: var(--_control);
  }
  .loss span {
    position: absolute;
    right: 0;
    bottom: 8px;
    font-size: 11px;
    line-height: 15px;
    color: var(--_text-3);
  }
  .end {
    display: flex;
    align-items: center;
    gap: 10px;
    margin-top: 8px;
  }
  .end.under {
    padding-top: 8px;
    border-top: 1px solid var(--_strong);
  }
  .end button {
    margin-left: auto;
    background: var(--_field);
  }
  .trouble {
    display: grid;
    grid-template-columns: 16px minmax(0, 1fr);
    gap: 8px;
    margin: 4px 0 8px;
    overflow-wrap: anywhere;
  }
  .indent {
    padding-left: 24px;
  }
`;
