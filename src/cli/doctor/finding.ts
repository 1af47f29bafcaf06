/** What one check found. `unknown`: it could not be checked because of what another one found. */
export interface Finding {
  name: string;
  state: 'ok' | 'missing' | 'wrong-files' | 'unknown';
  said: string;
  /** The next step, when something is to be mended. */
  hint?: string;
}

export const ok = (name: string, said: string): Finding => ({ name, state: 'ok', said });
export const missing = (name: string, said: string, hint?: string): Finding => ({ name, state: 'missing', said, hint });
export const unknown = (name: string, said: string): Finding => ({ name, state: 'unknown', said });
