// Entry of the module worker that compares spectra with libraries: messages in, the desk's answers out.
import { IdentifyDesk } from './identify-desk.js';
import type { ToIdentifier } from './identify-protocol.js';

const desk = new IdentifyDesk((message, transfer = []) => {
  postMessage(message, { transfer });
});

addEventListener('message', ({ data }: MessageEvent<ToIdentifier>) => {
  void desk.receive(data);
});
