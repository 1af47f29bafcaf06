import type { Config } from '../core/config.ts';
import { IntentwrightError } from '../core/errors.ts';
import type { Redactor } from '../core/redact.ts';
import type { VaultEntry } from '../journey/secret-vault.ts';
import { newPassword } from './names.ts';
import { resolveText, type Scope } from '../core/template.ts';
import type { Env } from './scope.ts';

/**
 * Reads the declared secrets and teaches the redactor to mask them, before anything else is said.
 * @throws IntentwrightError ENV_MISSING
 */
export function openSecrets(config: Config, origins: readonly string[], scope: Scope, env: Env, redactor: Redactor): VaultEntry[] {
  return Object.values(config.secrets).map((secret) => {
    const given = secret.env ? env[secret.env] : undefined;
    const value = given || (secret.generate ? newPassword() : undefined);
    if (!value) {
      throw new IntentwrightError('ENV_MISSING', `secret ${secret.name} has no value: environment variable ${secret.env ?? secret.name} is not set`, {
        hint: `set ${secret.env ?? secret.name}, or declare the secret with generate: true`,
      });
    }
    redactor.add(secret.name, value);
    return { name: secret.name, value, origins: secret.origins.length > 0 ? secret.origins.map((origin) => new URL(String(resolveText(origin, scope, env))).origin) : origins, fields: secret.fields };
  });
}
