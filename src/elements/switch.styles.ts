import { css } from 'lit';

/** A checkbox as a switch: on or off at once. */
export const switchStyles = css`
  input[role='switch'] {
    position: relative;
    appearance: none;
    width: 24px;
    height: 14px;
    margin: 0;
    border-radius: 7px;
    box-shadow: inset 0 0 0 1px var(--_control);
  }
  input[role='switch']::before {
    content: '';
    position: absolute;
    inset: -5px 0;
  }
  input[role='switch']::after {
    content: '';
    position: absolute;
    top: 3px;
    left: 3px;
    width: 8px;
    height: 8px;
    border-radius: 50%;
    background: var(--_control);
    transition: transform 120ms ease-out;
  }
  input[role='switch']:checked {
    box-shadow: none;
    background: var(--_accent);
  }
  input[role='switch']:checked::after {
    background: var(--_on-accent);
    transform: translateX(10px);
  }
`;
