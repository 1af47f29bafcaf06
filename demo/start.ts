import { fstatSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { defects, parseDefects } from './defects.ts';
import { parseRedesign, redesigns } from './redesigns.ts';
import { startTeamspace } from './teamspace.ts';

const { values } = parseArgs({ options: { defects: { type: 'string' }, ui: { type: 'string' }, list: { type: 'boolean' } } });

if (values.list) {
  process.stdout.write(`${JSON.stringify({ defects, redesigns }, null, 2)}\n`);
  process.exit(0);
}

if (values.defects !== undefined) process.env['DEFECTS'] = values.defects;
if (values.ui !== undefined) process.env['UI'] = values.ui;
try {
  parseDefects(process.env['DEFECTS']);
  parseRedesign(process.env['UI']);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(2);
}

const parent = process.ppid;
let ending: Promise<void> | undefined;
const stopping = new AbortController();
const end = (code: number): void => {
  stopping.abort();
  if (ending !== undefined) return;
  ending = running
    .then(
      (teamspace) => teamspace.stop(),
      () => {},
    )
    .then(() => process.exit(code));
};
const running = startTeamspace(process.env, {
  onLost: (name) => {
    process.stderr.write(`teamspace: ${name} ended by itself\n`);
    end(1);
  },
});
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => end(0));
// Whoever started this holds the other end of stdin, or is its parent: when one of them is gone there is nobody left to serve.
const stdin = fstatSync(0);
if (stdin.isFIFO() || stdin.isSocket()) {
  process.stdin.on('end', () => end(0)).on('error', () => end(0));
  process.stdin.resume();
}
setInterval(() => {
  if (process.ppid !== parent) end(0);
}, 500).unref();

try {
  const { ready } = await running;
  if (!stopping.signal.aborted) process.stdout.write(`${JSON.stringify(ready)}\n`);
} catch (error) {
  process.stderr.write(`teamspace: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
