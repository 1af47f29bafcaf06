// Seven intents against MediaWiki, by the embedded agent alone; then those that passed again, on a new wiki, from their lockfiles. Writes table.md beside itself.
//   node evals/mediawiki/run.ts FOLDER [intent …]
// FOLDER has start.sh DATA_DIR PORT SMTP_PORT and stop.sh DATA_DIR: a new wiki on 127.0.0.1 with the users Admin (sysop), Editor1 and Reader1,
// one password (WIKI_PASSWORD) and its database at DATA_DIR/db/wiki.sqlite.
import { execFile, spawn } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { parseDocument } from 'yaml';
import { cell, type IntentResult, root, runSuite } from '../suite.ts';

const [given = '', ...only] = process.argv.slice(2);
const folder = resolve(given);
if (
  given === '' ||
  !(await stat(join(folder, 'start.sh')).then(
    () => true,
    () => false,
  )) ||
  !process.env['WIKI_PASSWORD']
) {
  console.error(
    'usage: WIKI_PASSWORD=… node evals/mediawiki/run.ts FOLDER [intent …]\nFOLDER has start.sh and stop.sh of a MediaWiki; it is not part of this repository.',
  );
  process.exit(2);
}
const here = new URL('./project', import.meta.url).pathname;
const ids = (await readdir(join(here, 'intents')))
  .filter((file) => file.endsWith('.intent.yaml'))
  .map((file) => basename(file, '.intent.yaml'))
  .filter((id) => only.length === 0 || only.includes(id));
const project = await mkdtemp(join(tmpdir(), 'iw-mediawiki-'));
await cp(here, project, { recursive: true });
await symlink(join(root, 'node_modules'), join(project, 'node_modules'));
const smtp = await freePort();
const config = join(project, 'intentwright.config.yaml');
const document = parseDocument(await readFile(config, 'utf8'));
document.setIn(['connections', 'mailbox', 'mail'], { smtp });
await writeFile(config, document.toString());

const first = await round(ids, ['--fresh']);
const green = first.filter(({ status }) => status === 'passed').map(({ id }) => id);
const again = green.length > 0 ? await round(green, []) : [];
const byReplay = again.filter((intent) => intent.status === 'passed' && intent.agent.builtin === 0);
console.log(
  `by the embedded agent: ${green.length} of ${ids.length}; again from lockfiles: ${again.filter(({ status }) => status === 'passed').length} of ${green.length}, ${byReplay.length} by replay alone`,
);
if (only.length === 0) await writeFile(new URL('./table.md', import.meta.url), table());
if (process.env['KEEP']) console.log(project);
else await rm(project, { recursive: true, force: true });
process.exitCode = again.length === green.length && byReplay.length === green.length ? 0 : 1;

async function round(intents: readonly string[], flags: string[]): Promise<IntentResult[]> {
  const data = await mkdtemp(join(tmpdir(), 'iw-wiki-'));
  const port = await freePort();
  await start([join(folder, 'start.sh'), data, String(port), String(smtp)]);
  const results: IntentResult[] = [];
  try {
    for (const id of intents) {
      const { result, output } = await runSuite({
        cwd: project,
        ids: [id],
        flags,
        writeLocks: true,
        env: { WIKI_URL: `http://127.0.0.1:${port}`, WIKI_DB: join(data, 'db', 'wiki.sqlite') },
      });
      if (!result) throw new Error(`no result for ${id}: ${output.slice(-800)}`);
      results.push(...result.intents);
      for (const { status, cause, sentence, agent, durationMs } of result.intents)
        console.log(
          `${id}: ${status}${cause ? ` (${cause})` : ''} ${(durationMs / 1000).toFixed(1)} s, replay ${agent.replay} relocate ${agent.relocate} builtin ${agent.builtin}: ${sentence}`,
        );
    }
  } finally {
    await promisify(execFile)('bash', [join(folder, 'stop.sh'), data]).catch(() => undefined);
    await rm(data, { recursive: true, force: true });
  }
  return results;
}

/** The wiki itself goes on running in the background and keeps what it was given: only the script's own end is waited for. */
function start(command: string[]): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn('bash', command, { stdio: 'ignore' });
    child.once('error', fail);
    child.once('exit', (code) => (code === 0 ? done() : fail(new Error(`${command[0]} ended with ${code}`))));
  });
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });
}

function table(): string {
  const rows = first.map((intent) => {
    const repeat = again.find(({ id }) => id === intent.id);
    return `| ${cell(intent.steps.at(-1)!.text)} | ${intent.status} | ${intent.agent.builtin} | ${repeat ? `${repeat.status}, ${repeat.agent.replay} / ${repeat.agent.relocate} / ${repeat.agent.builtin}` : '–'} | ${intent.status === 'passed' ? '' : cell(intent.sentence)} |`;
  });
  return [
    '# MediaWiki: an application that nobody here wrote',
    '',
    `Generated by \`node evals/mediawiki/run.ts\`. By the embedded agent alone, judged by SQL on the wiki's database: ${green.length} of ${ids.length}. Again on a new wiki from the lockfiles: ${again.filter(({ status }) => status === 'passed').length} of ${green.length}, ${byReplay.length} by replay alone.`,
    '',
    '| sentence | first run | actions | from its lockfile (replay / relocate / builtin) | what fell short |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
