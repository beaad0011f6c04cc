import { noChange } from 'lit';
import { Directive, PartType, directive } from 'lit/directive.js';
import type { AttributePart, PartInfo } from 'lit/directive.js';

/** CSS properties by their names in CSS, such as `flex-grow` or `--_fill`. */
type Styles = Readonly<Record<string, string>>;

class StyleMap extends Directive {
  private given: Styles = {};

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ATTRIBUTE || part.name !== 'style')
      throw new Error('styleMap belongs in a style attribute, alone.');
  }

  override render(styles: Styles): unknown {
    this.given = styles;
    return noChange;
  }

  override update({ element }: AttributePart, [styles]: [Styles]): unknown {
    const { style } = element;
    for (const name of Object.keys(this.given))
      if (!(name in styles)) style.removeProperty(name);
    for (const [name, value] of Object.entries(styles))
      if (this.given[name] !== value) style.setProperty(name, value);
    return this.render(styles);
  }
}

/**
 * Sets styles property by property. Lit's own directive of this name writes a style attribute the first time, which a
 * content security policy without 'unsafe-inline' refuses.
 */
export const styleMap = directive(StyleMap);
