import { spawn, type ChildProcess } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OwnRedis } from '../../evals/fleet/fleet.ts';
import { startNotes } from './notes-app.ts';
import { notesProject } from './notes-project.ts';
import { cli, environment, newFolder, runInline, writeFiles } from './run-inline.ts';

let redis: OwnRedis;
const workers: ChildProcess[] = [];
beforeAll(async () => {
  redis = await OwnRedis.start();
});
afterAll(async () => {
  for (const worker of workers) worker.kill('SIGKILL');
  await redis.stop();
});

async function startWorker(
  dir: string,
  env: Record<string, string> = {},
): Promise<{ said(): string; end(signal: NodeJS.Signals): Promise<number | null>; until(text: string): Promise<void> }> {
  const child = spawn(process.execPath, [cli, 'worker', '--fleet', redis.url, '--concurrency', '2'], {
    cwd: dir,
    env: environment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  workers.push(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  const until = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (said.includes(text)) resolve();
      };
      child.stdout.on('data', look);
      child.once('exit', () => reject(new Error(`the worker ended before it said “${text}”: ${said}`)));
      look();
    });
  await until('Taking intents');
  return {
    said: () => said,
    until,
    end: (signal) =>
      new Promise((resolve) => {
        child.once('exit', resolve);
        child.kill(signal);
      }),
  };
}

describe('run --fleet', () => {
  test('one journal of what workers did: statuses, pictures, and a lost worker as a flaky pass', async () => {
    let hold: (() => void) | undefined;
    const app = await startNotes();
    const files: Record<string, string> = { ...notesProject(app.url) };
    for (const name of ['second', 'third'])
      files[`intents/${name}.intent.yaml`] = files['intents/add-note.intent.yaml']!.replace('Add a note', `Add the ${name} note`).replace(
        'note ${run.id}',
        `${name} \${run.id}`,
      );
    files['intents/third.intent.yaml'] = files['intents/third.intent.yaml']!.replace(
      '{ note: "${note}" }',
      '{ note: "not ${note}" }',
    ).replace('within: 3s', 'within: 300ms');
    const dirs = await Promise.all([newFolder(), newFolder(), newFolder()]);
    for (const dir of dirs) await writeFiles(dir, files);
    const first = await startWorker(dirs[0]!);
    const killed = new Promise<void>((resolve) => {
      hold = resolve;
    });
    // The first note that arrives costs its worker its life, and another takes its place.
    let armed = true;
    app.faults.onNote = () => {
      if (!armed) return;
      armed = false;
      void first.end('SIGKILL').then(() => hold?.());
    };
    const running = runInline({}, ['run', '--fleet', redis.url], { dir: dirs[1]! });
    await killed;
    const second = await startWorker(dirs[2]!);
    const ran = await running;

    expect(ran.exitCode, ran.stderr).toBe(1);
    const byId = Object.fromEntries((ran.result?.intents ?? []).map((intent) => [intent.id, intent]));
    expect(Object.keys(byId).sort()).toEqual(['add-note', 'second', 'third']);
    expect(byId['third']).toMatchObject({ status: 'failed', cause: 'product' });
    expect([byId['add-note']!.status, byId['second']!.status].sort()).toEqual(expect.arrayContaining(['flaky']));
    const journal = ran
      .read(`.intentwright/runs/${ran.result!.run}/events.jsonl`)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { seq: number; type: string; picture?: string });
    expect(journal.map(({ seq }) => seq)).toEqual(journal.map((_, index) => index));
    const picture = journal.find((event) => event.picture)?.picture;
    expect(picture && ran.has(`.intentwright/runs/${ran.result!.run}/attachments/${picture}`)).toBe(true);
    expect(await second.end('SIGTERM')).toBe(0);
  });

  test('a worker with other files says so instead of answering', async () => {
    const app = await startNotes();
    const [here, there] = await Promise.all([newFolder(), newFolder()]);
    await writeFiles(here, notesProject(app.url));
    await writeFiles(there, {
      ...notesProject(app.url),
      'intents/add-note.intent.yaml': notesProject(app.url)['intents/add-note.intent.yaml']!.replace('Add the note', 'Write the note'),
    });
    const worker = await startWorker(there);
    const ran = await runInline({}, ['run', '--fleet', redis.url], { dir: here });
    expect(ran).toMatchObject({ exitCode: 3, result: { intents: [{ status: 'errored' }] } });
    expect(ran.read(`.intentwright/runs/${ran.result!.run}/events.jsonl`)).toContain('reads differently here');
    expect(app.notes).toEqual([]);
    await worker.end('SIGTERM');
  });

  test('a Redis that does not answer is said at once, and its password is nowhere', async () => {
    const ran = await runInline(notesProject('http://127.0.0.1:1'), ['run', '--fleet', 'redis://user:hush-hush@127.0.0.1:1']);
    expect(ran).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('does not answer at redis://127.0.0.1:1') });
    expect(ran.stderr + ran.stdout).not.toContain('hush-hush');
  });
});
