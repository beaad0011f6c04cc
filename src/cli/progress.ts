/** A line that is written over again; nothing at all where no person looks on. */
export interface ProgressLine {
  show(words: string, fraction: number): void;
  clear(): void;
}

/** Shortest time between two states of the line, milliseconds. */
const calm = 100;

export function progressLine(stream: NodeJS.WriteStream): ProgressLine {
  let last = 0;
  let shown = false;
  return {
    show(words, fraction) {
      const now = performance.now();
      if (!stream.isTTY || now - last < calm) return;
      last = now;
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
