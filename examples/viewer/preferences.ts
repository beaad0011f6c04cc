/** What the viewer remembers between visits. */
export interface Preferences {
  readonly theme: 'dark' | 'light' | 'auto';
  readonly panel: boolean;
}

const key = 'stratigraph-viewer';

const first: Preferences = { theme: 'auto', panel: true };

/** What was remembered; before that, the system's scheme and an open panel. */
export function readPreferences(): Preferences {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return first;
    const theme = 'theme' in kept ? kept.theme : null;
    const panel = 'panel' in kept ? kept.panel : null;
    return {
      theme: theme === 'dark' || theme === 'light' ? theme : first.theme,
      panel: typeof panel === 'boolean' ? panel : first.panel,
    };
  } catch {
    return first; // storage is blocked or holds something else
  }
}

export function writePreferences(preferences: Preferences): void {
  try {
    localStorage.setItem(key, JSON.stringify(preferences));
  } catch {
    // storage is blocked: the next visit starts anew
  }
}
