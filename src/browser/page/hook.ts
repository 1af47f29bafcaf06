/**
 * Runs in the page's own world before its scripts, as little as can be: shadow roots stay reachable, elements with pointer
 * listeners are remembered, and timers that an action sets off are counted, so that nobody has to sleep.
 */
declare const __CHANNEL__: string;

(() => {
  const opened = new WeakSet<ShadowRoot>();
  const { attachShadow } = Element.prototype;
  Element.prototype.attachShadow = function (init: ShadowRootInit): ShadowRoot {
    if (init?.mode !== 'closed') return attachShadow.call(this, init);
    const root = attachShadow.call(this, { ...init, mode: 'open' });
    opened.add(root);
    return root;
  };
  const shadowRoot = Object.getOwnPropertyDescriptor(Element.prototype, 'shadowRoot')!;
  Object.defineProperty(Element.prototype, 'shadowRoot', {
    ...shadowRoot,
    get(this: Element) {
      const root = shadowRoot.get!.call(this) as ShadowRoot | null;
      return root && opened.has(root) ? null : root;
    },
  });
  const mode = Object.getOwnPropertyDescriptor(ShadowRoot.prototype, 'mode')!;
  Object.defineProperty(ShadowRoot.prototype, 'mode', {
    ...mode,
    get(this: ShadowRoot) {
      return opened.has(this) ? 'closed' : mode.get!.call(this);
    },
  });

  /** What an element listens for, by what a person does to it: one event may be of several kinds. */
  const KINDS: readonly (readonly [string, ReadonlySet<string>])[] = [
    ['listener', new Set(['click', 'mousedown', 'mouseup', 'pointerdown', 'pointerup', 'touchstart', 'dblclick'])],
    ['grab', new Set(['mousedown', 'pointerdown', 'touchstart', 'dragstart'])],
    ['drop', new Set(['drop', 'dragover', 'dragenter'])],
  ];
  let untold: { ref: WeakRef<Element>; kind: string }[] = [];
  const remembered = new Map(KINDS.map(([kind]) => [kind, new WeakSet<Element>()]));
  const remember = (target: EventTarget | null, type: string): void => {
    if (!(target instanceof Element)) return;
    for (const [kind, types] of KINDS) {
      const known = remembered.get(kind)!;
      if (!types.has(type) || known.has(target)) continue;
      known.add(target);
      untold.push({ ref: new WeakRef(target), kind });
    }
  };
  const { addEventListener, dispatchEvent } = EventTarget.prototype;
  EventTarget.prototype.addEventListener = function (
    this: EventTarget,
    type: string,
    ...rest: [EventListenerOrEventListenerObject | null, (boolean | AddEventListenerOptions)?]
  ) {
    remember(this ?? null, type);
    return addEventListener.call(this ?? window, type, ...rest);
  };
  for (const property of ['onclick', 'onmousedown', 'onpointerdown', 'ondrop', 'ondragover'] as const) {
    for (const prototype of [HTMLElement.prototype, SVGElement.prototype]) {
      const descriptor = Object.getOwnPropertyDescriptor(prototype, property);
      if (!descriptor?.set) continue;
      Object.defineProperty(prototype, property, {
        ...descriptor,
        set(this: Element, handler: unknown) {
          if (handler) remember(this, property.slice(2));
          descriptor.set!.call(this, handler);
        },
      });
    }
  }

  /** Longer timers are reminders and polls, not the answer to a click; while a page loads, still shorter ones. */
  const LONGEST = 600;
  const LONGEST_AT_LOAD = 250;
  let longest = LONGEST_AT_LOAD;
  interface Pending {
    due: number;
    key: string;
    armed: boolean;
  }
  const pending = new Map<string, Pending>();
  /** How often the page set a timer while nobody acted. */
  const background = new Map<string, number>();
  const OFTEN = 3;
  const fired = new Set<string>();
  let armed = true;
  const noticed = (kind: string, id: number, delay: number, source: string): string => {
    const key = `${kind}${delay} ${source}`;
    if (!armed) background.set(key, (background.get(key) ?? 0) + 1);
    pending.set(kind + id, { due: performance.now() + delay, key, armed: armed && (background.get(key) ?? 0) < OFTEN && !fired.has(key) });
    return key;
  };
  const sourceOf = (callback: unknown): string => Function.prototype.toString.call(callback).slice(0, 160);
  const { setTimeout, clearTimeout, requestAnimationFrame, cancelAnimationFrame, requestIdleCallback, cancelIdleCallback } = window;
  const set = function (callback: TimerHandler, delay?: number, ...args: unknown[]): number {
    const wait = Math.max(0, Number(delay) || 0);
    if (typeof callback !== 'function' || wait > longest) return setTimeout(callback, delay, ...args);
    let key = '';
    const id = setTimeout(
      (...passed: unknown[]) => {
        pending.delete(`t${id}`);
        fired.add(key);
        (callback as (...given: unknown[]) => void)(...passed);
      },
      delay,
      ...args,
    );
    key = noticed('t', id, wait, sourceOf(callback));
    return id;
  };
  const frame = (callback: FrameRequestCallback): number => {
    let key = '';
    const id = requestAnimationFrame((time) => {
      pending.delete(`f${id}`);
      fired.add(key);
      callback(time);
    });
    key = noticed('f', id, 16, sourceOf(callback));
    return id;
  };
  const idle = (callback: IdleRequestCallback, options?: IdleRequestOptions): number => {
    let key = '';
    const id = requestIdleCallback((deadline) => {
      pending.delete(`i${id}`);
      fired.add(key);
      callback(deadline);
    }, options);
    key = noticed('i', id, 50, sourceOf(callback));
    return id;
  };
  window.setTimeout = Object.assign(set, { toString: () => setTimeout.toString() }) as unknown as typeof window.setTimeout;
  window.requestAnimationFrame = frame;
  window.clearTimeout = (id) => {
    pending.delete(`t${id}`);
    clearTimeout(id);
  };
  window.requestIdleCallback = idle;
  window.cancelIdleCallback = (id) => {
    pending.delete(`i${id}`);
    cancelIdleCallback(id);
  };
  window.cancelAnimationFrame = (id) => {
    pending.delete(`f${id}`);
    cancelAnimationFrame(id);
  };

  let windows = 0;
  const { open } = window;
  window.open = function (this: unknown, ...how: Parameters<typeof open>) {
    windows++;
    return open.apply(window, how);
  };

  const answers: Record<string, () => unknown> = {
    listeners() {
      untold = untold.filter(({ ref, kind }) => {
        const element = ref.deref();
        if (element?.isConnected) dispatchEvent.call(element, new Event(`${__CHANNEL__}:${kind}`, { composed: true }));
        return element && !element.isConnected;
      });
    },
    opens: () => windows,
    arm() {
      armed = true;
      longest = LONGEST;
      fired.clear();
      for (const one of pending.values()) one.armed = false;
    },
    disarm() {
      armed = false;
    },
    due() {
      let latest = 0;
      for (const one of pending.values()) if (one.armed) latest = Math.max(latest, one.due);
      return latest === 0 ? 0 : Math.max(1, latest - performance.now());
    },
  };
  addEventListener.call(window, `${__CHANNEL__}:ask`, (event) => {
    const question = String((event as CustomEvent).detail);
    dispatchEvent.call(window, new CustomEvent(`${__CHANNEL__}:answer`, { detail: String(answers[question]?.() ?? '') }));
  });
})();
