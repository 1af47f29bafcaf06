/** JSON with sorted keys: equal values give equal text. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
}

/** The first place where two values differ, in words; `depth` is how much agreed before it. */
export function differenceOf(recorded: unknown, asked: unknown): { text: string; depth: number } {
  const agreed = { count: 0 };
  const text = firstDifference(recorded, asked, '', agreed);
  return { text: text ?? 'nothing differs', depth: agreed.count };
}

function firstDifference(recorded: unknown, asked: unknown, path: string, agreed: { count: number }): string | undefined {
  if (typeof recorded === 'string' && typeof asked === 'string') return lineDifference(recorded, asked, path, agreed);
  if (typeof recorded === 'object' && typeof asked === 'object' && recorded !== null && asked !== null) {
    const keys = new Set([...Object.keys(recorded), ...Object.keys(asked)]);
    for (const key of keys) {
      const inner = Array.isArray(asked) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
      const found = firstDifference((recorded as Record<string, unknown>)[key], (asked as Record<string, unknown>)[key], inner, agreed);
      if (found) return found;
    }
    return undefined;
  }
  if (recorded === asked) {
    agreed.count += 1;
    return undefined;
  }
  return `${path} was ${show(recorded)} and is ${show(asked)}`;
}

function lineDifference(recorded: string, asked: string, path: string, agreed: { count: number }): string | undefined {
  const before = recorded.split('\n');
  const now = asked.split('\n');
  for (let line = 0; line < Math.max(before.length, now.length); line++) {
    if (before[line] !== now[line])
      return `${path}${before.length + now.length > 2 ? ` line ${line + 1}` : ''} was ${show(before[line])} and is ${show(now[line])}`;
    agreed.count += 1;
  }
  return undefined;
}

function show(value: unknown): string {
  if (value === undefined) return 'not there';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
