import { css } from 'lit';

/** Buttons, fields, segments, sliders: native controls in the dress of the panel. */
export const controls = css`
  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    height: 26px;
    padding: 0 12px;
    border: 0;
    border-radius: var(--_radius);
    background: var(--_field);
    white-space: nowrap;
    cursor: default;
  }
  button:hover:not(:disabled) {
    background: var(--_hover);
  }
  button:disabled {
    color: var(--_text-3);
  }
  button.primary {
    background: var(--_accent);
    color: var(--_on-accent);
    font-weight: 600;
  }
  button.primary:hover:not(:disabled) {
    background: color-mix(in srgb, var(--_accent) 88%, var(--_surface));
  }
  button.primary:disabled {
    background: var(--_strong);
    color: var(--_text-3);
  }
  button.icon {
    width: 26px;
    padding: 0;
    background: none;
    color: var(--_text-2);
  }
  button.icon:hover:not(:disabled) {
    background: var(--_hover);
    color: var(--_text);
  }
  button.icon:disabled {
    color: var(--_control);
  }
  button.bare {
    background: none;
    padding: 0 8px;
    color: var(--_text-2);
  }
  button[aria-pressed='true'] {
    box-shadow: inset 0 0 0 1px var(--_control);
    background: var(--_hover);
  }
  .row {
    display: grid;
    grid-template-columns: var(--_label, 84px) minmax(0, 1fr);
    align-items: center;
    min-height: 28px;
    column-gap: 0;
  }
  .row > label,
  .row > .label {
    color: var(--_text-2);
  }
  .field,
  select {
    display: flex;
    align-items: center;
    width: 100%;
    min-width: 0;
    height: 24px;
    padding: 0 8px;
    border: 0;
    border-radius: var(--_radius);
    background: var(--_field);
  }
  .field:hover,
  select:hover:not(:disabled) {
    background-color: var(--_hover);
  }
  .field:focus-within {
    outline: 2px solid var(--_focus);
    outline-offset: 1px;
  }
  .field > span {
    color: var(--_text-2);
    white-space: nowrap;
  }
  input[type='number'],
  input[type='text'] {
    flex: 1;
    width: 100%;
    min-width: 0;
    height: 24px;
    padding: 0;
    border: 0;
    outline: 0;
    background: none;
    appearance: textfield;
  }
  input::-webkit-inner-spin-button {
    appearance: none;
    margin: 0;
  }
  .field > span + input {
    text-align: right;
  }
  select {
    appearance: none;
    padding-right: 24px;
    background: var(--_field)
      url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='16' height='16' fill='none' stroke='%238a8a8a' stroke-width='1.4' stroke-linecap='round' stroke-linejoin='round'%3E%3Cpath d='m4.5 6.5 3.5 3.5 3.5-3.5'/%3E%3C/svg%3E")
      no-repeat right 6px center;
  }
  select option {
    background: var(--_surface);
    color: var(--_text);
  }
  .segments {
    display: flex;
    height: 24px;
    padding: 2px;
    border-radius: var(--_radius);
    background: var(--_field);
  }
  .segments label {
    position: relative;
    flex: 1 1 auto;
    display: flex;
    align-items: center;
    justify-content: center;
    padding: 0 6px;
    border-radius: calc(var(--_radius) - 1px);
    color: var(--_text-2);
    white-space: nowrap;
  }
  .segments label:hover {
    color: var(--_text);
  }
  .segments input {
    position: absolute;
    inset: 0;
    margin: 0;
    opacity: 0;
  }
  .segments label:has(:checked) {
    background: var(--_segment);
    color: var(--_text);
  }
  .segments label:has(:disabled) {
    color: var(--_text-3);
  }
  .segments label:has(:focus-visible) {
    outline: 2px solid var(--_focus);
    outline-offset: 1px;
  }
  .slider {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 44px;
    align-items: center;
    column-gap: 8px;
  }
  .slider .value {
    display: flex;
    align-items: center;
    justify-content: flex-end;
    border-radius: 4px;
    padding-right: 1px;
  }
  .slider .value:hover {
    background: var(--_field);
  }
  .slider .value:focus-within {
    outline: 2px solid var(--_focus);
  }
  .slider .value input {
    text-align: right;
  }
  input[type='range'] {
    appearance: none;
    width: 100%;
    height: 24px;
    margin: 0;
    background: none;
    --_track: linear-gradient(
      to right,
      var(--_ink, var(--_accent)) var(--_at, 50%),
      var(--_strong) var(--_at, 50%)
    );
  }
  input[type='range']::-webkit-slider-runnable-track {
    height: 2px;
    border-radius: 1px;
    background: var(--_track);
  }
  input[type='range']::-moz-range-track {
    height: 2px;
    border-radius: 1px;
    background: var(--_track);
  }
  input[type='range']::-webkit-slider-thumb {
    appearance: none;
    width: 12px;
    height: 12px;
    margin-top: -5px;
    border: 1px solid var(--_surface);
    border-radius: 50%;
    background: var(--_accent);
  }
  input[type='range']::-moz-range-thumb {
    width: 10px;
    height: 10px;
    border: 1px solid var(--_surface);
    border-radius: 50%;
    background: var(--_accent);
  }
  input[type='range']:focus-visible {
    outline: 0;
  }
  input[type='range']:focus-visible::-webkit-slider-thumb {
    outline: 2px solid var(--_focus);
    outline-offset: 1px;
  }
  input[type='range']:focus-visible::-moz-range-thumb {
    outline: 2px solid var(--_focus);
    outline-offset: 1px;
  }
  .note {
    display: grid;
    grid-template-columns: 16px minmax(0, 1fr);
    gap: 8px;
    padding: 8px 12px 10px;
    border-radius: 6px;
    background: var(--_warn-bg);
    overflow-wrap: anywhere;
  }
  .note > svg {
    color: var(--_warn);
  }
  .note.error {
    background: var(--_error-bg);
  }
  .note.error > svg {
    color: var(--_error);
  }
  .note .actions {
    margin-top: 8px;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  .swatch {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    flex: none;
    width: 18px;
    height: 18px;
    border-radius: 4px;
    background: var(--_fill);
    box-shadow: inset 0 0 0 1px color-mix(in srgb, #000 14%, transparent);
    color: #111;
    font-size: 10.5px;
    line-height: 1;
    font-weight: 600;
  }
  .swatch.small {
    width: 14px;
    height: 14px;
    border-radius: 3px;
    font-size: 9px;
  }
  .badge {
    padding: 0 7px;
    border: 1px solid var(--_strong);
    border-radius: 9px;
    font-size: 11px;
    line-height: 16px;
    color: var(--_text-2);
    white-space: nowrap;
  }
`;
