const key = 'stratigraph-viewer.panel';

/** Whether the panel was open at the last visit; at the first it is. */
export function recallPanel(): boolean {
  try {
    return localStorage.getItem(key) !== 'closed';
  } catch {
    return true; // storage is blocked
  }
}

export function rememberPanel(isOpen: boolean): void {
  try {
    localStorage.setItem(key, isOpen ? 'open' : 'closed');
  } catch {
    // storage is blocked: the next visit starts anew
  }
}
