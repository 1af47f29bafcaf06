import type { RequestSeen } from '../core/action.ts';
import { type CauseFacts, ledByItself, type StepFacts } from '../core/cause.ts';
import type { AttemptEvent, Say } from '../journey/say.ts';
import type { Tried } from './doubts.ts';

/** A step as its cause sees it, with its requests whole. */
type Noted = Omit<Writable<StepFacts>, 'requests'> & { requests: RequestSeen[] };

type Writable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer Item)[] ? Item[] : T[K] };

/** Listens to what an attempt says and keeps what its cause is read from. */
export class AttemptFacts {
  readonly fixtures: { fixture: string; phase: string; ok: boolean; error?: string }[] = [];
  readonly preconditions: { met: boolean; why: string }[] = [];
  readonly environment: { says: string; ok: boolean; why: string }[] = [];
  readonly #steps = new Map<number, Noted>();
  readonly #tries = new Set<number>();
  /** The last action of the step, as it is told. */
  #lastLine: string | undefined;
  readonly baselines: Record<string, unknown> = {};
  hadLockfile = false;
  /** A clean-up failed, or something was still there after it. */
  leftSomething = false;

  /** The same voice, overheard. */
  listen(say: Say): Say {
    return (body) => {
      this.#note(body);
      say(body);
    };
  }

  facts(): Pick<CauseFacts, 'fixtures' | 'preconditions' | 'environment' | 'steps' | 'hadLockfile' | 'baselines'> {
    return {
      baselines: this.baselines,
      fixtures: this.fixtures,
      preconditions: this.preconditions,
      environment: this.environment,
      steps: [...this.#steps.values()],
      hadLockfile: this.hadLockfile,
    };
  }

  /** What was only tried, and what of it the application did not clearly refuse. */
  get tried(): Tried[] {
    return [...this.#tries].flatMap((index) => {
      const step = this.#steps.get(index);
      if (!step || step.status === 'not-reached') return [];
      // Told again when its answer comes: the last word on each counts.
      const last = new Map(step.requests.map((request) => [request.id, request]));
      const open = [...last.values()].find(({ own, changes, status }) => own && changes && (status === undefined || status < 400));
      return [
        {
          sentence: step.text,
          ...(open
            ? {
                sent: `${open.method} ${open.template}, ${open.status === undefined ? 'of which no answer is known' : `answered ${open.status}`}`,
              }
            : {}),
        },
      ];
    });
  }

  #note(body: AttemptEvent): void {
    switch (body.type) {
      case 'fixture-end':
        this.fixtures.push({ fixture: body.fixture, phase: body.phase, ok: body.ok, ...(body.error ? { error: body.error } : {}) });
        break;
      case 'note-made':
        if (body.code === 'TEARDOWN') this.leftSomething = true;
        break;
      case 'precondition-end':
        this.preconditions.push({ met: body.met, why: body.why });
        break;
      case 'environment-checked':
        this.environment.push({ says: body.says, ok: body.ok, why: body.why });
        break;
      case 'step-start':
        if (body.tries) this.#tries.add(body.step);
        this.#lastLine = undefined;
        this.#steps.set(body.step, {
          actor: body.actor,
          text: body.text,
          status: 'not-reached',
          why: '',
          requests: [],
          notices: [],
          misses: [],
          foundAt: [],
          handedOver: [],
        });
        break;
      case 'step-end':
        Object.assign(this.#step(body.step), { status: body.status, why: body.why });
        break;
      case 'request-seen':
        this.#step(body.step).requests.push(body.request);
        break;
      case 'observation-taken':
        this.#look(body);
        break;
      case 'reading-taken':
        if (body.reading.phase === 'baseline' && body.reading.value !== undefined) this.baselines[body.invariant] = body.reading.value;
        break;
      case 'action-end':
        this.#lastLine = body.line;
        if (body.miss) this.#step(body.step).misses.push(body.miss);
        break;
      case 'decision-made':
        if (body.kind === 'unsure') this.#step(body.step).handedOver.push({ agent: body.agent, why: body.why });
        if (body.kind === 'act' && body.agent === 'replay') this.hadLockfile = true;
        break;
      default:
    }
  }

  #look({ step: index, notices, path }: Extract<AttemptEvent, { type: 'observation-taken' }>): void {
    const step = this.#step(index);
    step.notices.push(...notices);
    // Where an actor is when nobody has acted for them yet is the application's front door, whatever it is called.
    const came = this.#lastLine !== undefined || [...this.#steps].some(([other, { actor }]) => other < index && actor === step.actor);
    if (came && ledByItself(this.#lastLine)) step.foundAt.push(path);
  }

  /** Requests may be seen before the first step and after the last. */
  #step(index: number): Noted {
    return (
      this.#steps.get(index) ?? {
        actor: '',
        text: '',
        status: 'not-reached',
        why: '',
        requests: [],
        notices: [],
        misses: [],
        foundAt: [],
        handedOver: [],
      }
    );
  }
}
