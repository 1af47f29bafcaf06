import type { Config } from '../core/config.ts';
import { IntentwrightError, messageOf } from '../core/errors.ts';
import type { Redactor } from '../core/redact.ts';
import type { VaultEntry } from '../journey/secret-vault.ts';
import { newPassword } from './names.ts';
import { resolveText, type Scope } from '../core/template.ts';
import type { Env } from './scope.ts';
import { totp } from './totp.ts';

/**
 * Reads the declared secrets and teaches the redactor to mask them, before anything else is said.
 * @throws IntentwrightError ENV_MISSING
 */
export function openSecrets(config: Config, origins: readonly string[], scope: Scope, env: Env, redactor: Redactor): VaultEntry[] {
  return Object.values(config.secrets).map((secret) => {
    const given = secret.env ? env[secret.env] : undefined;
    const value = given || (secret.generate ? newPassword() : undefined);
    if (!value) {
      throw new IntentwrightError(
        'ENV_MISSING',
        `secret ${secret.name} has no value: environment variable ${secret.env ?? secret.name} is not set`,
        {
          hint: `set ${secret.env ?? secret.name}, or declare the secret with generate: true`,
        },
      );
    }
    redactor.add(secret.name, value);
    const code = secret.totp ? codeOf(secret.name, value, redactor) : undefined;
    return {
      name: secret.name,
      value,
      ...(code ? { code } : {}),
      origins:
        secret.origins.length > 0 ? secret.origins.map((origin) => new URL(String(resolveText(origin, scope, env))).origin) : origins,
      fields: secret.fields,
    };
  });
}

/** A code is masked like the seed it comes from. @throws IntentwrightError ENV_MISSING when the seed is none */
function codeOf(name: string, seed: string, redactor: Redactor): () => string {
  const code = (): string => {
    const now = totp(seed, new Date());
    redactor.add(name, now);
    return now;
  };
  try {
    code();
  } catch (error) {
    throw new IntentwrightError('ENV_MISSING', `secret ${name} is no base32 seed: ${messageOf(error)}`, {
      hint: 'it is what an authenticator app scans: the part after secret= in otpauth://…',
    });
  }
  return code;
}
