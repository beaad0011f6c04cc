import { named } from './dropped-files.js';

/**
 * Lets the user choose files, or a folder with all that it holds; resolves with none when they think better of it.
 * Files of a folder carry their path in their name.
 */
export function chooseFiles(
  what: 'files' | 'folder' = 'files',
): Promise<readonly File[]> {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  input.webkitdirectory = what === 'folder';
  return new Promise((resolve) => {
    input.addEventListener('change', () => {
      resolve(
        Array.from(input.files ?? [], (file) =>
          named(file, file.webkitRelativePath || file.name),
        ),
      );
    });
    input.addEventListener('cancel', () => {
      resolve([]);
    });
    input.click();
  });
}
