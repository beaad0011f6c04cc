/** The element of index.html with this id, of this kind. */
export function part<E extends Element>(id: string, kind: new () => E): E {
  const element = document.getElementById(id);
  if (!(element instanceof kind))
    throw new Error(`index.html has no ${kind.name} #${id}`);
  return element;
}

/** The HTML element with this id. */
export const box = (id: string): HTMLElement => part(id, HTMLElement);
