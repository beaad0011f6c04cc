import { quietly } from '../common/shapes.js';

/** The parts of Vue's nodes that are walked here. */
export interface VueNode {
  readonly type?: unknown;
  readonly component?: VueInstance | null;
  readonly suspense?: { readonly activeBranch?: VueNode | null } | null;
  readonly children?: unknown;
}

interface VueInstance {
  readonly type: { readonly name?: string; readonly __name?: string };
  readonly props: Readonly<Record<string, unknown>>;
  readonly slots: Readonly<Record<string, (() => unknown) | undefined>>;
  readonly exposed: object | null;
  readonly setupState: Readonly<Record<string, unknown>> | null;
  readonly subTree: VueNode | null;
}

/** Every component that Vue has drawn under a node, in their order on the page. */
export function components(root: VueNode): VueInstance[] {
  const found: VueInstance[] = [];
  const open: unknown[] = [root];
  while (open.length > 0) {
    const node = open.pop() as VueNode | string | null | undefined;
    if (typeof node !== 'object' || node === null) continue;
    if (node.component) {
      found.push(node.component);
      open.push(node.component.subTree);
    }
    if (node.suspense) open.push(node.suspense.activeBranch);
    if (Array.isArray(node.children))
      open.push(...(node.children as unknown[]).toReversed());
  }
  return found;
}

/**
 * VolView's version, or null. It is told only in its About box, which is not drawn before it is opened: it stands in the
 * source of the function that sets the box up, which lies in the slot of a dialog.
 */
export function versionOf(root: VueNode): string | null {
  for (const { slots } of components(root).filter(
    ({ type }) => (type.name ?? type.__name) === 'CloseableDialog',
  )) {
    const content = quietly(() => slots['default']?.());
    for (const node of Array.isArray(content) ? (content as VueNode[]) : []) {
      const type = node.type as { name?: string; setup?: unknown } | undefined;
      if (type?.name !== 'AboutBox') continue;
      const told = /\bvolview["']?:\s*["'`]([^"'`]+)/.exec(String(type.setup));
      if (told) return told[1];
    }
  }
  return null;
}
