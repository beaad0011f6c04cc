import { svg, html, type TemplateResult } from 'lit';

const box = (inside: TemplateResult): TemplateResult =>
  html`<svg
    width="16"
    height="16"
    viewBox="0 0 16 16"
    fill="none"
    stroke="currentColor"
    stroke-width="1.4"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    ${inside}
  </svg>`;

const wave = (y: number) =>
  svg`<path d="M1.5 ${y + 0.6}c1.6-1.1 3-1.1 4.6 0s3 1.3 4.6.1 2.6-1.2 3.8-.6" />`;

export const strataIcon = box(svg`${wave(3.4)}${wave(7.4)}${wave(11.4)}`);
export const undoIcon = box(
  svg`<path d="M5.5 3 2.5 6l3 3M2.5 6h7a4 4 0 0 1 0 7.5H6" />`,
);
export const redoIcon = box(
  svg`<path d="m10.5 3 3 3-3 3M13.5 6h-7a4 4 0 0 0 0 7.500H10" />`,
);
export const moreIcon = box(
  svg`<g fill="currentColor" stroke="none"><circle cx="8" cy="3.5" r="1" /><circle cx="8" cy="8" r="1" /><circle cx="8" cy="12.5" r="1" /></g>`,
);
export const gripIcon = box(
  svg`<g fill="currentColor" stroke="none"><circle cx="6" cy="4" r="1" /><circle cx="10" cy="4" r="1" /><circle cx="6" cy="8" r="1" /><circle cx="10" cy="8" r="1" /><circle cx="6" cy="12" r="1" /><circle cx="10" cy="12" r="1" /></g>`,
);
export const chevronIcon = box(svg`<path d="m6 4 4 4-4 4" />`);
export const folderIcon = box(svg`<path d="M2 12.500v-9h4.500l1.5 2h6v7z" />`);
export const playIcon = box(svg`<path d="M4.5 3.500v9l7.5-4.500z" />`);
export const stopIcon = box(
  svg`<rect x="4.5" y="4.5" width="7" height="7" rx="1" />`,
);
export const checkIcon = box(svg`<path d="m3 8.5 3.2 3.200L13 4.5" />`);
export const warnIcon = box(
  svg`<path d="M8 2.5 14.3 13.500H1.700zM8 6.500v3.200M8 11.600v.1" />`,
);
export const plusIcon = box(svg`<path d="M8 3v10M3 8h10" />`);
export const minusIcon = box(svg`<path d="M3 8h10" />`);
export const closeIcon = box(svg`<path d="m4 4 8 8M12 4l-8 8" />`);
export const diceIcon = box(
  svg`<rect x="2.5" y="2.5" width="11" height="11" rx="2" /><g fill="currentColor" stroke="none"><circle cx="5.5" cy="5.5" r="1" /><circle cx="10.5" cy="5.5" r="1" /><circle cx="8" cy="8" r="1" /><circle cx="5.5" cy="10.5" r="1" /><circle cx="10.5" cy="10.5" r="1" /></g>`,
);
export const eyeIcon = box(
  svg`<path d="M1.5 8S4 3.8 8 3.8 14.5 8 14.5 8 12 12.2 8 12.2 1.5 8 1.5 8z" /><circle cx="8" cy="8" r="1.9" />`,
);
export const eyeOffIcon = box(
  svg`<path d="M3.7 5.200A12 12 0 0 0 1.5 8S4 12.2 8 12.200c1 0 1.9-.3 2.7-.7M6.4 4c.5-.1 1-.2 1.6-.2 4 0 6.5 4.2 6.5 4.200a12 12 0 0 1-1.8 2.200M2.5 2.500l11 11" />`,
);
export const pencilIcon = box(
  svg`<path d="M3 13l.6-2.7 7.2-7.2 2.1 2.1-7.2 7.200zM9.3 4.600l2.1 2.1" />`,
);
export const dropIcon = box(
  svg`<path d="M8 2.300s4 4.2 4 7.200a4 4 0 0 1-8 0c0-3 4-7.2 4-7.200z" />`,
);
export const binIcon = box(
  svg`<path d="M2.5 4.500h11M6 4.500v-2h4v2M4 4.500l.6 9h6.800l.6-9M6.7 7v4M9.3 7v4" />`,
);
export const copyIcon = box(
  svg`<rect x="5.5" y="5.5" width="8" height="8" rx="1" /><path d="M10.5 5.500v-2a1 1 0 0 0-1-1h-6a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h2" />`,
);
export const lockIcon = box(
  svg`<rect x="3.5" y="7" width="9" height="6.5" rx="1" /><path d="M5.5 7V5a2.5 2.5 0 0 1 5 0v2" />`,
);
export const unlockIcon = box(
  svg`<rect x="3.5" y="7" width="9" height="6.5" rx="1" /><path d="M5.5 7V5a2.500 2.500 0 0 1 4.800-1" />`,
);
export const soloIcon = box(
  svg`<circle cx="8" cy="8" r="2" /><path d="M2.5 5.500v-3h3M10.5 2.500h3v3M13.5 10.500v3h-3M5.5 13.500h-3v-3" />`,
);
export const downloadIcon = box(
  svg`<path d="M8 2.500v8M4.8 7.5 8 10.700l3.2-3.200M2.5 13.500h11" />`,
);
export const cubeIcon = box(
  svg`<path d="m8 1.8 5.4 3v6.400L8 14.200l-5.4-3V4.800zM2.6 4.8 8 7.800l5.4-3M8 7.800v6.4" />`,
);
export const pictureIcon = box(
  svg`<rect x="2" y="3" width="12" height="10" rx="1" /><path d="m2.5 11.5 3.5-4 3 3 2-1.8 2.5 2.3" />`,
);
export const crosshairIcon = box(
  svg`<circle cx="8" cy="8" r="4.2" /><path d="M8 1.500v4M8 10.500v4M1.5 8h4M10.5 8h4" />`,
);
export const fitIcon = box(
  svg`<path d="M2.5 5.500v-3h3M10.5 2.500h3v3M13.5 10.500v3h-3M5.5 13.500h-3v-3" />`,
);
export const pauseIcon = box(svg`<path d="M5.5 4v8M10.5 4v8" />`);
export const leftRightIcon = box(
  svg`<rect x="2.5" y="2.5" width="11" height="11" rx="1" /><path d="M8 2.500v11" />`,
);
export const aboveBelowIcon = box(
  svg`<rect x="2.5" y="2.5" width="11" height="11" rx="1" /><path d="M2.5 8h11" />`,
);
export const splitIcon = box(svg`<path d="M6 5 3 8l3 3M10 5l3 3-3 3" />`);
