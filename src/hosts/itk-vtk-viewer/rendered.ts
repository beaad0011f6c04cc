import { UnmixingError } from '../../spectral/errors.js';
import type { ItkVtkViewer } from './viewer.js';

/** Longest that the viewer may take to draw an image anew, ms: it tells of no failure. */
const longest = 60_000;

/**
 * Does something that makes the viewer draw an image anew, and waits until it has.
 * @throws UnmixingError `host` when it does not
 */
export async function rendered(
  viewer: ItkVtkViewer,
  image: string,
  work: () => Promise<void> | void,
): Promise<void> {
  let heard: (name: unknown) => void = () => undefined;
  let timer = 0;
  const done = new Promise<void>((resolve, reject) => {
    heard = (name) => {
      if (name === image) resolve();
    };
    timer = window.setTimeout(
      () =>
        reject(
          new UnmixingError('host', `itk-vtk-viewer did not draw ${image}.`),
        ),
      longest,
    );
  });
  viewer.on('renderedImageAssigned', heard);
  // While it animates, the viewer draws with the next frame. Else it draws in the midst of a change of its image, before labels have
  // their colours, and fails.
  const interactor = viewer.getViewProxy().getRenderWindow().getInteractor();
  const asker = {};
  interactor.requestAnimation(asker);
  try {
    await Promise.all([work(), done]);
  } finally {
    interactor.cancelAnimation(asker);
    viewer.off('renderedImageAssigned', heard);
    window.clearTimeout(timer);
  }
}
