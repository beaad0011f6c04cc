// Entry of the module worker that registers images: one request in, progress and an answer out. Pages end it when they no longer
// want the answer.
import { toErrorData } from '../../spectral/errors.js';
import type { FromRegistration, ToRegistration } from './auto-protocol.js';
import { runRegistration } from './auto-run.js';

const post = (message: FromRegistration): void => {
  postMessage(message);
};

async function answer({
  moving,
  fixed,
  start,
  options,
}: ToRegistration): Promise<void> {
  try {
    const value = await runRegistration(moving, fixed, start, {
      ...options,
      onProgress: (progress) => post({ type: 'progress', progress }),
    });
    post({ type: 'registered', value });
  } catch (error) {
    post({ type: 'error', error: toErrorData(error) });
  }
}

addEventListener('message', ({ data }: MessageEvent<ToRegistration>) => {
  void answer(data);
});
