const getter = <T>(prototype: object, property: string): ((element: Node) => T) => {
  const { get } = Object.getOwnPropertyDescriptor(prototype, property)!;
  return (element) => get!.call(element) as T;
};

// a form's own properties are hidden by fields of their name, and forms do have a field called "children"
const childNodesOf = getter<NodeListOf<ChildNode>>(Node.prototype, 'childNodes');
/** Element children in the tree, whatever an author's fields are called. */
export const elementsOf = getter<HTMLCollection>(Element.prototype, 'children');

/** Children as they are rendered: shadow trees and slotted nodes instead of light ones. */
export function childrenOf(node: Node): Iterable<ChildNode> {
  if (node.nodeType === 1) {
    const element = node as Element;
    if (element.shadowRoot) return childNodesOf(element.shadowRoot);
    if (element.localName === 'slot') {
      const assigned = (element as HTMLSlotElement).assignedNodes() as ChildNode[];
      if (assigned.length > 0) return assigned;
    }
  }
  return childNodesOf(node);
}

/** Parent as it is rendered; undefined at the document. */
export function parentOf(element: Element): Element | undefined {
  if (element.assignedSlot) return element.assignedSlot;
  if (element.parentElement) return element.parentElement;
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.host : undefined;
}

/** The element itself, then its ancestors, through shadow roots. */
export function* upFrom(element: Element): Generator<Element> {
  for (let at: Element | undefined = element; at; at = parentOf(at)) yield at;
}

/** True when `inner` is `outer` or is rendered inside it. */
export function contains(outer: Element, inner: Element): boolean {
  if (outer.contains(inner)) return true;
  for (const at of upFrom(inner)) if (at === outer) return true;
  return false;
}

/** Elements that an attribute with ids refers to, in its order. */
export function referred(element: Element, attribute: string): Element[] {
  const ids = element.getAttribute(attribute);
  if (!ids) return [];
  const root = element.getRootNode() as Document | ShadowRoot;
  if (typeof root.getElementById !== 'function') return [];
  return ids.split(/\s+/).flatMap((id) => (id ? (root.getElementById(id) ?? []) : []));
}

/** The id attribute: the property of a form is hidden by a field called "id". */
export const idOf = (element: Element): string => element.getAttribute('id') ?? '';

export const fold = (text: string): string => text.replace(/[\s\u00a0\u200b-\u200d\u2060\ufeff]+/g, ' ').trim();

export const cut = (text: string, max: number): string => (text.length > max ? `${text.slice(0, max - 1)}…` : text);

const INLINE_SKIP = new Set(['script', 'style', 'template', 'noscript', 'head']);

/** Folded text of a subtree, hidden parts included, reading no more than it needs. */
export function roughText(element: Node, max: number, skip?: (element: Element) => boolean): string {
  let text = '';
  const visit = (parent: Node): void => {
    const rendered = (parent as Element).shadowRoot || parent.nodeName === 'SLOT' ? [...childrenOf(parent)] : undefined;
    let index = 0;
    for (
      let child = rendered ? rendered[0] : parent.firstChild;
      child && text.length <= max;
      child = rendered ? rendered[++index] : child.nextSibling
    ) {
      if (child.nodeType === 3) {
        const own = (child as Text).data;
        if (/\S/.test(own)) text += `${text ? ' ' : ''}${fold(own.length > 4 * max ? own.slice(0, 4 * max) : own)}`;
      } else if (child.nodeType === 1 && !INLINE_SKIP.has((child as Element).localName) && !skip?.(child as Element)) visit(child);
    }
  };
  visit(element);
  return cut(text, max);
}

/** The focused element, inside shadow roots too. */
export function activeElement(): Element | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
}
