import { IntentwrightError } from '../core/errors.ts';

export interface VaultEntry {
  name: string;
  value: string;
  /** What is typed instead of the value: the code of the moment. */
  code?: () => string;
  /** Origins it may be typed on. Never empty: the target's own when nothing else was declared. */
  origins: readonly string[];
  fields: readonly ('password' | 'text' | 'any')[];
}

/** Where secret values live. Asked in the last line before typing, with the field that is about to get the value. */
export class SecretVault {
  readonly #entries: ReadonlyMap<string, VaultEntry>;

  constructor(entries: readonly VaultEntry[]) {
    this.#entries = new Map(entries.map((entry) => [entry.name, entry]));
  }

  /** @throws IntentwrightError SECRET_SCOPE when the field or its origin is not one the secret was declared for */
  open(name: string, named: boolean, field: { origin: string; inputType?: string }): string {
    const entry = this.#entries.get(name);
    if (!entry)
      throw new IntentwrightError('SECRET_SCOPE', `secret ${name} is not declared`, { hint: `declare it under secrets: in the config` });
    if (!named) throw new IntentwrightError('SECRET_SCOPE', `this step does not name secret ${name}`);
    if (!entry.origins.includes(field.origin)) {
      throw new IntentwrightError(
        'SECRET_SCOPE',
        `secret ${name} outside its origin: the field is on ${field.origin}, it may be typed on ${entry.origins.join(', ')}`,
      );
    }
    const kind = field.inputType === 'password' ? 'password' : 'text';
    if (!entry.fields.includes('any') && !entry.fields.includes(kind)) {
      throw new IntentwrightError('SECRET_SCOPE', `secret ${name} does not fit a ${field.inputType ?? 'text'} field`, {
        hint: `add "${kind}" to its fields: in the config if it should`,
      });
    }
    return entry.code?.() ?? entry.value;
  }
}
