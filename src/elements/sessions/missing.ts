import { bytes } from '../../formats/common/words.js';
import { baseName } from '../../formats/common/words.js';
import { fileRecords } from '../../session/document/load.js';
import type {
  FileRecord,
  SessionDocument,
} from '../../session/document/schema.js';

/** Whether a file is the one that was meant: by its bytes where their sum is known, else by name and size. */
async function isSame(
  file: File,
  record: FileRecord,
  sumOf: (file: File) => Promise<string | null>,
): Promise<boolean> {
  if (file.size !== record.size) return false;
  const sum = record.sha256 === null ? null : await sumOf(file);
  return sum === null
    ? baseName(file.name) === baseName(record.name)
    : sum === record.sha256;
}

/** The files that a session names and does not hold, and those that a user has found. */
export class MissingFiles {
  readonly #found = new Map<FileRecord, File>();
  readonly #all: readonly FileRecord[];

  constructor(
    document: SessionDocument,
    private readonly sumOf: (file: File) => Promise<string | null>,
  ) {
    this.#all = fileRecords(document).filter(({ piece }) => piece === null);
  }

  get missing(): readonly FileRecord[] {
    return this.#all.filter((record) => !this.#found.has(record));
  }

  /**
   * Takes files for those that are missing.
   * @returns why one of them is none of these, in a sentence; null when all are taken
   */
  async take(files: readonly File[]): Promise<string | null> {
    let refused: string | null = null;
    for (const file of files) {
      let isTaken = false;
      for (const record of this.#all)
        if (await isSame(file, record, this.sumOf)) {
          this.#found.set(record, file);
          isTaken = true;
        }
      if (!isTaken) refused ??= this.#refusal(file);
    }
    return refused;
  }

  #refusal(file: File): string {
    const named = this.#all.find(
      ({ name }) => baseName(name) === baseName(file.name),
    );
    if (!named) return `${file.name} is none of the files that are missing.`;
    return named.size === file.size
      ? `${file.name} is another file of this name: its bytes differ.`
      : `${file.name} is another file of this name: it has ${bytes(file.size)} (want ${bytes(named.size)}).`;
  }

  /** The file of a record, under the name and date that the session knows; the record itself where it was not found. */
  fileOf(record: FileRecord): File | FileRecord {
    const file = this.#found.get(record);
    if (!file) return record;
    const { name, lastModified } = record;
    return new File([file], name, { lastModified });
  }
}
