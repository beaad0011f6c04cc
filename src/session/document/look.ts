/** The file in the zip that describes all others; it is written first. */
export const documentName = 'session.json';

/** Ending of the files that are written. */
export const sessionEnding = '.stratigraph.zip';

/** Where the name of the first file stands in a zip. */
const nameAt = 30;

/** Whether a file is a saved session: a zip that begins with its document, or is named like one. */
export async function isSessionFile(file: File): Promise<boolean> {
  if (!/\.zip$/i.test(file.name)) return false;
  const head = new Uint8Array(
    await file.slice(0, nameAt + documentName.length).arrayBuffer(),
  );
  const text = String.fromCharCode(...head);
  return (
    text.startsWith('PK\x03\x04') &&
    (text.endsWith(documentName) || file.name.endsWith(sessionEnding))
  );
}
