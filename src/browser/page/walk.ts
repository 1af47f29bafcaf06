import type { Repeat } from '../../core/observation.ts';
import { candidateOf } from './candidate.ts';
import { clipOf, isEmpty, isOutside, reachesOutOfFlow } from './clip.ts';
import { isControl, isOftenHidden, visibleLabel } from './controls.ts';
import { surfaceOf } from './coverage.ts';
import { childrenOf, contains, cut, elementsOf } from './dom.ts';
import type { InnerFrame, LookOptions } from './frame-look.ts';
import { isDropZone } from './dragging.ts';
import { innerFrame } from './inner-frame.ts';
import { continuesWord } from './letters.ts';
import { Notices } from './notices.ts';
import { hasPiece, isBeyondScroll, isClippedAway, isFadingIn, showsNothing } from './rendered.ts';
import { collapse, Siblings, type Kind } from './repeats.ts';
import { roleOf } from './roles.ts';
import { columnOf, enter, rowText, type Scope, termOf, titleOf } from './scope.ts';
import type { Found } from './screen.ts';
import { Passages } from './text.ts';

const SKIP = new Set([
  'script',
  'style',
  'template',
  'noscript',
  'head',
  'link',
  'meta',
  'title',
  'base',
  'datalist',
  'param',
  'source',
  'track',
  'defs',
  'clippath',
  'mask',
  'object',
  'embed',
]);
/** Elements of a page that is not too large: when these take longer than the budget, it is the machine that is slow, and it is waited for. */
const ORDINARY = 6000;
const PATIENCE = 10;

/** Such rows are told, no more of them. */
const MOST_VEILED = 100;
const PRESSED = 'a[href],button,[role=button],[role=link],[role=menuitem]';

/** What is in these is their value, not part of the page. */
const CLOSED = new Set(['select', 'input', 'textarea', 'iframe', 'frame', 'canvas', 'video', 'audio']);
const SCOPED_TAGS = new Set(['section', 'label', 'legend', 'pre']);

/** One pass over what is rendered: finds the controls and everything that can be read. Changes nothing. */
export class Walk {
  readonly found: Found[] = [];
  readonly passages: Passages;
  readonly notices = new Notices();
  readonly repeats: Repeat[] = [];
  readonly frames: InnerFrame[] = [];
  readonly dialogs: Element[] = [];
  readonly roots: ShadowRoot[] = [];
  readonly #veiled = new Map<Element, Scope>();
  /** Controls that were one too many. */
  left = 0;
  /** Elements that could not be read. */
  unreadable = 0;
  readonly #options: LookOptions;
  readonly #end: number;
  readonly #latest: number;
  readonly #seen = new Set<Element>();
  #visited = 0;
  #late = false;

  constructor(options: LookOptions) {
    this.#options = options;
    const now = performance.now();
    this.#end = now + options.budget;
    this.#latest = now + PATIENCE * options.budget;
    this.passages = new Passages(options.maxPassages);
  }

  /** True once the time is up. */
  get late(): boolean {
    return this.#late;
  }

  run(root: Element): void {
    this.#inside(root, { heading: {}, hand: getComputedStyle(root).cursor === 'pointer', faded: false, disabled: false, textRole: 'text' });
    this.passages.end();
    this.#menusToPointAt();
  }

  /** Items of a navigation that show what they lead to only while they are pointed at, and can be used in no other way. */
  #menusToPointAt(): void {
    for (const [item, scope] of this.#veiled) {
      if (!/^(?:navigation|banner)/.test(scope.landmark ?? '') || this.found.some(({ element }) => contains(item, element))) continue;
      const before = this.found.length;
      this.#take(item, roleOf(item), 'generic', getComputedStyle(item), scope);
      const menu = this.found[before]?.candidate;
      if (menu) Object.assign(menu, { popup: 'menu', expanded: false });
    }
  }

  /** What rows are called that have controls which cannot be seen. */
  veiledRows(): string[] {
    return [...new Set([...this.#veiled.keys()].map(rowText))].filter((text) => text !== '').slice(0, MOST_VEILED);
  }

  #veil(element: Element, scope: Scope): void {
    const { row } = scope;
    if (row && !this.#veiled.has(row) && this.#veiled.size < MOST_VEILED && (element.matches(PRESSED) || element.querySelector(PRESSED)))
      this.#veiled.set(row, scope);
  }

  /** Looks at the clock now and then. */
  tick(): boolean {
    if ((++this.#visited & 127) === 0 && performance.now() > (this.#visited > ORDINARY ? this.#end : this.#latest)) this.#late = true;
    return this.#late;
  }

  #inside(parent: Element, scope: Scope): void {
    if (parent.shadowRoot) this.roots.push(parent.shadowRoot);
    const plain = !parent.shadowRoot && parent.localName !== 'slot';
    const siblings = new Siblings(
      plain ? [...elementsOf(parent)] : [...childrenOf(parent)].filter((node): node is ChildNode & Element => node.nodeType === 1),
    );
    const collapsed = collapse(siblings.elements, this.#options);
    const shut = parent.localName === 'details' && !(parent as HTMLDetailsElement).open;
    for (const child of childrenOf(parent)) {
      if (shut && (child as Element).localName !== 'summary') continue;
      if (child.nodeType === 3) this.passages.add((child as Text).data, scope, scope.control !== undefined);
      else if (child.nodeType === 1) {
        const element = child as Element;
        if (collapsed?.skipped.has(element)) continue;
        const before = this.found.length;
        try {
          this.#visit(element, scope, siblings);
        } catch {
          // a form whose fields hide the form's own properties, or what else pages come up with
          this.unreadable++;
        }
        const kind = collapsed?.shown.get(element);
        if (kind) kind.shape ??= this.#shapeOf(element, before);
      }
      if (this.#late) return;
    }
    if (collapsed) for (const kind of new Set(collapsed.shown.values())) this.#repeat(kind, scope);
  }

  #visit(element: Element, outer: Scope, siblings: Siblings): void {
    const tag = element.localName;
    if (SKIP.has(tag) || this.tick()) return;
    if (element.getAttribute('aria-hidden') === 'true' && !element.contains(document.activeElement)) return;
    if (element.hasAttribute('inert')) return;
    const style = getComputedStyle(element);
    const display = style.display;
    if (display === 'none') {
      this.#veil(element, outer);
      return isOftenHidden(element) ? this.#byLabel(element, outer) : undefined;
    }
    if (tag === 'br') return this.passages.space();
    const block = !display.startsWith('inline') && display !== 'contents';
    if (block) this.passages.end();
    else if (display !== 'inline') continuesWord(element) ? this.passages.join() : this.passages.space();
    const role = roleOf(element);
    const scope = this.#reshape(element, style, outer);
    const solid = style.visibility === 'visible';
    const visible = solid && !scope.faded;
    const kind = solid ? isControl(element, role, style, scope) : undefined;
    if (!solid) this.#veil(element, outer);
    if (kind && (visible || isOftenHidden(element))) this.#take(element, role, kind, style, scope);
    else if (kind) this.#veil(element, scope);
    else if (visible && isDropZone(element)) this.#take(element, role, 'zone', style, scope);
    if (visible) this.notices.consider(element, role);
    if (tag === 'label') this.#hiddenControlOf(element as HTMLLabelElement, scope);
    if (visible && (tag === 'iframe' || tag === 'frame'))
      this.frames.push(...[innerFrame(element as HTMLIFrameElement, scope) ?? []].flat());
    if (!CLOSED.has(tag) && !showsNothing(style))
      this.#descend(element, role, style, this.#enter(element, role, kind, style, scope, siblings), visible);
    if (block) this.passages.end();
    else if (display !== 'inline') this.passages.space();
  }

  /** Scope as rendering changes it: faded out, or out of the reach of a clip. */
  #reshape(element: Element, style: CSSStyleDeclaration, outer: Scope): Scope {
    let scope = outer;
    if (style.opacity === '0' && !outer.faded && !isFadingIn(element)) scope = { ...scope, faded: true };
    if (
      scope.clip &&
      (style.position === 'fixed' || style.position === 'absolute') &&
      !reachesOutOfFlow(scope.clip, element, style.position)
    )
      scope = { ...scope, clip: undefined, port: undefined };
    return scope;
  }

  /** Scope as meaning changes it: landmark, dialog, row, cell, control. */
  #enter(
    element: Element,
    role: string,
    kind: 'control' | 'generic' | undefined,
    style: CSSStyleDeclaration,
    outer: Scope,
    siblings: Siblings,
  ): Scope {
    const tag = element.localName;
    let scope = role || SCOPED_TAGS.has(tag) ? enter(element, role, outer) : outer;
    const change = (patch: Partial<Scope>): void => {
      scope = { ...scope, ...patch };
    };
    if ((role === 'dialog' || role === 'alertdialog') && element.getBoundingClientRect().width > 0) this.dialogs.push(element);
    if (role === 'cell' || role === 'gridcell') {
      const column = columnOf(element);
      if (column !== scope.column) change({ column });
    } else if (tag === 'dd') {
      const term = termOf(element);
      if (term !== undefined) change({ column: term });
    }
    if (role === 'row' || role === 'listitem' || role === 'article' || role === 'treeitem') {
      if (role !== 'row' || element.querySelector('td,[role=cell],[role=gridcell]')) change({ row: element });
    } else if ((!role || role === 'paragraph') && siblings.isCard(element)) change({ row: element, heading: { text: scope.heading.text } });
    // A row that can be pressed as a whole has its cells all the same.
    if (kind && role !== 'row') change({ control: element, loose: kind === 'generic' });
    else if (tag === 'label' && (element as HTMLLabelElement).control) change({ control: element, loose: false });
    const hand = style.cursor === 'pointer';
    if (hand !== scope.hand) change({ hand });
    const overflow = style.overflowX + style.overflowY;
    if (overflow !== 'visiblevisible' && element !== document.body) {
      if (/hidden|clip/.test(overflow) && !/auto|scroll/.test(overflow))
        change({ clip: clipOf(element, scope.clip), port: clipOf(element, scope.port) });
      else change({ port: clipOf(element, scope.port) });
    }
    return scope;
  }

  #descend(element: Element, role: string, style: CSSStyleDeclaration, scope: Scope, visible: boolean): void {
    if (scope.clip && isEmpty(scope.clip)) return;
    const box = style.overflow === 'visible' && style.position !== 'absolute' ? undefined : element.getBoundingClientRect();
    const mute = !visible || style.fontSize === '0px' || (box && (isClippedAway(style, box) || (!scope.port && isBeyondScroll(box))));
    if (role === 'heading' && !mute) scope.heading.text = titleOf(element);
    this.#inside(element, mute && !scope.control ? { ...scope, control: element, loose: true } : scope);
  }

  #take(
    element: Element,
    role: string,
    kind: 'control' | 'generic' | 'zone',
    style: CSSStyleDeclaration,
    scope: Scope,
    surface = surfaceOf(element),
  ): void {
    if (this.#seen.has(element)) return;
    const box = surface.getBoundingClientRect();
    if ((box.width < 1 || box.height < 1) && !hasPiece(surface)) return;
    if (
      surface === element &&
      ((!scope.port && isBeyondScroll(box)) || isClippedAway(style, box) || (scope.faded && !isOftenHidden(element)))
    )
      return this.#veil(element, scope);
    if (scope.clip && isOutside(box, scope.clip)) return this.#veil(element, scope);
    this.#seen.add(element);
    if (this.found.length >= this.#options.maxCandidates) this.left++;
    else
      this.found.push({
        element,
        candidate: candidateOf(element, role, box, role === 'row' ? { ...scope, row: element } : scope, { kind, sought: this.#options }),
        generic: kind !== 'control',
        port: scope.port,
      });
  }

  #hiddenControlOf(label: HTMLLabelElement, scope: Scope): void {
    const control = label.control;
    if (control && isOftenHidden(control) && !control.checkVisibility({ visibilityProperty: true })) this.#byLabel(control, scope);
  }

  /** A control without a box may still be operated by its label. */
  #byLabel(control: Element, scope: Scope): void {
    const label = visibleLabel(control);
    if (label) this.#take(control, roleOf(control), 'control', getComputedStyle(label), scope, label);
  }

  #repeat({ what, count, shown, shape }: Kind, scope: Scope): void {
    const where = scope.heading.text ?? scope.landmark ?? '';
    this.repeats.push({ what: `${what}${where ? ` of ${where}` : ''}`, count, shown, shape: shape ?? 'row' });
  }

  #shapeOf(row: Element, from: number): string {
    const parts = this.found
      .slice(from)
      .map(({ candidate: { role, name } }) => (role === 'link' || role === 'generic' || !name ? role : `${role} ${cut(name, 24)}`));
    if (rowText(row)) parts.unshift('text');
    return `${roleOf(row) || row.localName}: ${parts.join(', ')}`;
  }
}
