import { type AddressInfo, createServer } from 'node:net';
import { test } from 'vitest';
import { startNotes } from './notes-app.ts';
import { notesProject } from './notes-project.ts';
import { runInline } from './run-inline.ts';

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

test('what is sent to us while the starting state is made is not lost', async ({ expect }) => {
  const [app, port] = await Promise.all([startNotes(), freePort()]);
  const files = notesProject(app.url);
  files['intentwright.config.yaml'] += `connections: { hooks: { webhooks: { port: ${port} } } }\n`;
  files['intents/fixtures/world.yaml'] = `announced:
  do: { http: { url: "http://127.0.0.1:${port}/early", json: { run: "\${run.id}" } } }
`;
  files['intents/add-note.intent.yaml'] += 'given: { hook: announced }\nrequires: [announced-once]\n';
  files['invariants/world.yaml'] = `announced-once:
  says: the application announced it once
  eventually: { webhooks: { on: hooks, path: /early }, expect: [ { body: { run: "\${run.id}" }, deliveries: 1 } ] }
`;
  expect(await runInline(files, ['run'])).toMatchObject({ exitCode: 0, result: { intents: [{ status: 'passed' }] } });
});

test('what a journey requires and is not there makes it unproven, by name, before anybody does anything', async ({ expect }) => {
  const app = await startNotes();
  const files = notesProject(app.url);
  files['intents/add-note.intent.yaml'] += 'requires: [worker-is-alive]\n';
  files['invariants/world.yaml'] = `worker-is-alive:
  says: the worker brings a job back
  eventually: { http: { path: /api/notes, pick: "$[*].text" }, expect: { contains: pong } }
`;
  const unmet = await runInline(files, ['run']);
  expect(unmet).toMatchObject({ exitCode: 1, result: { intents: [{ status: 'unproven' }] } });
  expect(unmet.stdout.replace(/\s+/g, ' ')).toContain('the worker brings a job back');
  expect(app.seen.filter((request) => request.startsWith('POST'))).toEqual([]);
  app.notes.push('pong');
  expect(await runInline({}, ['run'], { dir: unmet.dir })).toMatchObject({ exitCode: 0, result: { intents: [{ status: 'passed' }] } });
  app.faults.apiStatus = 503;
  expect((await runInline({}, ['run'], { dir: unmet.dir })).result?.intents[0]?.status).not.toBe('passed');
});
