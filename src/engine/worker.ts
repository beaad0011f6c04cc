// Entry of the module worker: messages in, the desk's answers out.
import { Desk } from './desk.js';
import type { ToWorker } from './protocol.js';

const desk = new Desk(
  (message, transfer = []) => {
    postMessage(message, { transfer });
  },
  import.meta.url,
);

addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  void desk.receive(data);
});
