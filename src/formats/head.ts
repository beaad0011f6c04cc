/** The beginning of a file: what it takes to tell its format. */
export interface Head {
  readonly name: string;
  /** Bytes of the whole file. */
  readonly size: number;
  /** The first `headBytes` bytes, or all when there are fewer. */
  readonly bytes: Uint8Array;
  /** The same as text in UTF-8. */
  readonly text: string;
}

export const headBytes = 65536;

export async function readHead(file: File): Promise<Head> {
  const bytes = new Uint8Array(await file.slice(0, headBytes).arrayBuffer());
  const text = new TextDecoder().decode(bytes);
  return { name: file.name, size: file.size, bytes, text };
}

/** Whether bytes at a place are the codes of these characters (U+0000 to U+00FF). */
export function startsWith(
  bytes: Uint8Array,
  characters: string,
  at = 0,
): boolean {
  for (let i = 0; i < characters.length; i++)
    if (bytes[at + i] !== characters.charCodeAt(i)) return false;
  return true;
}
