import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defects } from '../../demo/defects.ts';
import { root } from '../suite.ts';

/** A change to files of this repository: path → its new text. */
export interface EvalChange {
  name: string;
  kind: string;
  files: Record<string, string>;
}

const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Every incident, switched on for good in the files that it lives in. */
export const defectChanges: EvalChange[] = defects.map(({ name, where }) => {
  const path = `demo/${where}`;
  const text = read(path).replaceAll(`defect('${name}')`, 'true');
  if (text === read(path)) throw new Error(`${name} does not stand in ${path}`);
  return { name, kind: 'defect', files: { [path]: text } };
});

const appended = (path: string, line: string): Record<string, string> => ({ [path]: `${read(path).trimEnd()}\n${line}\n` });

/** A comment above the first function. */
const commented = (path: string): Record<string, string> => ({
  [path]: read(path).replace(/^(?=export (?:async )?(?:function|const))/m, '// Told once more, in other words.\n'),
});

/** Every level of indentation twice as deep, and a blank line after each block. */
const laidOut = (path: string): Record<string, string> => {
  const text = read(path);
  if (text.split('\n').some((line) => line.split('`').length % 2 === 0))
    throw new Error(`${path} holds templates of several lines: another layout would be another text`);
  return { [path]: text.replace(/^ +/gm, (spaces) => spaces + spaces).replace(/^\}$/gm, '}\n') };
};

/** The first constant of the module's own under another name. */
const renamed = (path: string): Record<string, string> => {
  const text = read(path);
  const name = /^const (\w{4,}) =/m.exec(text)?.[1];
  if (name === undefined) throw new Error(`${path} has no constant of its own`);
  return { [path]: text.replace(new RegExp(`(?<![.\\w'"])${name}\\b(?!['":])`, 'g'), `${name}Here`) };
};

const typed = (path: string): Record<string, string> => appended(path, '\n/** A name for later. */\nexport type Later = string;');

const each = (kind: string, paths: string[], make: (path: string) => Record<string, string>): EvalChange[] =>
  paths.map((path) => ({ name: `${kind}: ${path}`, kind, files: make(path) }));

const packageJson = (
  edit: (manifest: { scripts: Record<string, string>; devDependencies: Record<string, string> }) => void,
): Record<string, string> => {
  const manifest = JSON.parse(read('package.json')) as Parameters<typeof edit>[0];
  edit(manifest);
  return { 'package.json': `${JSON.stringify(manifest, null, 2)}\n` };
};

/** Changes after which every journey must still pass. */
export const harmlessChanges: EvalChange[] = [
  ...each(
    'document',
    [
      'README.md',
      'ARCHITECTURE.md',
      'CHANGELOG.md',
      'LICENSE',
      'demo/README.md',
      'evals/README.md',
      'evals/defects/table.md',
      'evals/bench/results.md',
      'test/fixtures/cassettes/README.md',
    ],
    (path) => appended(path, 'One more sentence.'),
  ),
  { name: 'document: docs/decisions.md is new', kind: 'document', files: { 'docs/decisions.md': '# Decisions\n' } },
  ...each(
    'test',
    [
      'test/demo/start.test.ts',
      'test/demo/state.test.ts',
      'test/demo/defects.test.ts',
      'test/demo/visitor.ts',
      'test/inline/run.test.ts',
      'test/core/decide.test.ts',
      'test/browser/session.test.ts',
      'test/report/fold.test.ts',
    ],
    (path) => appended(path, 'void 0;'),
  ),
  ...each(
    'comment',
    [
      'demo/accounts/login.ts',
      'demo/accounts/sessions.ts',
      'demo/audit/emit.ts',
      'demo/billing/checkout.ts',
      'demo/billing/webhook.ts',
      'demo/exports/job.ts',
      'demo/imports/upload.ts',
      'demo/members/invite.ts',
      'demo/projects/create.ts',
      'demo/state/ids.ts',
      'demo/ui/html.ts',
      'demo/web/router.ts',
      'demo/worker/run.ts',
      'demo/workspaces/guard.ts',
    ],
    commented,
  ),
  ...each(
    'layout',
    [
      'demo/accounts/drafts.ts',
      'demo/correlation.ts',
      'demo/web/cookies.ts',
      'demo/worker/enqueue.ts',
      'demo/billing/plans.ts',
      'demo/accounts/passwords.ts',
    ],
    laidOut,
  ),
  ...each('developers’ tools', ['biome.json', 'vitest.config.ts', '.gitignore'], (path) => appended(path, '')),
  { name: 'developers’ tools: .editorconfig is new', kind: 'developers’ tools', files: { '.editorconfig': 'root = true\n' } },
  {
    name: 'package: a script',
    kind: 'package',
    files: packageJson((manifest) => {
      manifest.scripts['again'] = 'npm test';
    }),
  },
  {
    name: 'package: a small step of a development dependency',
    kind: 'package',
    files: packageJson((manifest) => {
      manifest.devDependencies['vitest'] = '5.1.1';
    }),
  },
  ...each('type', ['demo/exports/job.ts', 'demo/developers/keys.ts', 'demo/syncs/card.ts', 'demo/members/invite.ts'], typed),
  ...each(
    'rename',
    [
      'demo/automations/automations.ts',
      'demo/developers/explorer.ts',
      'demo/developers/keys.ts',
      'demo/exports/reports.ts',
      'demo/developers/api.ts',
      'demo/imports/list.ts',
      'demo/members/page.ts',
      'demo/payments/page.ts',
      'demo/accounts/signup.ts',
      'demo/billing/page.ts',
      'demo/syncs/card.ts',
      'demo/ui/table.ts',
    ],
    renamed,
  ),
];
