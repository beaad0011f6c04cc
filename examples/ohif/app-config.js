// OHIF's configuration, with the plugin's panel in every mode, for files from this computer.
window.config = {
  // The plugin: from here …
  extensions: ['/ohif/main.js'],
  customizationService: {
    mode: {
      '*': {
        rightPanels: { $push: ['stratigraph.panelModule.unmixing'] },
      },
    },
  },
  // … to here.
  routerBasename: '/',
  modes: [],
  showStudyList: true,
  maxNumberOfWebWorkers: 2,
  defaultDataSourceName: 'dicomlocal',
  dataSources: [
    {
      namespace: '@ohif/extension-default.dataSourcesModule.dicomlocal',
      sourceName: 'dicomlocal',
      configuration: { friendlyName: 'Files of this computer' },
    },
  ],
};
