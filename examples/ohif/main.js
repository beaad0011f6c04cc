// The extension that OHIF loads when it starts; the plugin itself comes when its panel is first opened.
import { ohifExtension } from 'stratigraph/hosts/ohif';

// The plugin: from here …
export default ohifExtension(async (host) => {
  const { activate } = await import('stratigraph');
  return activate(host, {
    workerUrl: '/stratigraph/worker.js',
    assets: '/stratigraph/',
  });
});
// … to here.
