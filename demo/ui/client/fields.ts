/** `ts-field`: a field whose label and input live in a shadow root, and that still belongs to its form. */
export function fields(): void {
  if (customElements.get('ts-field')) return;
  let shared: CSSStyleSheet | undefined;
  /** The page's own rules, at once: a linked sheet would leave the field bare for a moment. */
  const style = (): CSSStyleSheet => {
    if (!shared) {
      shared = new CSSStyleSheet();
      shared.replaceSync(
        [...document.styleSheets]
          .flatMap((sheet) => [...sheet.cssRules])
          .map((rule) => rule.cssText)
          .join('\n'),
      );
    }
    return shared;
  };
  class TeamspaceField extends HTMLElement {
    static formAssociated = true;
    #internals = this.attachInternals();

    connectedCallback(): void {
      if (this.shadowRoot) return;
      const root = this.attachShadow({ mode: 'open', delegatesFocus: true });
      root.adoptedStyleSheets = [style()];
      root.append(...this.childNodes);
      const changed = (): void => this.#take();
      root.addEventListener('input', changed);
      root.addEventListener('change', (event) => {
        changed();
        if (!event.composed) this.dispatchEvent(new Event('change', { bubbles: true }));
      });
      root.addEventListener('keydown', (event) => {
        const input = event.target as HTMLElement;
        if ((event as KeyboardEvent).key === 'Enter' && input instanceof HTMLInputElement && input.type !== 'checkbox')
          this.#internals.form?.requestSubmit();
      });
      changed();
    }

    #take(): void {
      const input = this.shadowRoot?.querySelector<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>('input, select, textarea');
      if (!input) return;
      const off = input instanceof HTMLInputElement && input.type === 'checkbox' && !input.checked;
      this.#internals.setFormValue(off ? null : input.value);
    }
  }
  customElements.define('ts-field', TeamspaceField);
}
