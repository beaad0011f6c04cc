import uPlot from 'uplot';

/** What makes elements: the one of many signatures that uPlot calls. */
interface Maker {
  createElement: (tag: string, given?: ElementCreationOptions) => HTMLElement;
}

/**
 * A plot whose canvas is held in memory. On a GPU, or software in its place, that is busy training or drawing, the page would
 * wait for it every few frames, for seconds. uPlot takes its context without a word on how, and a canvas keeps how its first
 * context was asked for: so it is asked for, once, as the canvas is made.
 */
export function plotInMemory(
  options: uPlot.Options,
  data: uPlot.AlignedData,
  target: HTMLElement,
): uPlot {
  const own = Object.getOwnPropertyDescriptor(document, 'createElement');
  const maker: Maker = document;
  const create = maker.createElement.bind(document);
  const inMemory: Maker['createElement'] = (tag, given) => {
    const element = create(tag, given);
    if (element instanceof HTMLCanvasElement)
      element.getContext('2d', { willReadFrequently: true });
    return element;
  };
  Object.defineProperty(document, 'createElement', {
    value: inMemory,
    configurable: true,
    writable: true,
  });
  try {
    return new uPlot(options, data, target);
  } finally {
    // What others put there comes back; the document's own is its prototype's.
    if (own) Object.defineProperty(document, 'createElement', own);
    else Reflect.deleteProperty(document, 'createElement');
  }
}
