import type { Browser, Frame, Locator, Page } from 'playwright';
import { otherWords } from '../../demo/ui/wording.ts';
import type { Ready } from '../../demo/teamspace.ts';

const WITHIN_MS = 120_000;
/** One try: what is covered or redrawn meanwhile is given up soon and looked for anew. */
const ONE_TRY = { timeout: 6_000, noWaitAfter: true };

type Role = 'button' | 'link' | 'menuitem' | 'tab' | 'option' | 'combobox';

const pattern = (name: string): RegExp =>
  new RegExp(`^(${[name, otherWords[name] ?? name].map((each) => each.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})( optional)?$`);

/** Somebody who knows what they want and finds it however the page is made: in menus, tabs, frames, other words, later pages. */
export class Person {
  readonly page: Page;
  private constructor(page: Page) {
    this.page = page;
  }

  static async open(browser: Browser, ready: Ready, workflow: string, session?: string): Promise<Person> {
    const context = await browser.newContext({ baseURL: ready.url, viewport: { width: 1280, height: 800 } });
    if (session) await context.addCookies([{ name: 'sid', value: session.slice('sid='.length), url: ready.url }]);
    await context.route(
      (url) => url.origin === ready.url || url.origin === ready.payments,
      (route) => route.continue({ headers: { ...route.request().headers(), 'x-workflow-id': workflow } }),
    );
    return new Person(await context.newPage());
  }

  go = async (path: string): Promise<void> => void (await this.page.goto(path));

  /** Presses what is called so; in the row of something when there are several. */
  async press(name: string, row?: string): Promise<void> {
    await this.#until(`press ${name}`, async () => {
      const target = await this.#control(name, row);
      if (!target) {
        await this.#lookFurther(row);
        return false;
      }
      await target.click(ONE_TRY);
      return true;
    });
    await this.#confirm();
  }

  /** Fills a form: whatever of it is in sight, then on to its next step, until all of it is filled. */
  async form(values: Record<string, string | true>, submit?: string): Promise<void> {
    const left = new Map(Object.entries(values));
    // A dialog takes a moment to open: who looks elsewhere at once clicks on what it is about to cover.
    const lookElsewhere = performance.now() + 1_500;
    await this.#until(`fill ${[...left.keys()].join(', ')}`, async () => {
      for (const [label, value] of left) {
        if (label === 'Full name' && typeof value === 'string' && ((await this.#field('First name')) ?? (await this.#field('Last name')))) {
          left.delete(label);
          left.set('First name', value.split(' ')[0] ?? '').set('Last name', value.split(' ')[1] ?? '');
          continue;
        }
        const field = await this.#field(label);
        if (!field) continue;
        await this.#set(field, value);
        left.delete(label);
      }
      if (left.size === 0) return true;
      const further = await this.#first((frame) => frame.getByRole('button', { name: /^(Continue|Back)$/ }));
      const dialog = await this.page.locator('dialog[open]').count();
      await (further ?? (dialog === 0 && performance.now() > lookElsewhere ? await this.#anotherTab() : undefined))?.click(ONE_TRY);
      return false;
    });
    if (submit) await this.press(submit);
  }

  async #set(field: Locator, value: string | true): Promise<void> {
    const kind = await field.evaluate(
      (element) => `${element.tagName} ${element.getAttribute('role') ?? element.getAttribute('type') ?? ''}`,
      undefined,
      ONE_TRY,
    );
    if (value === true) return field.check(ONE_TRY);
    if (kind.startsWith('SELECT')) return void (await field.selectOption({ label: value }, ONE_TRY));
    if (kind.endsWith('combobox')) {
      if ((await field.getAttribute('aria-expanded')) !== 'true') await field.click(ONE_TRY);
      return void (await (await this.#first((frame) => frame.getByRole('option', { name: new RegExp(`^${value}`) })))?.click(ONE_TRY));
    }
    await field.fill(value, ONE_TRY);
    await field.dispatchEvent('change', undefined, ONE_TRY);
  }

  async upload(label: string, file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
    await this.#until(`upload ${label}`, async () => {
      const field = await this.#field(label);
      await field?.setInputFiles(file);
      return field !== undefined;
    });
  }

  /** Waits for a field to be there. */
  open = (label: string): Promise<void> =>
    this.#until(`find ${label}`, async () => {
      const field = await this.#field(label);
      if (!field) await this.#lookFurther();
      return field !== undefined;
    });

  /** Ends an edit: by its button, or by itself where the page saves so; then the page says so, or what is in the way. */
  async save(name: string, told: string | RegExp = /All changes are saved|Changes saved|is Viewer now/): Promise<void> {
    const itself = await this.#first((frame) => frame.locator('form[data-autosave]'));
    if (!itself && !(await this.#first((frame) => frame.getByText(told)))) await this.press(name);
    await this.sees(told);
  }

  sees = (text: string | RegExp): Promise<void> =>
    this.#until(`see ${text}`, async () => {
      await this.#answerConsent();
      if (await this.#first((frame) => frame.getByText(text))) return true;
      const tabs = this.page.getByRole('tab', { selected: false });
      for (let index = 0; index < (await tabs.count()); index++) {
        await tabs.nth(index).click(ONE_TRY);
        if (await this.#first((frame) => frame.getByText(text))) return true;
      }
      return false;
    });

  async text(label: string): Promise<string> {
    let text = '';
    await this.#until(`read ${label}`, async () => {
      const found = await this.#first((frame) => frame.getByLabel(label));
      text = (await found?.textContent()) ?? '';
      return text !== '';
    });
    return text;
  }

  close = (): Promise<void> => this.page.context().close();

  async #until(what: string, attempt: () => Promise<boolean>): Promise<void> {
    const end = performance.now() + WITHIN_MS;
    let last: unknown;
    for (;;) {
      try {
        await this.#answerConsent();
        if (await attempt()) return;
      } catch (error) {
        last = error;
        // Whatever lies over it may go away.
        await this.page.keyboard.press('Escape');
      }
      if (performance.now() > end)
        throw new Error(`could not ${what} at ${this.page.url()}${last ? `: ${String(last).split('\n')[0]}` : ''}`);
      await this.page.waitForTimeout(40);
    }
  }

  /** The front-most frames first. */
  #places = (): Frame[] => this.page.frames().toReversed();

  async #first(find: (place: Frame) => Locator): Promise<Locator | undefined> {
    for (const frame of this.#places()) {
      const found = find(frame).filter({ visible: true });
      if ((await found.count()) > 0) return found.first();
    }
    return undefined;
  }

  async #control(name: string, row?: string): Promise<Locator | undefined> {
    for (const role of ['button', 'link', 'menuitem'] satisfies Role[]) {
      for (const frame of this.#places()) {
        const dialog = frame.locator('dialog[open]').last();
        const scope = row
          ? frame.locator('tr, li, article').filter({ hasText: row }).last()
          : (await dialog.count()) > 0
            ? dialog
            : frame.locator('body');
        const found = scope.getByRole(role, { name: pattern(name), exact: true, disabled: false }).filter({ visible: true });
        const own = found.and(frame.locator(':not(aside *)'));
        if ((await own.count()) > 0) return own.first();
      }
    }
    return undefined;
  }

  async #field(label: string): Promise<Locator | undefined> {
    return (
      (await this.#first((frame) => frame.getByLabel(pattern(label)).and(frame.locator('input, select, textarea, [role=combobox]')))) ??
      (await this.#first((frame) => frame.getByPlaceholder(pattern(label)))) ??
      (await this.#first((frame) => frame.getByTitle(pattern(label)).and(frame.locator('select'))))
    );
  }

  /** Opens what may hide it, one thing at a time. */
  async #lookFurther(row?: string): Promise<void> {
    if (row && (await this.#first((frame) => frame.locator('tr, li, article').filter({ hasText: row })))) {
      const menu = this.page
        .locator('tr, li, article')
        .filter({ hasText: row })
        .last()
        .getByRole('button', { name: /^Actions for/ });
      if ((await menu.count()) > 0 && (await menu.getAttribute('aria-expanded')) === 'false') return menu.click(ONE_TRY);
    }
    const further = [
      (frame: Frame) => frame.getByRole('button', { name: 'Continue', exact: true }),
      (frame: Frame) => frame.locator('[aria-expanded=false]').and(frame.getByRole('button', { name: /^More actions|^Menu$/ })),
      (frame: Frame) => frame.getByRole('tab', { selected: false }),
      (frame: Frame) => frame.getByRole('button', { name: 'Next page', disabled: false }),
    ];
    const step = this.#tries++;
    for (let offset = 0; offset < further.length; offset++) {
      const place = further[(step + offset) % further.length];
      const found = place && (await this.#first(place));
      if (!found) continue;
      const tab = (await found.getAttribute('role')) === 'tab' ? await this.#anotherTab() : undefined;
      return void (await (tab ?? found).click(ONE_TRY));
    }
    for (const window of await this.page.locator('[data-virtual]').all()) await window.evaluate((element) => element.scrollBy(0, 120));
  }
  #tries = 0;

  /** One tab after the other. */
  async #anotherTab(): Promise<Locator | undefined> {
    const tabs = await this.page.getByRole('tab').filter({ visible: true }).all();
    return tabs[this.#tabs++ % Math.max(1, tabs.length)];
  }
  #tabs = 1;

  async #confirm(): Promise<void> {
    const confirm = await this.#first((frame) =>
      frame.getByRole('dialog', { name: 'Please confirm' }).getByRole('button', { name: 'Confirm' }),
    );
    await confirm?.click();
  }

  async #answerConsent(): Promise<void> {
    const accept = this.page.getByRole('button', { name: 'Accept all' });
    if ((await accept.count()) > 0) await accept.click(ONE_TRY);
  }
}
