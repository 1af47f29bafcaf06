import type { Fixture, FixtureUse, Intent, InvariantUse } from '../core/intent.ts';
import type { Invariant } from '../core/invariant.ts';
import { referencesOf } from '../core/template.ts';
import { type Below, checkReferences, type Names, PREDEFINED, texts, whyUndefined } from './references.ts';
import { MOST_CELLS } from './matrix.ts';
import { formatPath, type Path, type Problems, type Source } from './source.ts';
import { hintFor } from './suggest.ts';
import { systemDeedOf } from './system-step.ts';

/** What the other files have: names of broken ones too, so that one mistake is said once. */
export interface Known {
  intents: ReadonlyMap<string, Intent>;
  invariants: ReadonlyMap<string, Invariant>;
  invariantNames: ReadonlySet<string>;
  fixtures: ReadonlyMap<string, Fixture>;
  fixtureNames: ReadonlySet<string>;
  secrets: ReadonlySet<string> | 'not here';
  /** Secrets that have no value here → the environment variable that would give it. */
  unset: ReadonlyMap<string, string>;
  env: Record<string, string | undefined>;
}

const FLIPPING: readonly string[] = ['eventually', 'changes', 'increases_by', 'access'];

/** Checks an intent against everything it names: fixtures, invariants and their parameters, actors, variables, secrets. */
export function crossCheck(intent: Intent, source: Source, problems: Problems, known: Known): void {
  const check = new CrossCheck(intent, source, problems, known);
  check.matrix();
  check.given();
  check.vars();
  check.actors();
  check.steps();
  check.uses('then', intent.then);
  check.uses('requires', intent.requires);
  check.canPass();
}

/** Checks what the config asks of the environment: it knows no intent's names. */
export function crossCheckEnvironment(uses: InvariantUse[], source: Source, problems: Problems, known: Known): void {
  new CrossCheck(
    { vars: {}, given: [], actors: {}, journey: [], then: [], where: source.at(['environment'], 'key') },
    source,
    problems,
    known,
  ).uses('environment', uses);
}

type Checked = Pick<Intent, 'vars' | 'given' | 'actors' | 'journey' | 'then' | 'where' | 'matrix'> & { id?: string };

class CrossCheck {
  readonly #intent: Checked;
  readonly #source: Source;
  readonly #problems: Problems;
  readonly #known: Known;
  /** Names that hold once fixtures and variables are there. */
  readonly #names: Names;
  /** Those that hold before. */
  readonly #given: Names;

  constructor(intent: Checked, source: Source, problems: Problems, known: Known) {
    this.#intent = intent;
    this.#source = source;
    this.#problems = problems;
    this.#known = known;
    const vars = Object.keys(intent.vars).map((name): [string, Below] => [name, 'a value']);
    this.#given = new Map<string, Below>([
      ...PREDEFINED,
      ...(intent.matrix ? [['matrix', new Set(Object.keys(intent.matrix.factors))] as const] : []),
    ]);
    this.#names = new Map<string, Below>([...this.#given, ...vars, ...intent.given.map((use) => this.#outputs(use))]);
  }

  /** Outputs below an alias are known when its fixture lists what it captures. */
  #outputs(use: FixtureUse): [string, Below] {
    const capture = this.#known.fixtures.get(use.fixture)?.capture;
    return [use.alias, capture ? new Set(Object.keys(capture)) : 'anything'];
  }

  #references(value: unknown, path: Path, names: Names, secrets: Known['secrets'] = 'not here'): void {
    checkReferences(value, path, names, this.#source, this.#problems, { env: this.#known.env, secrets });
  }

  matrix(): void {
    const { matrix } = this.#intent;
    if (!matrix) return;
    const cells = Object.values(matrix.factors).reduce((product, values) => product * values.length, 1);
    if (cells > MOST_CELLS && matrix.cells === 'full')
      this.#problems.error(
        this.#source.at(['matrix'], 'key'),
        `matrix: ${cells} cells are too many; at most ${MOST_CELLS}`,
        'cells: pairwise needs far fewer',
      );
    for (const [factor, values] of Object.entries(matrix.factors)) {
      if (new Set(values.map(String)).size < values.length)
        this.#problems.error(this.#source.at(['matrix', factor]), `matrix.${factor}: a value is there twice`);
    }
  }

  given(): void {
    const before = new Map<string, Below>(this.#given);
    for (const use of this.#intent.given) {
      const path = ['given', use.alias];
      this.#taken(use.alias, path);
      const fixture = this.#known.fixtures.get(use.fixture);
      if (!fixture && !this.#known.fixtureNames.has(use.fixture))
        this.#problems.error(
          use.where,
          `${formatPath(path)}: unknown fixture "${use.fixture}"`,
          hintFor(use.fixture, this.#known.fixtureNames) ?? 'there are none yet: they are defined in intents/fixtures/*.yaml',
        );
      if (fixture) this.#params('fixture', fixture, use.with, [...path, 'with']);
      for (const [text, at] of texts(use.with, [...path, 'with'])) {
        const late = referencesOf(text).find(({ kind, name }) => kind === 'var' && this.#intent.vars[name.split('.')[0]!] !== undefined);
        if (late)
          this.#problems.error(
            this.#source.at(at),
            `${formatPath(at)}: ${late.raw} is a variable, and variables are made after the fixtures`,
            'write its value here, and let the variable be the fixture’s output',
          );
        else this.#references(text, at, before);
      }
      before.set(...this.#outputs(use));
    }
  }

  #taken(name: string, path: Path): void {
    if (PREDEFINED.has(name))
      this.#problems.error(
        this.#source.at(path, 'key'),
        `${formatPath(path)}: "${name}" is predefined`,
        `predefined are ${[...PREDEFINED.keys()].join(', ')}`,
      );
  }

  vars(): void {
    const { vars, given } = this.#intent;
    for (const [name, template] of Object.entries(vars)) {
      const path = ['vars', name];
      this.#taken(name, path);
      if (given.some((use) => use.alias === name))
        this.#problems.error(this.#source.at(path, 'key'), `vars.${name}: "${name}" is already the alias of a fixture`);
      if (leadsTo(name, template, vars)) this.#problems.error(this.#source.at(path), `vars.${name}: it is defined by itself`);
      this.#references(template, path, this.#names);
    }
  }

  actors(): void {
    for (const [name, { name: _, session, ...actor }] of Object.entries(this.#intent.actors)) {
      this.#references(actor, ['actors', name], this.#names);
      // A password or a token URL's body may hold a secret: it is put in when the request is sent, and not before.
      this.#references(session, ['actors', name, 'session'], this.#names, this.#known.secrets);
      this.#login(name, session);
      if (actor.start?.startsWith('/') === false && !actor.start.startsWith('${'))
        this.#problems.error(this.#source.at(['actors', name, 'start']), `actors.${name}.start: a path begins with "/"`);
    }
  }

  #login(actor: string, session: unknown): void {
    const login = (session as { login?: unknown } | undefined)?.login;
    if (typeof login !== 'string') return;
    const at = this.#source.at(['actors', actor, 'session', 'login']);
    const label = `actors.${actor}.session.login`;
    const wanted = this.#known.intents.get(login);
    if (!wanted) this.#problems.error(at, `${label}: unknown intent "${login}"`, hintFor(login, this.#known.intents.keys()));
    else if (login === this.#intent.id) this.#problems.error(at, `${label}: an intent cannot be its own login`);
    else if (wanted.given.length > 0 || new Set(wanted.journey.map((step) => step.actor)).size !== 1)
      this.#problems.error(
        at,
        `${label}: ${login} has fixtures or several actors; a login is one person's journey and nothing else`,
        'give it variables instead, and their values here under with:',
      );
  }

  steps(): void {
    for (const [index, step] of this.#intent.journey.entries()) {
      for (const reference of referencesOf(step.text)) {
        const wrong = whyUndefined(reference, this.#names, { env: this.#known.env, secrets: this.#known.secrets });
        const unset = reference.kind === 'secret' ? this.#known.unset.get(reference.name) : undefined;
        if (wrong) this.#problems.error(step.where, `journey[${index}]: ${wrong.message}`, wrong.hint);
        else if (unset)
          this.#problems.error(
            step.where,
            `journey[${index}]: the secret ${reference.name} has no value: the environment variable ${unset} is not set`,
            `set it, or declare the secret with generate: true when the journey creates the account`,
          );
      }
      if (step.text.split('${').length - 1 > referencesOf(step.text).length)
        this.#problems.error(step.where, `journey[${index}]: "\${" is not closed, or is empty`, 'write ${name}');
      if (step.actor === 'system' && !systemDeedOf(step.text, this.#known.fixtures.values())) this.#system(index, step.text);
    }
  }

  #system(index: number, text: string): void {
    const sentences = [...this.#known.fixtures.values()].flatMap((fixture) => (fixture.says ? [fixture.says] : []));
    const hint = sentences.length > 0 ? hintFor(text, sentences) : 'give a fixture  says: the sentence, with {name} for what varies';
    this.#problems.error(this.#intent.journey[index]!.where, `journey[${index}]: no fixture says "${text}"`, hint);
  }

  #params(kind: 'fixture' | 'invariant', named: { name: string; params: string[] }, given: Record<string, unknown>, path: Path): void {
    const label = `${formatPath(path)}: ${kind} ${named.name}`;
    for (const name of Object.keys(given)) {
      if (!named.params.includes(name))
        this.#problems.error(
          this.#source.at([...path, name], 'key'),
          `${label} has no parameter "${name}"`,
          named.params.length > 0
            ? hintFor(
                name,
                named.params.filter((param) => !(param in given)),
              )
            : 'it takes none',
        );
    }
    for (const param of named.params) {
      if (given[param] === undefined || given[param] === null)
        this.#problems.error(
          this.#source.at(path, 'key'),
          `${label} needs the parameter "${param}"`,
          `it takes ${named.params.join(', ')}`,
        );
    }
  }

  uses(key: 'then' | 'requires' | 'environment', uses: InvariantUse[]): void {
    for (const [index, use] of uses.entries()) {
      const path = [key, index, use.name];
      const invariant = this.#known.invariants.get(use.name);
      this.#references(use.params, path, this.#names);
      if (invariant) this.#use(invariant, use, key, path);
      else if (!this.#known.invariantNames.has(use.name))
        this.#problems.error(
          use.where,
          `${key}[${index}]: unknown invariant "${use.name}"`,
          hintFor(use.name, this.#known.invariantNames) ?? 'there are none yet: they are defined in invariants/*.yaml',
        );
    }
  }

  #use(invariant: Invariant, use: InvariantUse, key: 'then' | 'requires' | 'environment', path: Path): void {
    this.#params('invariant', invariant, use.params, path);
    const { mode } = invariant;
    if (key !== 'then' && mode.kind !== 'eventually' && mode.kind !== 'always')
      this.#problems.error(
        use.where,
        `${formatPath(path)}: ${key === 'requires' ? 'a precondition' : 'the environment'} is read once, so it must be eventually or always, not ${mode.kind}`,
      );
    const names: Names = new Map([...this.#names, ...invariant.params.map((param): [string, Below] => [param, 'anything'])]);
    const said = new Set<string>();
    for (const [text] of texts([invariant.says, mode])) {
      for (const reference of referencesOf(text)) {
        if (reference.kind !== 'var' || said.has(reference.raw)) continue;
        said.add(reference.raw);
        const wrong = whyUndefined(reference, names, { env: this.#known.env, secrets: 'not here' });
        if (wrong)
          this.#problems.error(
            use.where,
            `${formatPath(path)}: invariant ${invariant.name} needs ${reference.raw}, which this intent does not give`,
            wrong.hint,
          );
      }
    }
    if (mode.kind !== 'access') return;
    for (const side of [mode.may, mode.mayNot]) {
      if (typeof side.as !== 'string' || side.as.includes('${') || side.as.includes('=') || this.#intent.actors[side.as]) continue;
      this.#problems.error(
        use.where,
        `${formatPath(path)}: invariant ${invariant.name} speaks of an actor "${side.as}", which this intent does not have`,
        hintFor(side.as, Object.keys(this.#intent.actors)),
      );
    }
  }

  /** What can be seen now to make a pass impossible, or a refusal unproven. */
  canPass(): void {
    const { then, journey, where } = this.#intent;
    const invariants = then.map((use) => this.#known.invariants.get(use.name));
    if (invariants.some((invariant) => !invariant)) return;
    if (!invariants.some((invariant) => FLIPPING.includes(invariant!.mode.kind))) {
      this.#problems.warning(
        this.#source.at(['then'], 'key'),
        'then: nothing here is false before the journey and true after it: an agent that does nothing would satisfy it, so this intent can never pass',
        `add an invariant that is one of ${FLIPPING.join(', ')}`,
      );
    }
    const tries = journey.find((step) => step.tries);
    if (tries && !invariants.some((invariant) => invariant!.mode.kind === 'access')) {
      this.#problems.warning(
        tries.where ?? where,
        'a hidden button alone proves no refusal',
        'add an invariant with access: the same request, refused to one and accepted from the other',
      );
    }
  }
}

function leadsTo(name: string, template: string, vars: Record<string, string>, seen = new Set<string>()): boolean {
  return referencesOf(template).some(({ kind, name: path }) => {
    const root = path.split('.')[0]!;
    if (kind !== 'var' || vars[root] === undefined) return false;
    if (root === name) return true;
    if (seen.has(root)) return false;
    seen.add(root);
    return leadsTo(name, vars[root], vars, seen);
  });
}
