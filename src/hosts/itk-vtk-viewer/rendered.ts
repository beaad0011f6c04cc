import type { ItkVtkViewer } from './viewer.js';

/** Does something that makes the viewer draw an image anew, and waits until it has. */
export async function rendered(
  viewer: ItkVtkViewer,
  image: string,
  work: () => Promise<void> | void,
): Promise<void> {
  let heard: (name: unknown) => void = () => undefined;
  const done = new Promise<void>((resolve) => {
    heard = (name) => {
      if (name === image) resolve();
    };
  });
  viewer.on('renderedImageAssigned', heard);
  try {
    await work();
    await done;
  } finally {
    viewer.off('renderedImageAssigned', heard);
  }
}
