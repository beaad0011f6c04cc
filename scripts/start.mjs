// npm start: install what is missing, build, make the sample, serve the example viewer on localhost.
import { installMissing } from './install.mjs';

installMissing();
const { build } = await import('./build.mjs');
await build();
const { serve } = await import('./serve.mjs');
const { root } = await import('./root.mjs');
await serve(`${root}/build/examples`, Number(process.env.PORT) || 4173);
