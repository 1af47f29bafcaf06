/** Toasts: shown, dismissed, gone after a while. Other parts ask for one with the event `say`. */
export function messages(): void {
  const show = (text: string, tone: string): void => {
    const region = document.querySelector('[data-toasts]');
    const face = document.querySelector<HTMLTemplateElement>('template[data-toast-face]');
    if (!region || !face) return;
    const toast = face.content.firstElementChild?.cloneNode(true) as HTMLElement;
    const line = toast.querySelector('[data-toast-text]');
    if (line) line.textContent = text;
    toast.dataset['tone'] = tone;
    region.append(toast);
    fade(toast);
  };
  const fade = (toast: Element): void => {
    setTimeout(() => toast.remove(), 12_000);
  };
  document.querySelectorAll('[data-toast]').forEach(fade);
  document.addEventListener('click', (event) => {
    const target = event.target as Element;
    target.closest('[data-dismiss]')?.closest('[data-toast]')?.remove();
    const answer = target.closest<HTMLElement>('[data-consent-answer]');
    if (answer) {
      document.cookie = `consent=${answer.dataset['consentAnswer']}; Path=/; SameSite=Lax; Max-Age=31536000`;
      answer.closest('[data-consent]')?.remove();
    }
  });
  document.addEventListener('say', (event) => {
    const { text, tone } = (event as CustomEvent<{ text: string; tone: string }>).detail;
    show(text, tone);
  });
}
