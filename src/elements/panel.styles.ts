import { css } from 'lit';

export const panelStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    container-type: inline-size;
    height: 100%;
    min-height: 0;
    overflow: hidden;
  }
  header {
    display: flex;
    align-items: center;
    gap: 8px;
    flex: none;
    height: 40px;
    padding: 0 6px 0 12px;
    border-bottom: 1px solid var(--_line);
  }
  h2 {
    flex: 1;
    font-size: 13px;
    font-weight: 600;
  }
  header > svg {
    color: var(--_text-2);
  }
  .scroll {
    flex: 1;
    min-height: 0;
    overflow: hidden auto;
    scrollbar-width: thin;
    scrollbar-color: var(--_strong) transparent;
  }
  unmixing-dock {
    flex: none;
  }
  .whole::part(body) {
    padding: 0;
  }
  [part='spectra'] {
    flex: none;
    max-height: 52%;
    overflow: hidden auto;
    border-top: 1px solid var(--_line);
    border-bottom: 0;
    scrollbar-width: thin;
    scrollbar-color: var(--_strong) transparent;
  }
  .insteads {
    display: grid;
    gap: 6px;
    color: var(--_text-2);
  }
  .who {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .summary {
    display: flex;
    align-items: center;
    gap: 6px;
    min-width: 0;
    color: var(--_text);
  }
  @container (max-width: 335px) {
    .scroll {
      --_label: 78px;
    }
  }
`;
