// Where one replay's time goes: the journal's timestamps, from the start of the process to its end, and the slowest stretches.
//   node evals/bench/profile.ts [none|each-step] [--built]
import { rm } from 'node:fs/promises';
import { benchProject } from './project.ts';
import { startTeamspace } from './teamspace.ts';
import { byReplay, cli } from './timed.ts';

const app = await startTeamspace();
const project = await benchProject(app.ready, process.argv[2] === 'each-step' ? 'each-step' : 'none');
const program = cli(process.argv.includes('--built'));
try {
  await byReplay(project, process.env, program);
  const { lines, wallMs, startedAt } = await byReplay(project, process.env, program);
  let last = 0;
  for (const line of lines) {
    if (['reading-taken', 'invariant-start', 'invariant-end', 'decision-made'].includes(line.type)) continue;
    const at = Date.parse(line.time) - startedAt;
    const {
      type,
      ms,
      line: action,
      text,
      request,
      path,
    } = line as typeof line & { line?: string; text?: string; path?: string; request?: { method: string; template: string; ms?: number } };
    console.log(
      `${String(at).padStart(6)} ${`+${at - last}`.padStart(6)}  ${type} ${action ?? text ?? (request ? `${request.method} ${request.template} ${request.ms ?? ''}` : '')} ${path ?? ''} ${ms === undefined ? '' : `(${ms} ms)`}`,
    );
    last = at;
  }
  console.log(`${wallMs.toFixed(0).padStart(6)} end of the process`);
} finally {
  await app.stop();
  await rm(project, { recursive: true, force: true });
}
