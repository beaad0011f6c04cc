import { css } from 'lit';

/**
 * Colours, type and the host's box. For the four outer elements; what they hold inherits the private names.
 * Grey is mixed from the host's text and surface, so it suits any viewer. The fallbacks of the two fainter
 * texts are chosen so that the mix gives exactly #B4B4B4 and #999999 on dark, #505050 and #666666 on light.
 */
export const tokens = css`
  :host {
    color-scheme: light dark;
    --_surface: var(--unmixing-surface, light-dark(#fcfcfc, #181818));
    --_text: var(--unmixing-text, light-dark(#1b1b1b, #ededed));
    --_accent: var(--unmixing-accent, light-dark(#1f1f1f, #f0f0f0));
    --_on-accent: var(--unmixing-on-accent, light-dark(#ffffff, #141414));
    --_focus: var(--unmixing-focus, light-dark(#0a63d6, #6fb3ff));
    --_radius: var(--unmixing-radius, 5px);
    --_font: var(
      --unmixing-font,
      -apple-system,
      'Segoe UI',
      Roboto,
      'Noto Sans',
      'Liberation Sans',
      Arial,
      sans-serif
    );
    --_raised: color-mix(in srgb, var(--_text) 4%, var(--_surface));
    --_field: color-mix(in srgb, var(--_text) 8%, var(--_surface));
    --_hover: color-mix(in srgb, var(--_text) 12%, var(--_surface));
    --_select: color-mix(in srgb, var(--_text) 9%, var(--_surface));
    --_line: color-mix(in srgb, var(--_text) 10%, var(--_surface));
    --_strong: color-mix(in srgb, var(--_text) 22%, var(--_surface));
    --_segment: light-dark(
      var(--_surface),
      color-mix(in srgb, var(--_text) 22%, var(--_surface))
    );
    --_control: color-mix(in srgb, var(--_text) 55%, var(--_surface));
    --_text-2: color-mix(
      in srgb,
      var(--unmixing-text, light-dark(#2a2a2a, #d6d6d6)) 82%,
      var(--_surface)
    );
    --_text-3: color-mix(
      in srgb,
      var(--unmixing-text, light-dark(#2c2c2c, #cbcbcb)) 72%,
      var(--_surface)
    );
    --_ok: light-dark(#1b7a48, #7ccba0);
    --_warn: light-dark(#875600, #edb75a);
    --_error: light-dark(#b42318, #ff9384);
    --_warn-bg: light-dark(#fbf3e2, #2a241a);
    --_error-bg: light-dark(#fceeec, #2c1d1b);
    --_veil: color-mix(in srgb, var(--_surface) 94%, transparent);
    background: var(--_surface);
    color: var(--_text);
    font: 12px/16px var(--_font);
    font-variant-numeric: tabular-nums;
  }
  :host([theme='dark']) {
    color-scheme: dark;
  }
  :host([theme='light']) {
    color-scheme: light;
  }
`;

/** What every element starts from. */
export const base = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :host {
    display: block;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  :focus-visible {
    outline: 2px solid var(--_focus);
    outline-offset: 1px;
  }
  h2,
  h3,
  p,
  ul,
  dl,
  dd,
  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
    min-width: 0;
  }
  ul {
    list-style: none;
  }
  svg {
    display: block;
    flex: none;
  }
  button,
  input,
  select {
    font: inherit;
    font-variant-numeric: inherit;
    color: inherit;
    letter-spacing: inherit;
  }
  .hint {
    font-size: 11px;
    line-height: 15px;
    color: var(--_text-3);
    overflow-wrap: anywhere;
  }
  .sr {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;
