import { describe, expect, test } from 'vitest';
import { notesProject } from './notes-project.ts';
import { runInline } from './run-inline.ts';

/** Nobody listens there: whoever tried to open it would say something else. */
const nowhere = 'http://127.0.0.1:9';
const right = notesProject(nowhere);
const INTENT = 'intents/add-note.intent.yaml';
const INVARIANTS = 'invariants/notes.yaml';
const CONFIG = 'intentwright.config.yaml';

const edit = (path: string, from: string | RegExp, to: string): Record<string, string> => {
  const text = right[path]!.replace(from, to);
  if (text === right[path]) throw new Error(`${path} has no ${String(from)}`);
  return { [path]: text };
};

describe('files that are wrong', () => {
  test('the project that the cases break is right', async () => {
    const ran = await runInline(right, ['check']);
    expect(ran.stderr).toBe('');
    expect(ran).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^1 intent \(1 step\), 1 invariant, 0 fixtures: no problems\.\n/),
    });
  });

  test.each<[string, Record<string, string>, RegExp]>([
    ['an unknown key', edit(INTENT, 'vars:', 'varz:'), /add-note\.intent\.yaml:2:1 error .*varz.*\n.*"vars"/],
    ['an unknown key of a step', edit(INTENT, '  - Add', '  - user: { tires: x }\n  - Add'), /add-note\.intent\.yaml:5:\d+ error/],
    ['a wrong type', edit(INTENT, 'within: 3s', 'within: 3'), /add-note\.intent\.yaml:8:9 error/],
    ['a duration that is none', edit(INTENT, 'within: 3s', 'within: soon'), /add-note\.intent\.yaml:8:9 error .*soon/],
    [
      'an unknown invariant',
      edit(INTENT, 'note-is-stored', 'note-is-storde'),
      /add-note\.intent\.yaml:7:\d+ error .*note-is-storde.*\n.*note-is-stored/,
    ],
    ['a missing parameter', edit(INTENT, ': { note: "${note}" }', ''), /add-note\.intent\.yaml:7:\d+ error .*note/],
    [
      'a parameter that it does not take',
      edit(INTENT, 'note: "${note}" }', 'note: "${note}", notes: 1 }'),
      /add-note\.intent\.yaml:7:\d+ error .*notes/,
    ],
    [
      'an unknown fixture',
      edit(INTENT, 'vars:', 'given: { org: org-with-admin }\nvars:'),
      /add-note\.intent\.yaml:2:\d+ error .*org-with-admin/,
    ],
    [
      'an unknown variable',
      edit(INTENT, '- Add the note "${note}"', '- Add the note "${text}"'),
      /add-note\.intent\.yaml:5:\d+ error .*\$\{text\}/,
    ],
    [
      'an environment variable that is not set',
      edit(CONFIG, nowhere, '${env:NOTES_URL}'),
      /intentwright\.config\.yaml:2:\d+ error .*NOTES_URL/,
    ],
    ['an unknown probe', edit(INVARIANTS, 'http:', 'htpp:'), /notes\.yaml:5:5 error .*htpp.*\n.*http/],
    ['an unknown key of a probe', edit(INVARIANTS, 'path: /api/notes', 'paht: /api/notes'), /notes\.yaml:5:\d+ error .*pa/],
    ['an unknown operator', edit(INVARIANTS, 'contains', 'contians'), /notes\.yaml:6:\d+ error .*contians.*\n.*contains/],
    [
      'an expression that is none',
      edit(INVARIANTS, /expect: .*/, 'cel: "value.body.contains("'),
      /notes\.yaml:6:\d+ error .*cannot be used/,
    ],
    ['an expression with an unknown name', edit(INVARIANTS, /expect: .*/, 'cel: "valeu.status == 200"'), /notes\.yaml:6:\d+ error .*valeu/],
    ['a pattern that is none', edit(INVARIANTS, 'contains: "${note}"', 'matches: "(a"'), /notes\.yaml:6:\d+ error .*\(a/],
    ['a mode that is none', edit(INVARIANTS, 'eventually', 'evntually'), /notes\.yaml:\d+:\d+ error .*evntually/],
    ['an unknown connection', edit(INVARIANTS, 'path: /api', 'on: app, path: /api'), /notes\.yaml:5:\d+ error .*"app"/],
    ['tabs', edit(INTENT, '  note: note', '\tnote: note'), /add-note\.intent\.yaml:3:1 error .*tab/i],
    [
      'a directive that changes what No means',
      edit(INTENT, 'intent: Add', '%YAML 1.1\n---\nintent: Add'),
      /add-note\.intent\.yaml:1:1 error .*directive/i,
    ],
    [
      'an alias bomb',
      {
        [INTENT]: `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefghi'].map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[index]}`).join(',')}]`).join('\n')}\nintent: x\n`,
      },
      /add-note\.intent\.yaml:\d+:\d+ error .*alias/i,
    ],
    ['nesting without end', { [INTENT]: `intent: ${'['.repeat(20_000)}` }, /add-note\.intent\.yaml:\d+:\d+ error/],
    ['a tag', edit(INTENT, 'intent: Add a note', 'intent: !!binary QQ=='), /add-note\.intent\.yaml:1:\d+ error/],
    ['a key that is there twice', edit(INTENT, 'within: 3s', 'within: 3s\nwithin: 4s'), /add-note\.intent\.yaml:9:1 error/],
    ['the key __proto__', edit(INTENT, 'within: 3s', '__proto__: { within: 3s }'), /add-note\.intent\.yaml:8:1 error/],
    [
      'two documents in one file',
      edit(INTENT, 'within: 3s', 'within: 3s\n---\nintent: Another'),
      /add-note\.intent\.yaml:\d+:\d+ error .*document/i,
    ],
    ['an empty file', { [INTENT]: '' }, /add-note\.intent\.yaml:1:1 error/],
    ['no invariants at all', edit(INTENT, /then:\n.*\n/, ''), /add-note\.intent\.yaml:\d+:\d+ error .*then/],
    ['an id that is there twice', { 'intents/more/add-note.intent.yaml': right[INTENT]! }, /add-note\.intent\.yaml:1:1 error .*twice/],
    ['no target', edit(CONFIG, /targets:\n.*\n/, 'targets: {}\n'), /intentwright\.config\.yaml:1:\d+ error .*target/],
  ])('%s is said at its place, before anything starts', async (_, wrong, said) => {
    const ran = await runInline({ ...right, ...wrong }, ['run']);
    expect(ran.stderr).toMatch(said);
    expect(ran.stderr).toMatch(/\d+ problems? in \d+ files?\. Nothing was run\.\n$/);
    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ran.has('.intentwright')).toBe(false);
  });

  test('a byte order mark is no mistake', async () => {
    expect(
      await runInline({ ...right, [INTENT]: `\ufeff${right[INTENT]}`, [INVARIANTS]: right[INVARIANTS]!.replaceAll('\n', '\r\n') }, [
        'check',
      ]),
    ).toMatchObject({ exitCode: 0, stderr: '' });
  });

  test('every mistake of every file is said in one go, in order', async () => {
    const ran = await runInline(
      {
        ...right,
        ...edit(INTENT, 'within: 3s', 'within: soon\nprioritty: high'),
        ...edit(INVARIANTS, 'contains', 'contians'),
        'invariants/broken.yaml': 'a: [1,\n',
      },
      ['check'],
    );
    const places = ran.stderr.split('\n').flatMap((line) => /^(\S+):\d+:\d+ error/.exec(line)?.[1] ?? []);
    expect(places).toEqual([INTENT, INTENT, 'invariants/broken.yaml', INVARIANTS]);
    expect(ran.stderr).toContain('4 problems in 3 files');
  });

  test('from a folder of the project, files are named as they are seen from there', async () => {
    const { dir } = await runInline({ ...right, ...edit(INTENT, 'within: 3s', 'within: soon') }, ['check']);
    const ran = await runInline({}, ['check'], { dir: `${dir}/intents` });
    expect(ran.stderr).toMatch(/^add-note\.intent\.yaml:8:9 error/);
  });
});
