import { IntentwrightError, messageOf } from '../core/errors.ts';
import type { Clock } from '../core/clock.ts';
import type { Fixture, Intent } from '../core/intent.ts';
import type { Project } from '../core/project.ts';
import { resolveDeep, type Scope } from '../core/template.ts';
import type { Say } from '../journey/say.ts';
import { type FixtureContext, setUpFixture, undoFixture } from './fixtures.ts';
import { type Env, withVars } from './scope.ts';

/** The undo runs after an interruption too, and must not hold up the end of a run for ever. */
const UNDO_MS = 15_000;

export interface StateOptions {
  project: Project;
  clock: Clock;
  env: Env;
  say: Say;
  /** Run in reverse order when the attempt ends. */
  undo: (() => Promise<unknown>)[];
  contextOf(scope: Scope): FixtureContext;
}

/** Makes starting states, and what the world does in the course of a journey; each one's undo is registered before it begins. */
export class StartingState {
  readonly #options: StateOptions;

  constructor(options: StateOptions) {
    this.#options = options;
  }

  /** Sets an intent's fixtures up in order and returns the scope of all templates. */
  async give(intent: Intent, base: Scope): Promise<Scope> {
    const { project, env } = this.#options;
    let scope = base;
    for (const use of intent.given) {
      const fixture = project.fixtures.get(use.fixture);
      if (!fixture) throw new IntentwrightError('SPEC_INVALID', `there is no fixture called ${use.fixture}`);
      scope = { ...scope, [use.alias]: await this.#make(fixture, use.alias, 'set-up', resolveDeep(use.with, scope, env), scope) };
    }
    return withVars(intent.vars, scope, env);
  }

  /** Something that the world does now. */
  async happen(fixture: Fixture, params: Record<string, unknown>, scope: Scope, signal: AbortSignal): Promise<void> {
    await this.#make(fixture, 'system', 'system', params, scope, signal);
  }

  async #make(
    fixture: Fixture,
    alias: string,
    phase: 'set-up' | 'system',
    params: Record<string, unknown>,
    scope: Scope,
    signal?: AbortSignal,
  ): Promise<Record<string, unknown>> {
    const { clock, say, undo, contextOf } = this.#options;
    const tell = (what: 'set-up' | 'undo' | 'system', since: number, outputs: string[], error?: unknown) =>
      say({
        type: 'fixture-end',
        fixture: fixture.name,
        alias,
        phase: what,
        ok: error === undefined,
        durationMs: clock.now() - since,
        outputs,
        error: error === undefined ? undefined : noteOf(error),
      });
    let answer: unknown;
    if (fixture.undo.length > 0 || fixture.leftBehind) {
      undo.push(async () => {
        const since = clock.now();
        await undoFixture(fixture, params, { ...contextOf(scope), signal: AbortSignal.timeout(UNDO_MS) }, answer).then(
          () => tell('undo', since, []),
          (error: unknown) => {
            tell('undo', since, [], error);
            say({ type: 'note-made', level: 'warning', code: 'TEARDOWN', message: `${fixture.name}: ${noteOf(error)}` });
          },
        );
      });
    }
    const began = clock.now();
    try {
      const made = await setUpFixture(fixture, params, { ...contextOf(scope), ...(signal ? { signal } : {}) });
      answer = made.answer;
      tell(phase, began, Object.keys(made.outputs));
      return made.outputs;
    } catch (error) {
      tell(phase, began, [], error);
      throw error;
    }
  }
}

/** An error in one line, with its fix. */
export const noteOf = (error: unknown): string =>
  IntentwrightError.is(error) && error.hint ? `${messageOf(error)} (${error.hint})` : messageOf(error);
