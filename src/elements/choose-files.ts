/** Lets the user choose files; resolves with none when they think better of it. */
export function chooseFiles(): Promise<readonly File[]> {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  return new Promise((resolve) => {
    input.addEventListener('change', () => {
      resolve(Array.from(input.files ?? []));
    });
    input.addEventListener('cancel', () => {
      resolve([]);
    });
    input.click();
  });
}
