import type { Observation } from '../core/observation.ts';
import type { Look } from './look.ts';

const KEPT = 8;

/** Finds the look behind an observation, or behind a copy of one that is not too old. */
export class Recall {
  readonly #looks = new WeakMap<Observation, Look>();
  readonly #recent = new Map<string, Look>();

  keep(observation: Observation, look: Look): void {
    this.#looks.set(observation, look);
    const key = keyOf(observation);
    this.#recent.delete(key);
    this.#recent.set(key, look);
    if (this.#recent.size > KEPT) this.#recent.delete(this.#recent.keys().next().value!);
  }

  of(observation: Observation): Look | undefined {
    return this.#looks.get(observation) ?? this.#recent.get(keyOf(observation));
  }

  get last(): Look | undefined {
    return [...this.#recent.values()].at(-1);
  }
}

const keyOf = (observation: Observation): string =>
  `${observation.digest} ${observation.candidates.length} ${observation.candidates[0]?.id} ${observation.candidates.at(-1)?.id}`;
