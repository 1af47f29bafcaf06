import { join } from 'node:path';
import { IntentwrightError, messageOf } from '../../core/errors.ts';
import type { JournalEvent } from '../../core/events.ts';
import type { Project } from '../../core/project.ts';
import { loadProjectHere } from '../load.ts';
import type { Shell } from '../shell.ts';
import { touchedBy, watchFiles } from '../watch-files.ts';
import type { UiDesk } from './server.ts';
import { type LiveIntent, liveView } from './view.ts';

/** Runs for the page, one at a time, and what it shows of them. */
export function openUiDesk(
  shell: Shell,
  loaded: Project,
  options: { target: string; config?: string },
): UiDesk & { close(): Promise<void> } {
  let project = loaded;
  let events: JournalEvent[] = [];
  let earlier: LiveIntent[] = [];
  let attachments: string | undefined;
  let said = '';
  let problem = '';
  let running: { stop: AbortController; ended: Promise<void> } | undefined;
  /** Saved while a run went on; empty for all. */
  let due: string[] | undefined;
  let unwatch: (() => void) | undefined;
  const listeners = new Set<() => void>();
  const changed = (): void => {
    for (const listener of [...listeners]) listener();
  };

  /** What is shown of an intent stays until it is run again. */
  const shown = (): LiveIntent[] => {
    const now = liveView(events);
    return [...earlier.filter(({ id }) => !now.some((intent) => intent.id === id)), ...now];
  };

  const conductOne = async (ids: string[], fresh: boolean, signal: AbortSignal): Promise<void> => {
    const again = await loadProjectHere(
      {
        ...shell,
        err: (text) => {
          problem += text;
          shell.err(text);
        },
      },
      options.config ? { config: options.config } : {},
    );
    if (!again) return;
    project = again;
    const { conduct } = await import('../conduct.ts');
    let faults = '';
    const code = await conduct(
      {
        ...shell,
        interactive: false,
        err: (text) => {
          faults += text;
          shell.err(text);
        },
      },
      {
        project,
        ids,
        flags: fresh ? { fresh } : {},
        target: options.target,
        mode: 'ui',
        command: `intentwright run ${ids.join(' ')}${fresh ? ' --fresh' : ''}`.replace(/ +/g, ' ').trim(),
        host: {
          signal,
          begun: ({ folder }) => {
            attachments = join(folder, 'attachments');
          },
          subscriber: {
            name: 'ui',
            on: (event) => {
              events.push(event);
              changed();
            },
          },
        },
      },
    );
    if (code >= 2) problem = faults.trim() || `ended with ${code}`;
  };

  const run = (ids: string[], { fresh }: { fresh: boolean }): string | undefined => {
    if (running) return 'a run is going on already';
    const unknown = ids.find((id) => !project.intents.some((intent) => intent.id === id));
    if (unknown !== undefined) return `there is no intent ${unknown}`;
    // Pictures of an earlier run lie in another folder: only its words stay.
    earlier = shown().map((intent) => ({
      ...intent,
      actors: [],
      steps: intent.steps.map((step) => ({ ...step, acts: step.acts.map(({ line, ok }) => ({ line, ok })) })),
    }));
    [events, problem, said] = [[], '', 'running'];
    const stop = new AbortController();
    const ended = conductOne(ids, fresh, stop.signal)
      .catch((error: unknown) => {
        problem = IntentwrightError.is(error) ? `${error.message}${error.hint ? ` — ${error.hint}` : ''}` : messageOf(error);
      })
      .finally(() => {
        running = undefined;
        said = stop.signal.aborted ? 'stopped' : '';
        const next = due;
        due = undefined;
        if (next && unwatch && !stop.signal.aborted) run(next, { fresh: false });
        changed();
      });
    running = { stop, ended };
    changed();
    return undefined;
  };

  const saved = (paths: string[]): void => {
    const ids = touchedBy(
      paths,
      project.intents.map(({ id }) => id),
    );
    // Without one to run there is still a new one to show, once it can be read.
    if (ids === undefined || ids.length === 0) return;
    const wanted = ids.length === project.intents.length ? [] : ids;
    // What is saved while a run goes on is run after it.
    if (running) due = due && due.length > 0 && wanted.length > 0 ? [...new Set([...due, ...wanted])] : wanted;
    else run(wanted, { fresh: false });
  };

  return {
    state: () => ({
      target: [options.target, urlOf(events, project.config.targets[options.target]?.url ?? '')].filter(Boolean).join(' · '),
      running: running !== undefined,
      watching: unwatch !== undefined,
      said,
      problem,
      run: shown(),
      intents: project.intents.map(
        ({ id, title, journey }): LiveIntent => ({
          id,
          title,
          state: 'waiting',
          attempt: 0,
          cause: '',
          ms: 0,
          actors: [],
          invariants: [],
          notes: [],
          steps: journey.map(({ actor, text, tries }) => ({ actor, text, tries, state: 'waiting', why: '', ms: 0, acts: [] })),
        }),
      ),
    }),
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    run,
    stop: () => running?.stop.abort('stopped'),
    watch: (on) => {
      if (on && !unwatch) unwatch = watchFiles(project.config.root, saved);
      else if (!on) {
        unwatch?.();
        unwatch = undefined;
      }
      changed();
    },
    attachments: () => attachments,
    async close() {
      unwatch?.();
      running?.stop.abort('ended');
      await running?.ended;
    },
  };
}

/** Where the application is: as the last run found it, or as the config says when that says it without a template. */
function urlOf(events: readonly JournalEvent[], configured: string): string {
  const begun = events.find((event) => event.type === 'run-start');
  return begun ? begun.target.url : configured.includes('${') ? '' : configured;
}
