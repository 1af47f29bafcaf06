import type { z } from 'zod';
import type { Path } from './source.ts';

type Def = z.core.$ZodTypeDef & {
  innerType?: z.ZodType;
  in?: z.ZodType;
  options?: z.ZodType[];
  shape?: Record<string, z.ZodType>;
  valueType?: z.ZodType;
  element?: z.ZodType;
  getter?: () => z.ZodType;
  left?: z.ZodType;
  right?: z.ZodType;
};

const defOf = (schema: z.ZodType): Def => schema._zod.def as Def;

/** The alternatives a schema consists of once defaults, pipes and unions are taken off. */
function plainForms(schema: z.ZodType): z.ZodType[] {
  const def = defOf(schema);
  if (def.type === 'union') return def.options!.flatMap(plainForms);
  if (def.type === 'intersection') return [...plainForms(def.left!), ...plainForms(def.right!)];
  if (def.type === 'lazy') return plainForms(def.getter!());
  if (def.type === 'pipe') return plainForms(def.in!);
  return def.innerType ? plainForms(def.innerType) : [schema];
}

function steps(schema: z.ZodType, key: string | number): z.ZodType[] {
  return plainForms(schema).flatMap((form) => {
    const def = defOf(form);
    if (def.type === 'object') return def.shape![key] ? [def.shape![key]] : [];
    if (def.type === 'record') return def.valueType ? [def.valueType] : [];
    return def.type === 'array' && def.element ? [def.element] : [];
  });
}

const reach = (schema: z.ZodType, path: Path): z.ZodType[] =>
  path.reduce<z.ZodType[]>((schemas, key) => schemas.flatMap((one) => steps(one, key)), [schema]);

/** The schema of a part, the first alternative that has one. */
export const schemaAt = (schema: z.ZodType, path: Path): z.ZodType | undefined => reach(schema, path)[0];

/** Names that a map at `path` may have; of several alternatives those that share a key with what is there. */
export function keysAt(schema: z.ZodType, path: Path, value: unknown): string[] {
  const here = path.reduce<unknown>((part, key) => (part as Record<string | number, unknown> | undefined)?.[key], value);
  const used = Object.keys((here as object | undefined | null) ?? {});
  const alternatives = reach(schema, path)
    .flatMap(plainForms)
    .flatMap((form) => (defOf(form).type === 'object' ? [Object.keys(defOf(form).shape!)] : []));
  const fitting = alternatives.filter((keys) => keys.some((key) => used.includes(key)));
  return [...new Set((fitting.length > 0 ? fitting : alternatives).flat())];
}
