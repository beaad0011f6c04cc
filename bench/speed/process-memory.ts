import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Bytes that a process of this machine holds now, and the most it held since the last call: resident memory, as Linux counts it.
 * Null where the system does not tell.
 */
export function processMemory(
  pid: number | 'self',
): { readonly now: number; readonly most: number } | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const bytes = (name: string): number =>
      1024 * Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]);
    const told = { now: bytes('VmRSS'), most: bytes('VmHWM') };
    // Starts the count of the most anew (proc(5)).
    writeFileSync(`/proc/${pid}/clear_refs`, '5');
    return told;
  } catch {
    return null;
  }
}
