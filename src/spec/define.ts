import type { Where } from '../core/intent.ts';
import type { ConfigInput } from './config-shape.ts';
import type { InvariantInput } from './invariant-shape.ts';

const BRAND = Symbol.for('intentwright.definition');

/** What `defineInvariant` and `defineConfig` hand to the loader, with the place where they were called. */
export interface Definition {
  [BRAND]: 'invariant' | 'config';
  name?: string;
  text: Record<string, unknown>;
  line: number;
  col: number;
}

/**
 * An invariant in TypeScript: the same words as in YAML. Its name is `name`, or that of the export in kebab case.
 * @example export const activeMember = defineInvariant({ says: '${email} is an active member', params: ['email'], eventually: { … } })
 */
export function defineInvariant(invariant: InvariantInput & { name?: string }): Definition {
  const { name, ...text } = invariant;
  return { [BRAND]: 'invariant', text, ...(name === undefined ? {} : { name }), ...callSite() };
}

/**
 * The configuration in TypeScript, as the default export of `intentwright.config.ts`.
 * @example export default defineConfig({ targets: { local: { url: 'http://localhost:3000' } } })
 */
export const defineConfig = (config: ConfigInput): Definition => ({
  [BRAND]: 'config',
  text: config as Record<string, unknown>,
  ...callSite(),
});

/** By brand, not by instanceof: the file may have come by another copy of the package. */
export const isDefinition = (value: unknown, kind: 'invariant' | 'config'): value is Definition =>
  typeof value === 'object' && value !== null && (value as Partial<Definition>)[BRAND] === kind;

/** Where the function that called us was called from; type stripping keeps lines and columns. */
function callSite(): Pick<Where, 'line' | 'col'> {
  const frame = new Error().stack?.split('\n')[3] ?? '';
  const place = /:(\d+):(\d+)\)?$/.exec(frame.trim());
  return { line: Number(place?.[1] ?? 1), col: Number(place?.[2] ?? 1) };
}
