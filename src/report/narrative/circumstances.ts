import { formatDuration } from '../../core/duration.ts';
import { clip } from '../escape/visible.ts';
import type { AttemptStory, IntentStory, RunStory } from '../story.ts';
import { code, type Line, line, strong } from './line.ts';

/** Where and with what it ran: what a person compares when it is red here and green there. */
export function sayCircumstances(attempt: AttemptStory, run: RunStory, intent?: Pick<IntentStory, 'selection'>): Line[] {
  const lines: Line[] = [];
  if (run.selection?.applied && intent?.selection)
    lines.push(
      line()`Chosen for the change since ${code(run.selection.base)}: ${clip(intent.selection.why, 240)} (risk ${String(intent.selection.risk)}).`,
    );
  if (run.target.name)
    lines.push(
      line()`Target ${run.target.name} at ${code(run.target.url)}${run.target.production ? ', in production' : ''}${run.commit ? `, commit ${run.commit.slice(0, 12)}` : ''}${attempt.workflow ? ', workflow ' : ''}${attempt.workflow ? code(attempt.workflow) : []}.`,
    );
  const browser = run.browser ? `${run.browser}, ` : '';
  lines.push(
    line()`${browser}Node ${run.node.replace(/^v/, '')} on ${run.platform}, Intentwright ${run.version}, agents ${run.agents.join(' → ') || 'none'}${run.model ? ` (${run.model})` : ''}${run.frozen ? ', frozen' : ''}.`,
  );
  for (const fixture of attempt.fixtures) {
    const what = fixture.phase === 'undo' ? 'Cleaned up' : fixture.phase === 'system' ? 'The system did' : 'Began from';
    if (fixture.ok && fixture.phase !== 'set-up') continue;
    lines.push(
      line(
        fixture.seq,
      )`${fixture.ok ? what : fixture.phase === 'undo' ? 'Could not clean up' : 'Could not make'} ${code(fixture.fixture)}${fixture.ok ? ` in ${formatDuration(fixture.durationMs)}` : `: ${clip(fixture.error ?? 'no reason was given', 240)}`}.`,
    );
  }
  for (const { actor, kind, file, why, seq } of attempt.recordings)
    lines.push(
      file === undefined
        ? line(seq)`The ${kind} of ${actor} was not kept: ${clip(why ?? 'no reason was given', 200)}.`
        : line(seq)`The ${kind} of ${actor} is in ${code(file)}.`,
    );
  for (const { met, why, seq } of attempt.preconditions) lines.push(line(seq)`Precondition ${met ? 'met' : 'not met'}: ${clip(why, 240)}.`);
  for (const { says, ok, why, seq } of attempt.environment)
    lines.push(ok ? line(seq)`Checked: ${clip(says, 200)}.` : line(seq)`Not so: ${strong(clip(says, 200))} (${clip(why, 240)}).`);
  for (const note of [...run.notes, ...attempt.notes])
    if (note.level !== 'info') lines.push(line(note.seq)`${note.level === 'error' ? 'Error' : 'Warning'}: ${clip(note.message, 300)}`);
  const calls = attempt.steps.flatMap(({ modelCalls }) => modelCalls);
  if (calls.length > 0) {
    const tokens = calls.reduce((sum, { promptTokens, completionTokens }) => sum + promptTokens + completionTokens, 0);
    lines.push(
      line(
        ...calls.map(({ seq }) => seq),
      )`${String(calls.length)} model ${calls.length === 1 ? 'call' : 'calls'}, ${calls.some(({ estimated }) => estimated) ? 'about ' : ''}${String(tokens)} tokens.`,
    );
  }
  return lines;
}
