// The extension that OHIF loads: bundled to one module beside the package's worker and assets.
import { activate } from 'stratigraph';
import { ohifExtension } from 'stratigraph/hosts/ohif';

// The plugin: from here …
export default ohifExtension((host) =>
  activate(host, {
    workerUrl: '/stratigraph/worker.js',
    assets: '/stratigraph/',
  }),
);
// … to here.
