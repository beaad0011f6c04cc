import { unmixDefaults } from '../engine/options.js';
import { defaultClassThreshold } from '../session/classes.js';
import { everyCapability } from './instead.js';
import { noIdentifying } from './identify/ask.js';
import { noSessions } from './sessions/ask.js';
import type { SessionState } from './state.js';

/** A session in which nothing was opened. */
export const emptyState = Object.freeze<SessionState>({
  viewer: { id: '', version: 'unknown', capabilities: everyCapability },
  volumes: [],
  cubes: [],
  active: '',
  cube: { state: 'none' },
  chain: {
    steps: [],
    applied: [],
    work: { state: 'idle' },
    means: null,
    last: [],
  },
  display: { mode: 'false-colour' },
  pictures: [],
  request: { ...unmixDefaults, endmembers: 5 },
  count: null,
  fixing: { state: 'idle' },
  editing: { state: 'idle' },
  run: { state: 'idle' },
  saving: { state: 'idle' },
  unmixing: null,
  runs: [],
  shownRun: null,
  evidence: null,
  colours: [],
  placements: {},
  registrations: [],
  registering: {
    moving: '',
    fixed: '',
    kind: 'similarity',
    pending: null,
    selected: null,
    stage: 'closed',
    work: { state: 'idle' },
  },
  layers: [],
  composite: { on: false, reason: null },
  classThreshold: defaultClassThreshold,
  comparison: null,
  caption: null,
  identifying: noIdentifying,
  sessions: noSessions,
  selected: null,
  pointer: null,
  backends: null,
  theme: 'auto',
  canUndo: false,
  canRedo: false,
});
