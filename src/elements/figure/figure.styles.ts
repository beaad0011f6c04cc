import { css } from 'lit';

export const figureStyles = css`
  :host {
    container-type: inline-size;
  }
  .preview {
    display: grid;
    place-items: center;
    margin-bottom: 8px;
    padding: 8px;
    border-radius: 6px;
    background: var(--_field);
  }
  .preview.clear {
    background: repeating-conic-gradient(
        var(--_hover) 0 25%,
        var(--_surface) 0 50%
      )
      0 0 / 12px 12px;
  }
  canvas {
    display: block;
    max-width: 100%;
    max-height: 280px;
    object-fit: contain;
  }
  .preview p {
    padding: 12px;
    text-align: center;
  }
  .switches {
    display: grid;
    grid-template-columns: 1fr 1fr;
    column-gap: 12px;
    padding: 4px 0;
  }
  .switches label {
    display: flex;
    align-items: center;
    justify-content: space-between;
    min-height: 26px;
    color: var(--_text-2);
  }
  .caption {
    margin: 2px 0 6px;
  }
  textarea {
    display: block;
    width: 100%;
    min-height: 74px;
    padding: 6px 8px;
    border: 0;
    border-radius: var(--_radius);
    background: var(--_field);
    color: inherit;
    font: 11px/15px var(--_font);
    resize: vertical;
    field-sizing: content;
    max-height: 180px;
  }
  textarea:hover {
    background: var(--_hover);
  }
  .caption button {
    height: 22px;
    margin-top: 2px;
  }
  .actions {
    margin-top: 8px;
  }
  .actions .primary {
    flex: 1;
  }
  .note {
    margin-top: 8px;
  }
  progress {
    flex: 1;
    align-self: center;
    height: 4px;
    accent-color: var(--_accent);
  }
`;
