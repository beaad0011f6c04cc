import { waitUntil } from '@open-wc/testing';
import type { Host } from '../../../src/hosts/host.js';
import { ohifHost, type OhifManagers } from '../../../src/hosts/ohif.js';
import { checkOhif } from '../../../src/hosts/ohif/viewer.js';
import {
  registerMade,
  ViewportPage,
  type TestedCornerstone,
  type TestedViewport,
} from './cornerstone-page.js';
import { makeCube, makeSeries } from './dicom-made.mjs';

interface Services {
  readonly services: {
    readonly cornerstoneViewportService: {
      getCornerstoneViewport(id: string): TestedViewport | null;
    };
  };
}

const folder = '/viewers/@ohif/app/';
const patience = { timeout: 150_000, interval: 100 };

/** What the pages of OHIF's own document would set before its bundle runs. */
interface OhifWindow {
  PUBLIC_URL: string;
  config: object;
  browserImportFunction(address: string): Promise<unknown>;
}

let starting: Promise<OhifManagers> | null = null;

/** OHIF, started in the document of the tests, with a small series open in its viewport `default`. */
export const startOhif = (): Promise<OhifManagers> => (starting ??= start());

async function start(): Promise<OhifManagers> {
  const html = await (await fetch(`${folder}index.html`)).text();
  const [, bundle] = html.match(/src="(\/app\.bundle\.[^"]+\.js)"/)!;
  let managers: OhifManagers | null = null;
  Object.assign(window, {
    PUBLIC_URL: '/',
    browserImportFunction: (address) => import(address),
    config: {
      routerBasename: '/',
      extensions: [
        {
          id: 'test',
          preRegistration(given: OhifManagers): void {
            managers = given;
          },
        },
      ],
      modes: [],
      showStudyList: true,
      maxNumberOfWebWorkers: 1,
      investigationalUseDialog: { option: 'never' },
      defaultDataSourceName: 'dicomlocal',
      dataSources: [
        {
          namespace: '@ohif/extension-default.dataSourcesModule.dicomlocal',
          sourceName: 'dicomlocal',
          configuration: { friendlyName: 'Files' },
        },
      ],
    },
  } satisfies OhifWindow);
  history.replaceState(null, '', '/localbasic');
  for (const id of ['react-portal', 'root']) {
    const place = document.createElement('div');
    place.id = id;
    document.body.append(place);
  }
  const style = document.createElement('link');
  style.rel = 'stylesheet';
  style.href = '/app.bundle.css';
  const script = document.createElement('script');
  script.src = bundle;
  document.head.append(style, script);
  const input = await found<HTMLInputElement>('input[type=file]');
  drop(input);
  await found('[data-viewport-uid=default] canvas');
  const opened = managers!;
  await waitUntil(
    () => viewportOf(opened)?.getActors().length,
    'the series is shown',
    patience,
  );
  registerMade(checkOhif(opened).cornerstone as TestedCornerstone);
  return opened;
}

async function found<E extends Element>(selector: string): Promise<E> {
  await waitUntil(
    () => document.querySelector(selector),
    `${selector} is there`,
    patience,
  );
  return document.querySelector<E>(selector)!;
}

function drop(input: HTMLInputElement): void {
  const files = new DataTransfer();
  const series = makeSeries(makeCube({ width: 8, height: 6, bands: 4 }));
  for (const { name, type, bytes } of series)
    files.items.add(new File([bytes], name, { type }));
  input.files = files.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
}

const viewportOf = ({ servicesManager }: OhifManagers): TestedViewport | null =>
  (
    servicesManager as Services
  ).services.cornerstoneViewportService.getCornerstoneViewport('default');

/** OHIF's own viewport, and the host on it. */
export class OhifPage extends ViewportPage {
  readonly host: Host;

  constructor(private readonly managers: OhifManagers) {
    const { element } = viewportOf(managers)!;
    super(
      checkOhif(managers).cornerstone as TestedCornerstone,
      'stack',
      element.parentElement!,
      element,
    );
    this.remember();
    this.host = ohifHost(managers);
  }

  get viewport(): TestedViewport {
    return viewportOf(this.managers)!;
  }

  /** OHIF stays open: the next test shows another stack in it. */
  close(): void {
    this.host.dispose();
  }
}
