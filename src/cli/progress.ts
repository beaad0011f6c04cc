/** A line that is written over again; nothing where no person looks on, but for a batch that started this run. */
export interface ProgressLine {
  show(words: string, fraction: number): void;
  clear(): void;
}

/** What a run tells the batch that it is part of. */
export interface Told {
  readonly fraction: number;
}

/** Shortest time between two states of the line, milliseconds. */
const calm = 100;

export function progressLine(stream: NodeJS.WriteStream): ProgressLine {
  let last = 0;
  let shown = false;
  return {
    show(words, fraction) {
      const now = performance.now();
      if (now - last < calm) return;
      last = now;
      if (process.connected) process.send?.({ fraction } satisfies Told);
      if (!stream.isTTY) return;
      shown = true;
      const percent = `${Math.round(100 * fraction)} %`.padStart(5);
      stream.write(
        `\r\x1b[K${percent}  ${words.slice(0, Math.max(10, stream.columns - 8))}`,
      );
    },
    clear() {
      if (shown) stream.write('\r\x1b[K');
      shown = false;
    },
  };
}
