/** The element of index.html with this id. */
export function part<E extends Element = HTMLElement>(id: string): E {
  const element = document.querySelector<E>(`#${id}`);
  if (!element) throw new Error(`index.html has no #${id}`);
  return element;
}
