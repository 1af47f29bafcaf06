import type { Problem } from '../core/project.ts';
import { type Snapshot, snapshotSchema } from '../core/parity.ts';
import { checkShape } from './check-shape.ts';
import { Problems } from './source.ts';
import { parseYaml } from './yaml.ts';

/** A snapshot as it is committed: one line a fact, in order, so that a diff shows what moved. */
export function printSnapshot({ target, takenAt, key, dependencies, facts }: Snapshot): string {
  const lines = [
    '# What `intentwright parity snapshot` read. Public facts stand as anybody can see them; of all others there is only their shape' +
      (key === undefined ? '.' : ' and a keyed digest.'),
    'parity: 1',
    `target: ${JSON.stringify(target)}`,
    `takenAt: ${JSON.stringify(takenAt)}`,
    ...(key === undefined ? [] : [`key: ${JSON.stringify(key)}`]),
    `dependencies: ${JSON.stringify(dependencies)}`,
    'facts:',
    ...Object.entries(facts)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, fact]) => `  ${JSON.stringify(id)}: ${JSON.stringify(fact)}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** A snapshot from its file, or what is wrong with it. */
export function parseSnapshot(text: string, file: string): { snapshot?: Snapshot; problems: Problem[] } {
  const problems = new Problems();
  const { source } = parseYaml(text, file, problems);
  const snapshot = source && checkShape(snapshotSchema, source.value, source, problems);
  return snapshot && problems.list.length === 0 ? { snapshot: snapshot as Snapshot, problems: [] } : { problems: problems.list };
}
