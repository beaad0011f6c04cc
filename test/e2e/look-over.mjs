// What can be told of a page without eyes on it: the rules of axe, words that are cut or run out of their place, what the focus
// looks like, and what is said aloud.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);

/** Runs in the page: `window.lookOver`, which reaches into every shadow root. */
function prepare() {
  /** All elements under a root, in document order, those of shadow roots right after their hosts. */
  function* elementsOf(root) {
    for (const element of root.children) {
      yield element;
      if (element.shadowRoot) yield* elementsOf(element.shadowRoot);
      yield* elementsOf(element);
    }
  }
  /** Where an element is drawn: its slot, its parent, or the host of its shadow root. */
  const above = (node) =>
    node.assignedSlot ??
    node.parentElement ??
    (node.getRootNode() instanceof window.ShadowRoot
      ? node.getRootNode().host
      : null);
  function* aboveAll(element) {
    for (let at = above(element); at; at = above(at)) yield at;
  }
  const shown = (element) =>
    element.checkVisibility({
      opacityProperty: true,
      visibilityProperty: true,
    });
  const isForEars = (element) => {
    for (const at of [element, ...aboveAll(element)])
      if (getComputedStyle(at).clipPath.startsWith('inset(50%')) return true;
    return false;
  };
  const nameOf = (element) => {
    const label =
      element.getAttribute('aria-label') ??
      element.labels?.[0]?.textContent ??
      element.textContent;
    const words = label.replace(/\s+/g, ' ').trim().slice(0, 60);
    const host = element.getRootNode().host?.localName ?? 'page';
    return `${host} ${element.localName} "${words}"`;
  };
  const explained = (element) => {
    for (const at of [element, ...aboveAll(element)]) {
      if (at.title) return true;
      if (at.localName.includes('-')) break;
    }
    return false;
  };
  /** The first box that cuts a rectangle off, in this direction. */
  const cutter = (element, box, axis) => {
    const [low, high, overflow] =
      axis === 'x'
        ? ['left', 'right', 'overflowX']
        : ['top', 'bottom', 'overflowY'];
    for (const at of [element, ...aboveAll(element)]) {
      const style = getComputedStyle(at);
      const how = style[overflow];
      if (how === 'visible' || style.display === 'inline') continue;
      // Down and up there is always more to scroll to.
      if (axis === 'y' && (how === 'auto' || how === 'scroll')) return null;
      const edge = at.getBoundingClientRect();
      if (box[low] < edge[low] - 1 || box[high] > edge[high] + 1) return at;
    }
    return null;
  };

  const cutText = (element) => {
    for (const node of element.childNodes) {
      if (node.nodeType !== Node.TEXT_NODE || !node.data.trim()) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const box = range.getBoundingClientRect();
      if (box.width === 0) continue;
      for (const axis of ['x', 'y']) {
        const by = cutter(element, box, axis);
        if (by) return `${node.data.trim()} (${axis}, by ${nameOf(by)})`;
      }
      if (box.right > window.innerWidth + 1 || box.left < -1)
        return `${node.data.trim()} (beyond the page)`;
    }
    return null;
  };

  const measure = document.createElement('canvas').getContext('2d');
  const cutField = (element) => {
    if (element.localName === 'select') {
      const words = element.selectedOptions[0]?.textContent.trim() ?? '';
      const style = getComputedStyle(element);
      measure.font = style.font;
      const room =
        element.clientWidth -
        parseFloat(style.paddingLeft) -
        parseFloat(style.paddingRight) -
        4; // what a native select keeps free inside its padding
      return measure.measureText(words).width > room + 1
        ? `${words} (${Math.round(measure.measureText(words).width)} px in ${Math.round(room)})`
        : null;
    }
    return element.localName === 'input' &&
      ['text', 'number'].includes(element.type) &&
      element.scrollWidth > element.clientWidth + 1
      ? `${element.value} (${element.scrollWidth} px in ${element.clientWidth})`
      : null;
  };

  const focused = () => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return at === document.body ? null : at;
  };

  window.lookOver = {
    nameOf,
    /** Words that are not whole in sight and that no title tells, and boxes that scroll sideways. */
    cut() {
      const found = [];
      for (const element of elementsOf(document.body)) {
        if (!shown(element) || isForEars(element)) continue;
        const words = cutText(element) ?? cutField(element);
        if (words && !explained(element))
          found.push(`${nameOf(element)}: cut: ${words}`);
        const { overflowX } = getComputedStyle(element);
        if (
          ['auto', 'scroll'].includes(overflowX) &&
          element.scrollWidth > element.clientWidth + 1
        )
          found.push(
            `${nameOf(element)}: scrolls sideways: ${element.scrollWidth} in ${element.clientWidth}`,
          );
      }
      if (document.documentElement.scrollWidth > window.innerWidth)
        found.push('the page scrolls sideways');
      return found;
    },
    /** What has the focus, through all shadow roots. */
    focused,
    /** Controls that the tab key should reach: in sight, on, and not one of a group with arrows. */
    controls: () =>
      [...elementsOf(document.body)].filter(
        (element) =>
          element.matches(
            'button, input, select, textarea, summary, a[href], [tabindex]',
          ) &&
          element.tabIndex >= 0 &&
          !element.disabled &&
          shown(element) &&
          // Of radios of one name the tab key reaches one.
          !(element.type === 'radio' && !element.checked),
      ),
    /** Whether an element looks otherwise with the focus than without. The focus stays with it. */
    focusShows(element) {
      const near = [element, ...element.querySelectorAll('*')];
      for (const at of aboveAll(element)) {
        near.push(at);
        if (near.length > 60 || at.localName.includes('-')) break;
      }
      const looks = () =>
        near
          .map((one) => {
            const { outline, boxShadow, stroke, display } =
              getComputedStyle(one);
            const thumb = getComputedStyle(one, '::before').boxShadow;
            return [outline, boxShadow, stroke, display, thumb].join();
          })
          .join(';');
      const on = looks();
      element.blur();
      const off = looks();
      element.focus();
      return on !== off;
    },
    said: [],
  };

  // All that live regions come to say.
  const listen = () => {
    const { said } = window.lookOver;
    for (const element of elementsOf(document)) {
      if (!element.matches('[role=status], [role=alert], [aria-live]'))
        continue;
      const words = element.textContent.replace(/\s+/g, ' ').trim();
      if (words && said.at(-1) !== words && !said.slice(-8).includes(words))
        said.push(words);
    }
    requestAnimationFrame(listen);
  };
  requestAnimationFrame(listen);
}

/** Makes a page ready to be looked over. */
export async function watchPage(page) {
  await page.evaluate(axeSource);
  await page.evaluate(prepare);
}

/** Two frames later all that was asked for is drawn. */
export const settle = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve) =>
        requestAnimationFrame(() =>
          requestAnimationFrame(() => setTimeout(resolve)),
        ),
      ),
  );

/** What axe finds, a line for each element. */
export const violations = (page) =>
  page.evaluate(async () => {
    const { violations: found } = await window.axe.run(document, {
      resultTypes: ['violations'],
      rules: { 'target-size': { enabled: true } },
    });
    return found.flatMap(({ id, nodes }) =>
      nodes.map(
        ({ target, failureSummary }) =>
          `${id}: ${target.flat().join(' ')}: ${failureSummary.replace(/\s+/g, ' ')}`,
      ),
    );
  });

export const cutWords = (page) => page.evaluate(() => window.lookOver.cut());

/** What has the focus, as "element-it-stands-in tag "words""; null while nothing has. */
export const focusedName = (page) =>
  page.evaluate(() => {
    const at = window.lookOver.focused();
    return at && window.lookOver.nameOf(at);
  });

/**
 * Goes once round the page with the tab key.
 * @returns what was reached in order, what was not, and what has the focus out of sight or without showing it
 */
export async function tabRound(page) {
  const wanted = await page.evaluate(() => {
    const { controls, nameOf } = window.lookOver;
    window.tabStops = controls();
    return window.tabStops.map(nameOf);
  });
  await page.evaluate(() => {
    const first = document.querySelector('h1');
    first.tabIndex = -1;
    first.focus();
  });
  const reached = [];
  const unseen = [];
  for (;;) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const { focused, focusShows, nameOf } = window.lookOver;
      const element = focused();
      if (!element) return null;
      const { top, right, bottom, left, width } =
        element.getBoundingClientRect();
      return {
        at: window.tabStops.indexOf(element),
        name: nameOf(element),
        // The thumb of a slider, which no script can look at, has the ring.
        shows: element.type === 'range' || focusShows(element),
        inSight:
          width > 0 &&
          bottom > 0 &&
          right > 0 &&
          top < window.innerHeight &&
          left < window.innerWidth,
      };
    });
    if (
      !at ||
      reached.some(({ name, at: n }) => n === at.at && name === at.name)
    )
      break;
    reached.push(at);
    if (!at.shows) unseen.push(`${at.name}: no sign of the focus`);
    if (!at.inSight) unseen.push(`${at.name}: out of sight`);
  }
  return {
    reached: reached.map(({ name }) => name),
    missed: wanted.filter((_, n) => !reached.some(({ at }) => at === n)),
    unseen,
  };
}

/** Presses the tab key until what the words say has the focus. */
export async function tabTo(page, words, most = 160) {
  const passed = [];
  for (let n = 0; n < most; n++) {
    await page.keyboard.press('Tab');
    const name = await focusedName(page);
    if (name?.match(words)) return name;
    passed.push(name);
  }
  throw new Error(
    `${words} is not reached by the tab key: ${passed.join(', ')}`,
  );
}

/** All that live regions said so far. */
export const saidAloud = (page) => page.evaluate(() => window.lookOver.said);
