/** Choices kept in this browser. Where storage is refused, they last as long as the page. */
const prefix = 'stratigraph.';
const here = new Map<string, string>();

export function remember(key: string, value: unknown): void {
  const text = JSON.stringify(value);
  here.set(key, text);
  try {
    localStorage.setItem(prefix + key, text);
  } catch {
    // Refused or full: the copy above serves this page.
  }
}

/** What was remembered, as it was written; undefined when nothing was, or nothing that can be read. */
export function recall(key: string): unknown {
  try {
    const text = localStorage.getItem(prefix + key) ?? here.get(key);
    return text === undefined ? undefined : (JSON.parse(text) as unknown);
  } catch {
    const text = here.get(key);
    return text === undefined ? undefined : (JSON.parse(text) as unknown);
  }
}
