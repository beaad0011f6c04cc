import type { Undo } from '../host.js';

/**
 * The panel's box in OHIF's side panel, and OHIF's own colours (its custom properties hold hue, saturation and
 * lightness) for elements whose theme the user has not chosen.
 */
const rules = `
stratigraph-ohif {
  display: block;
  flex: 1;
  min-height: 0;
  overflow: auto;
}
stratigraph-ohif > div {
  display: flex;
  flex-direction: column;
  height: 100%;
}
stratigraph-ohif unmixing-panel {
  flex: 1;
  min-height: 0;
}
stratigraph-ohif [role='alert'] {
  margin: 0;
  padding: 12px;
  color: hsl(var(--foreground));
  font-size: 13px;
}
stratigraph-ohif [role='alert'] button {
  color: hsl(var(--primary));
  text-decoration: underline;
}
:is(unmixing-panel, unmixing-legend)[theme='auto'] {
  color-scheme: dark;
  --unmixing-surface: hsl(var(--background));
  --unmixing-text: hsl(var(--foreground));
  --unmixing-accent: hsl(var(--primary));
  --unmixing-on-accent: hsl(var(--background));
  --unmixing-font: Inter, sans-serif;
}
/* Corners of a viewport are OHIF's own: between them, or above in a narrow one. */
div:has(> unmixing-legend) {
  container-type: size;
}
unmixing-legend {
  justify-self: center;
  max-width: 60%;
}
@container (width < 640px) {
  unmixing-legend {
    max-width: calc(100% - 24px);
    margin-bottom: 56px;
  }
}
`;

/** Dresses the page for the plugin, also where its policy allows no style elements. */
export function dress(): Undo {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  document.adoptedStyleSheets.push(sheet);
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter(
      (one) => one !== sheet,
    );
  };
}
