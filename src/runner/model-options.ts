import type { ModelAgentOptions } from '../agents/model.ts';
import type { Budget } from '../core/intent.ts';
import type { Say } from '../journey/say.ts';
import { createBudget } from '../models/budget.ts';
import type { Actors } from './actors.ts';
import type { RunShared } from './open-run.ts';

/** What the model agent of one attempt may spend, what is hidden from it, and how its calls are told. */
export function modelOptions(shared: RunShared, say: Say, actors: Actors, budget: Budget): Omit<ModelAgentOptions, 'model'> {
  const here = () => ({ step: actors.step, actor: actors.current });
  return {
    budget: createBudget({ ...budget, pricePerMillion: shared.project.config.agents.model?.pricePerMillion }),
    mask: (text) => shared.redactor.text(text),
    now: () => shared.clock.now(),
    onCall: (call) => say({ type: 'model-called', ...here(), ...call }),
    onInjection: (text) => say({ type: 'page-event', ...here(), kind: 'injection-suspected', text, at: shared.clock.now() }),
  };
}
