// Added to VolView's page by one line, after VolView's own script: <script type="module" src="/volview/main.js"></script>
import { activate } from 'stratigraph';
import { volviewHost } from 'stratigraph/hosts/volview';

// The plugin: from here …
await activate(volviewHost(), {
  workerUrl: '/stratigraph/worker.js',
  assets: '/stratigraph/',
});
// … to here.
