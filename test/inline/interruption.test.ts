import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import { startNotes } from './notes-app.ts';
import { notesProject } from './notes-project.ts';
import { runInline, type Watched } from './run-inline.ts';

/** Converges a minute late: whoever waits for it is in the middle of something. */
const waiting = (url: string): Record<string, string> => {
  const files = notesProject(url);
  return { ...files, 'intents/add-note.intent.yaml': files['intents/add-note.intent.yaml']!.replace('within: 3s', 'within: 60s') };
};

/** Runs until a note has arrived, then does something to the command line. */
async function disturbed(
  disturb: (child: Watched) => void,
  { dies, files = {}, given }: { dies?: NodeJS.Signals; files?: Record<string, string>; given?: string } = {},
) {
  let child: Watched | undefined;
  let below: number[] = [];
  const app = await startNotes({
    late: 60_000,
    onNote: () => {
      below = processesBelow(child!.pid);
      disturb(child!);
    },
  });
  const project = { ...waiting(app.url), ...files };
  if (given) project['intents/add-note.intent.yaml'] += `given: { state: ${given} }\n`;
  const ran = await runInline(project, ['run'], {
    begun: (begun) => {
      child = begun;
    },
    ...(dies ? { dies } : {}),
  });
  return { ran, below };
}

/** Pids of everything that a process started, by the system's own books. */
function processesBelow(pid: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const fields = readFileSync(`/proc/${name}/stat`, 'utf8')
          .replace(/^.*\) /s, '')
          .split(' ');
        return [{ pid: Number(name), parent: Number(fields[1]) }];
      } catch {
        return [];
      }
    });
  const children = parents.filter(({ parent }) => parent === pid).map((one) => one.pid);
  return [...children, ...children.flatMap(processesBelow)];
}

const isAlive = (pid: number): boolean => {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

describe.concurrent('an interruption', () => {
  test.for([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('by %s: the browser ends, the report is there and says so, exit %i', async ([signal, code], { expect }) => {
    const { ran, below } = await disturbed((child) => child.kill(signal));
    expect(ran.exitCode).toBe(code);
    expect(ran.stderr).toContain('finishing the report');
    expect(ran.stdout).toMatch(/interrupted/i);
    expect(ran.result?.exitCode).toBe(code);
    expect(ran.result?.intents[0]?.status).not.toMatch(/passed|flaky/);
    expect(ran.read('.intentwright/runs/latest/run.json')).toContain(ran.result!.run);
    expect(ran.has('intents/add-note.lock.yaml')).toBe(false);
    expect(below.length).toBeGreaterThan(1);
    expect(below.filter(isAlive)).toEqual([]);
  });

  test('a second one leaves at once, whatever is still being tidied up', async ({ expect }) => {
    const tidying = { 'intents/fixtures/slow.yaml': 'slow-to-leave:\n  do: { wait: 1ms }\n  undo: { wait: 60s }\n' };
    let pressed = 0;
    const { ran } = await disturbed(
      (child) => {
        child.kill('SIGINT');
        pressed = performance.now();
        setTimeout(() => child.kill('SIGINT'), 1500);
      },
      { files: tidying, given: 'slow-to-leave' },
    );
    expect(ran.exitCode).toBe(130);
    expect(performance.now() - pressed).toBeLessThan(10_000);
    expect(ran.result).toBeUndefined();
  });

  test('a killed run is told as far as it came, and never as a pass', async ({ expect }) => {
    const { ran, below } = await disturbed((child) => child.kill('SIGKILL'), { dies: 'SIGKILL' });
    await expect.poll(() => below.filter(isAlive), { timeout: 10_000 }).toEqual([]);
    expect(ran.result).toBeUndefined();
    const [run] = readdirSync(join(ran.dir, '.intentwright/runs'));
    const told = await runInline({}, ['report', run!], { dir: ran.dir });
    expect(told.exitCode).toBe(0);
    expect(told.stdout).toMatch(/interrupted/i);
    expect(told.result).toMatchObject({ run, exitCode: 3, intents: [{ status: 'errored' }] });
  });

  test('the application that was started for the run ends with it', async ({ expect }) => {
    const server = `
      import { createServer } from 'node:http';
      import { writeFileSync } from 'node:fs';
      writeFileSync('pid', String(process.pid));
      const server = createServer((request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Nothing here</h1>'));
      server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ ready: true, url: 'http://127.0.0.1:' + server.address().port })));`;
    const files = {
      ...waiting('${app.url}'),
      'intentwright.config.yaml': 'targets:\n  local:\n    url: "${app.url}"\n    start: { command: [node, server.mjs] }\n',
      'server.mjs': server,
    };
    let sent = false;
    const ran = await runInline(files, ['run'], {
      watch: ({ stdout, kill }) => {
        if (sent || !stdout.includes('1 intent against')) return;
        sent = true;
        kill('SIGINT');
      },
    });
    expect(ran.exitCode).toBe(130);
    expect(isAlive(Number(ran.read('pid')))).toBe(false);
  });
});
