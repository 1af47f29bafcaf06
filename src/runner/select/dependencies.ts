/** What a change of a package's manifest means. */
export interface ManifestChange {
  /** Major versions, and packages that came or went: "express 4 → 5". */
  majors: string[];
  /** Smaller steps, and what resolves them. */
  minors: string[];
  /** Fields other than dependencies that decide what is built or served. */
  fields: string[];
}

const RUNTIME = ['dependencies', 'optionalDependencies', 'peerDependencies', 'require'];
const DEVELOPMENT = ['devDependencies', 'require-dev'];
const TELLING = ['exports', 'main', 'module', 'type', 'engines', 'browser', 'imports', 'workspaces', 'overrides', 'resolutions'];

/** package.json and composer.json, before and after; undefined when one of them cannot be read. */
export function manifestChange(before: string | undefined, after: string | undefined): ManifestChange | undefined {
  const [old, now] = [parse(before), parse(after)];
  if (!old || !now) return undefined;
  const found: ManifestChange = {
    majors: [],
    minors: [],
    fields: TELLING.filter((field) => JSON.stringify(old[field]) !== JSON.stringify(now[field])),
  };
  for (const section of [...RUNTIME, ...DEVELOPMENT]) {
    const [was, is] = [mapOf(old[section]), mapOf(now[section])];
    for (const name of new Set([...Object.keys(was), ...Object.keys(is)])) {
      const [from, to] = [was[name], is[name]];
      if (from === to) continue;
      const step = `${name} ${from ?? 'none'} → ${to ?? 'none'}`;
      if (majorOf(from) === majorOf(to) && from !== undefined && to !== undefined) found.minors.push(step);
      else if (DEVELOPMENT.includes(section) && (from === undefined || to === undefined)) found.minors.push(step);
      else found.majors.push(step);
    }
  }
  return found;
}

function parse(text: string | undefined): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

const mapOf = (value: unknown): Record<string, string> =>
  typeof value === 'object' && value !== null ? (value as Record<string, string>) : {};

/** Before 1.0 a minor step may break as much as a major one. */
function majorOf(range: string | undefined): string | undefined {
  const match = /(\d+)(?:\.(\d+))?/.exec(range ?? '');
  return match ? (match[1] === '0' ? `0.${match[2] ?? 0}` : match[1]) : range;
}
