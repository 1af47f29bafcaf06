import type { Candidate, Repeat } from '../../core/observation.ts';
import { besideOf } from './beside.ts';
import { coveredAt, elementAt, pressPoint, surfaceOf, tell } from './coverage.ts';
import { isControl, isOftenHidden, onlyWraps, visibleLabel } from './controls.ts';
import { childrenOf, contains, cut, fold } from './dom.ts';
import { learnListeners } from './hooked.ts';
import { contentOf, descriptionOf, nameOf, shownName } from './names.ts';
import { Notices, type RawNotice } from './notices.ts';
import { freshPrints, printOf } from './print.ts';
import { watch } from './quiet.ts';
import { numberOf } from './registry.ts';
import { isClippedAway, isBeyondScroll } from './rendered.ts';
import { collapse, Siblings, type Kind } from './repeats.ts';
import { roleOf } from './roles.ts';
import { columnOf, contextOf, dialogName, enter, freshRows, rowText, type Scope } from './scope.ts';
import { stateOf } from './state.ts';
import { Passages, type RawPassage } from './text.ts';

export interface LookOptions {
  /** Lower-case words whose rows are opened. */
  focus: string[];
  maxCandidates: number;
  maxPassages: number;
  /** ms */
  budget: number;
}

/** What one frame shows. Numbers are the frame's own. */
export interface FrameLook {
  url: string;
  title: string;
  candidates: Candidate[];
  notices: RawNotice[];
  passages: RawPassage[];
  repeats: Repeat[];
  dialog?: string;
  cut: string[];
  /** Frames in this one, in the order of the page. */
  frames: { number: number; name: string; x: number; y: number; scale: number; dialog?: string; landmark?: string }[];
  ready: boolean;
}

interface Found {
  element: Element;
  candidate: Candidate;
  generic: boolean;
  clip: Scope['clip'];
}

const TYPED = new Set(['textbox', 'searchbox', 'combobox', 'listbox', 'spinbutton', 'slider', 'checkbox', 'radio', 'switch']);
const SKIP = new Set(['script', 'style', 'template', 'noscript', 'head', 'link', 'meta', 'title', 'base', 'datalist', 'param', 'source', 'track', 'defs', 'clippath', 'mask', 'object', 'embed']);

let looks = 0;

/** One look at a frame: one pass over what is rendered, nothing changed by it. */
export function look(options: LookOptions): FrameLook {
  return new Walk(options).run();
}

class Walk {
  readonly #options: LookOptions;
  readonly #end: number;
  readonly #found: Found[] = [];
  readonly #seen = new Set<Element>();
  readonly #passages: Passages;
  readonly #repeats: Repeat[] = [];
  readonly #notices = new Notices();
  readonly #frames: FrameLook['frames'] = [];
  readonly #dialogs: Element[] = [];
  readonly #roots: ShadowRoot[] = [];
  #visited = 0;
  #late = false;
  #left = 0;

  constructor(options: LookOptions) {
    this.#options = options;
    this.#end = performance.now() + options.budget;
    this.#passages = new Passages(options.maxPassages);
  }

  run(): FrameLook {
    learnListeners();
    freshRows(++looks);
    freshPrints();
    const body = document.body ?? document.documentElement;
    if (body) this.#inside(body, { heading: {}, hand: getComputedStyle(body).cursor === 'pointer', faded: false, disabled: false, textRole: 'text' });
    this.#passages.end();
    watch(this.#roots);
    const dialog = this.#topDialog();
    const kept = this.#withoutWrappers();
    this.#placeOnScreen(kept, dialog);
    const shown = kept.filter(({ candidate }) => candidate.coveredBy !== BEHIND);
    for (const { element, candidate } of shown) if (candidate.invalid) this.#notices.about(element, candidate.id);
    const cuts: string[] = [];
    if (this.#late) cuts.push(`the page is too large to read in ${this.#options.budget} ms: the rest of it was left out`);
    if (this.#left > 0) cuts.push(`${this.#left} more controls`);
    if (this.#passages.full > 0) cuts.push(`${this.#passages.full} more passages of text`);
    const passages = dialog?.matches(':modal') ? this.#passages.list.filter(({ context }) => context.dialog !== undefined) : this.#passages.list;
    if (shown.length < kept.length || passages.length < this.#passages.list.length) cuts.push(`what is behind the dialog: ${kept.length - shown.length} controls`);
    return {
      url: location.href,
      title: fold(document.title),
      candidates: shown.map(({ candidate }) => candidate),
      notices: this.#notices.list,
      passages,
      repeats: this.#repeats,
      ...(dialog ? { dialog: dialogName(dialog) } : {}),
      cut: cuts,
      frames: this.#frames,
      ready: document.readyState !== 'loading',
    };
  }

  #inside(parent: Element, scope: Scope): void {
    if (parent.shadowRoot) this.#roots.push(parent.shadowRoot);
    const plain = !parent.shadowRoot && parent.localName !== 'slot';
    const siblings = new Siblings(plain ? [...parent.children] : [...childrenOf(parent)].filter((node): node is ChildNode & Element => node.nodeType === 1));
    const collapsed = collapse(siblings.elements, this.#options.focus);
    for (const child of childrenOf(parent)) {
      if (child.nodeType === 3) this.#passages.add((child as Text).data, scope, scope.control !== undefined);
      else if (child.nodeType === 1) {
        const element = child as Element;
        if (collapsed?.skipped.has(element)) continue;
        const before = this.#found.length;
        this.#visit(element, scope, siblings);
        const kind = collapsed?.shown.get(element);
        if (kind) kind.shape ??= this.#shapeOf(element, before);
      }
      if (this.#late) return;
    }
    if (collapsed) for (const kind of new Set(collapsed.shown.values())) this.#repeat(kind, scope);
  }

  #repeat({ what, count, shown, shape }: Kind, scope: Scope): void {
    const where = scope.heading.text ?? scope.landmark ?? '';
    this.#repeats.push({ what: `${what}${where ? ` of ${where}` : ''}`, count, shown, shape: shape ?? 'row' });
  }

  #visit(element: Element, outer: Scope, siblings: Siblings): void {
    const tag = element.localName;
    if (SKIP.has(tag) || this.#tooLong()) return;
    if (element.getAttribute('aria-hidden') === 'true' && !element.contains(document.activeElement)) return;
    if ((element as HTMLElement).inert) return;
    const style = getComputedStyle(element);
    const display = style.display;
    if (display === 'none') return this.#hiddenControl(element, outer);
    if (tag === 'br' || tag === 'hr') return tag === 'br' ? this.#passages.space() : this.#passages.end();
    let scope = outer;
    const fading = style.opacity === '0' && !isFadingIn(element);
    if (fading && !outer.faded) scope = { ...scope, faded: true };
    if (scope.clip && style.position === 'fixed') scope = { ...scope, clip: undefined };
    const role = roleOf(element);
    const block = !display.startsWith('inline') && display !== 'contents';
    if (block) this.#passages.end();
    else if (display !== 'inline') this.#passages.space();
    const visible = style.visibility === 'visible' && !scope.faded;
    const kind = style.visibility === 'visible' ? isControl(element, role, style, scope) : undefined;
    if (kind && (visible || isOftenHidden(element))) this.#take(element, role, kind, style, scope);
    if (visible) this.#notices.consider(element, role);
    if (tag === 'label') this.#hiddenControlOf(element as HTMLLabelElement, scope);
    if (tag === 'iframe' || tag === 'frame') this.#frame(element as HTMLIFrameElement, visible, scope);
    if (tag !== 'select' && tag !== 'input' && tag !== 'textarea' && tag !== 'iframe' && tag !== 'canvas') {
      scope = this.#enter(element, role, kind, style, scope, siblings);
      if (!isEmptyClip(scope.clip) && (visible || style.visibility !== 'visible' || scope.faded)) this.#descend(element, role, style, scope, visible);
    }
    if (block) this.#passages.end();
    else if (display !== 'inline') this.#passages.space();
  }

  #descend(element: Element, role: string, style: CSSStyleDeclaration, scope: Scope, visible: boolean): void {
    const box = style.overflow === 'visible' && style.position !== 'absolute' ? undefined : element.getBoundingClientRect();
    const mute = !visible || (box && (isClippedAway(style, box) || isBeyondScroll(box)));
    if (role === 'heading' && !mute) scope.heading.text = cut(contentOf(element), 100);
    if (mute && !scope.control) this.#inside(element, { ...scope, control: element });
    else this.#inside(element, scope);
  }

  #enter(element: Element, role: string, kind: string | undefined, style: CSSStyleDeclaration, outer: Scope, siblings: Siblings): Scope {
    let scope = role || element.localName === 'section' || element.localName === 'label' || element.localName === 'legend' || element.localName === 'pre' ? enter(element, role, outer) : outer;
    if ((role === 'dialog' || role === 'alertdialog') && element.getBoundingClientRect().width > 0) this.#dialogs.push(element);
    const change = (patch: Partial<Scope>): void => { scope = { ...scope, ...patch }; };
    if (role === 'cell' || role === 'gridcell') {
      const column = columnOf(element);
      if (column !== scope.column) change({ column });
    }
    if (role === 'row' || role === 'listitem' || role === 'article' || role === 'treeitem') {
      if (role !== 'row' || element.querySelector('td,[role=cell],[role=gridcell]')) change({ row: element });
    } else if (!role && siblings.isCard(element)) change({ row: element, heading: { text: scope.heading.text } });
    if (kind) change({ control: element });
    else if (element.localName === 'label' && (element as HTMLLabelElement).control) change({ control: element });
    const hand = style.cursor === 'pointer';
    if (hand !== scope.hand) change({ hand });
    if (/hidden|clip/.test(style.overflowX + style.overflowY) && element !== document.body) {
      const box = element.getBoundingClientRect();
      const clip = scope.clip;
      change({ clip: { left: Math.max(box.left, clip?.left ?? -Infinity), top: Math.max(box.top, clip?.top ?? -Infinity), right: Math.min(box.right, clip?.right ?? Infinity), bottom: Math.min(box.bottom, clip?.bottom ?? Infinity) } });
    }
    return scope;
  }

  #take(element: Element, role: string, kind: 'control' | 'generic', style: CSSStyleDeclaration, scope: Scope, surface = surfaceOf(element)): void {
    if (this.#seen.has(element)) return;
    const box = surface.getBoundingClientRect();
    if ((box.width < 1 || box.height < 1) && !hasPiece(surface)) return;
    if (surface === element && (isBeyondScroll(box) || isClippedAway(style, box))) return;
    if (surface === element && scope.faded && !isOftenHidden(element)) return;
    if (scope.clip && style.position !== 'absolute' && isOutside(box, scope.clip)) return;
    this.#seen.add(element);
    if (this.#found.length >= this.#options.maxCandidates) {
      this.#left++;
      return;
    }
    this.#found.push({ element, candidate: this.#describe(element, role, box, scope), generic: kind === 'generic', clip: scope.clip });
  }

  #describe(element: Element, role: string, box: DOMRect, scope: Scope): Candidate {
    const name = shownName(element, role);
    const description = cut(descriptionOf(element, name) || (name ? '' : lookOf(element)), 200);
    const candidate: Candidate = { id: numberOf(element), role: role || 'generic', name, inView: false, context: contextOf(scope, name), print: printOf(element, box) };
    if (description) candidate.description = description;
    Object.assign(candidate, stateOf(element, role, scope.disabled));
    if (candidate.placeholder === name) delete candidate.placeholder;
    const beside = name || !TYPED.has(role) ? '' : besideOf(element);
    if (beside) candidate.beside = beside;
    const href = (element as HTMLAnchorElement).href;
    if (typeof href === 'string' && href) candidate.href = cut(href.startsWith(`${location.origin}/`) ? href.slice(location.origin.length) : href, 200);
    if ((element as HTMLElement).draggable && element.hasAttribute('draggable')) candidate.draggable = true;
    return candidate;
  }

  /** A control without a box may still be operated by its label. */
  #hiddenControl(element: Element, scope: Scope): void {
    if (isOftenHidden(element)) this.#byLabel(element, scope);
  }

  #hiddenControlOf(label: HTMLLabelElement, scope: Scope): void {
    const control = label.control;
    if (control && isOftenHidden(control) && !control.checkVisibility({ visibilityProperty: true })) this.#byLabel(control, scope);
  }

  #byLabel(control: Element, scope: Scope): void {
    const label = visibleLabel(control);
    if (label) this.#take(control, roleOf(control), 'control', getComputedStyle(label), scope, label);
  }

  #frame(frame: HTMLIFrameElement, visible: boolean, scope: Scope): void {
    const box = frame.getBoundingClientRect();
    if (!visible || box.width < 2 || box.height < 2) return;
    const scale = frame.offsetWidth > 0 ? box.width / frame.offsetWidth : 1;
    const style = getComputedStyle(frame);
    this.#frames.push({
      number: numberOf(frame),
      name: cut(nameOf(frame) || frame.name || frame.id, 60),
      x: box.left + (frame.clientLeft + Number.parseFloat(style.paddingLeft)) * scale,
      y: box.top + (frame.clientTop + Number.parseFloat(style.paddingTop)) * scale,
      scale,
      ...(scope.dialog === undefined ? {} : { dialog: scope.dialog }),
      ...(scope.landmark === undefined ? {} : { landmark: scope.landmark }),
    });
  }

  #shapeOf(row: Element, from: number): string {
    const parts = this.#found.slice(from).map(({ candidate }) => (candidate.role === 'link' || candidate.role === 'generic' ? candidate.role : `${candidate.role}${candidate.name ? ` ${cut(candidate.name, 24)}` : ''}`));
    if (rowText(row)) parts.unshift('text');
    return `${roleOf(row) || row.localName}: ${parts.join(', ')}`;
  }

  #topDialog(): Element | undefined {
    const center = elementAt({ x: innerWidth / 2, y: innerHeight / 2 });
    const open = this.#dialogs.filter((dialog) => dialog.checkVisibility({ visibilityProperty: true, opacityProperty: true }));
    return (center ? open.findLast((dialog) => contains(dialog, center)) : undefined) ?? open.findLast((dialog) => dialog.matches(':modal, [aria-modal=true]')) ?? open.at(-1);
  }

  /** A clickable wrapper around one control that fills it is that control. */
  #withoutWrappers(): Found[] {
    return this.#found.filter((found, index) => {
      if (!found.generic) return true;
      const next = this.#found[index + 1];
      return !(next && !next.generic && onlyWraps(found.element, next.element) && (next.candidate.name === found.candidate.name || !next.candidate.name));
    });
  }

  #placeOnScreen(found: Found[], dialog: Element | undefined): void {
    const modal = dialog?.matches(':modal, [aria-modal=true]') ? dialog : undefined;
    for (const { element, candidate } of found) {
      const surface = surfaceOf(element);
      const point = pressPoint(surface);
      candidate.inView = point !== undefined;
      const behind = modal !== undefined && !contains(modal, element);
      if (behind && modal.matches(':modal')) {
        candidate.coveredBy = BEHIND;
        continue;
      }
      if (!point || this.#tooLong()) continue;
      const cover = coveredAt(surface, point);
      if (!cover || contains(element, cover)) continue;
      candidate.coveredBy = behind ? BEHIND : tell(cover);
    }
  }

  #tooLong(): boolean {
    if ((++this.#visited & 127) === 0 && performance.now() > this.#end) this.#late = true;
    return this.#late;
  }
}

const BEHIND = 'the dialog';

const hasPiece = (element: Element): boolean => [...element.getClientRects()].some((box) => box.width >= 1 && box.height >= 1);

const isOutside = (box: DOMRect, clip: NonNullable<Scope['clip']>): boolean =>
  box.right <= clip.left || box.left >= clip.right || box.bottom <= clip.top || box.top >= clip.bottom;

const isEmptyClip = (clip: Scope['clip']): boolean => clip !== undefined && (clip.right - clip.left < 1 || clip.bottom - clip.top < 1);

const isFadingIn = (element: Element): boolean => element.getAnimations().some((animation) => animation.playState === 'running');

/** What can be said of a control that has no text: how it looks, else what its author called it. */
function lookOf(element: Element): string {
  const shape = element.localName;
  if (element instanceof SVGElement && shape !== 'svg') {
    const fill = element.getAttribute('fill') ?? getComputedStyle(element).fill;
    return `${fill && fill !== 'none' ? `${fill} ` : ''}${shape}`;
  }
  const inner = element.querySelector('img,svg,i');
  return fold((element.id || element.getAttribute('class') || inner?.getAttribute('class') || inner?.getAttribute('src')?.split('/').at(-1) || '').replace(/[-_]+/g, ' '));
}
