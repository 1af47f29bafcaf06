import { escapeRegExp } from '../core/escape-regexp.ts';
import { type Fact, type Finding, isLeaf, type ParityRule, type ParityRuleName, type Sealed, type Snapshot } from '../core/parity.ts';
import { leafShape } from './seal.ts';

/** What is known of a declared fact beside its value. */
export interface Declared {
  rule: ParityRuleName;
  touches: readonly string[];
}

export interface CompareOptions {
  /** Declared facts by name. */
  declared: ReadonlyMap<string, Declared>;
  /** The last that fits counts. */
  rules: readonly ParityRule[];
  /** ISO date of today. */
  today: string;
}

/** How facts that are seen from outside must agree when nobody says otherwise, and whom a break concerns. */
const OUTSIDE: Record<string, Declared> = {
  redirect: { rule: 'equal', touches: ['*'] },
  status: { rule: 'equal', touches: ['*'] },
  header: { rule: 'equal', touches: [] },
  csp: { rule: 'equal', touches: ['*'] },
  'csp-report-only': { rule: 'equal', touches: [] },
  cookie: { rule: 'equal', touches: ['auth'] },
  scripts: { rule: 'equal', touches: ['*'] },
  cors: { rule: 'equal', touches: ['api'] },
  oidc: { rule: 'equal', touches: ['auth'] },
  build: { rule: 'present', touches: [] },
};

/** Compares what was read here with the other side, fact by fact. Pure; what could not be read is unknown, never equal. */
export function compareSides(here: Snapshot, there: Snapshot, options: CompareOptions): Finding[] {
  const ids = [...new Set([...Object.keys(here.facts), ...Object.keys(there.facts)])].toSorted();
  const findings = ids.map((id): Finding => {
    const ruling = rulingOf(id, options);
    const [ours, theirs] = [blocked(id, here) ?? here.facts[id], blocked(id, there) ?? there.facts[id]];
    const verdict = judge(ruling.rule, ours, theirs, here.key === there.key);
    const lead = ruling.ended ? `the exemption (${ruling.reason ?? 'no reason'}) ended on ${ruling.until}: ` : '';
    if (ruling.rule === 'ignored')
      return {
        fact: id,
        rule: 'ignored',
        state: 'ignored',
        says: `ignored until ${ruling.until}: ${ruling.reason}`,
        touches: [...ruling.touches],
      };
    return {
      fact: id,
      rule: ruling.rule,
      state: verdict.state,
      says: verdict.state === 'same' ? verdict.says : lead + verdict.says,
      touches: [...ruling.touches],
    };
  });
  return [...findings, ...dependencies(here, there)];
}

/** Of a page that could not be read, nothing is known: neither its headers nor its policies. */
function blocked(id: string, side: Snapshot): Fact | undefined {
  const [area, page] = id.split(':');
  const whole = area === 'oidc' ? side.facts['oidc'] : page === undefined ? undefined : side.facts[`status:${page}`];
  return whole !== undefined && 'unreadable' in whole && side.facts[id] === undefined ? whole : undefined;
}

interface Ruling extends Declared {
  reason?: string;
  until?: string;
  /** It was ignored until a day that has passed. */
  ended?: boolean;
}

function rulingOf(id: string, { declared, rules, today }: CompareOptions): Ruling {
  const base = declared.get(id) ?? OUTSIDE[id.split(':')[0]!] ?? { rule: 'equal', touches: ['*'] };
  const rule = rules.findLast(({ facts }) => fits(facts, id));
  if (!rule) return base;
  const touches = rule.touches ?? base.touches;
  const { reason, until } = rule;
  const told = { ...(reason === undefined ? {} : { reason }), ...(until === undefined ? {} : { until }) };
  if (rule.rule === 'ignored' && until !== undefined && until <= today) return { rule: base.rule, touches, ...told, ended: true };
  return { rule: rule.rule, touches, ...told };
}

const fits = (pattern: string, id: string): boolean => new RegExp(`^${pattern.split('*').map(escapeRegExp).join('.*')}$`).test(id);

type Judged = Pick<Finding, 'state' | 'says'>;

const same = (says: string): Judged => ({ state: 'same', says });
const different = (says: string): Judged => ({ state: 'different', says });
const unknown = (says: string): Judged => ({ state: 'unknown', says });

function judge(rule: ParityRuleName, here: Fact | undefined, there: Fact | undefined, oneKey: boolean): Judged {
  if (here && 'unreadable' in here) return unknown(`it could not be read here: ${here.unreadable}`);
  if (there && 'unreadable' in there) return unknown(`it could not be read there: ${there.unreadable}`);
  const [ours, theirs] = [here && treeOf(here), there && treeOf(there)];
  if (rule === 'subset' && ours === undefined) return same('nothing is there that the other side would have to have');
  if (ours === undefined) return different('it is there, and not here');
  if (theirs === undefined) return different('it is here, and not there');
  switch (rule) {
    case 'present':
      return isEmpty(ours)
        ? different('it is empty here')
        : isEmpty(theirs)
          ? different('it is empty there')
          : same('it is present on both sides');
    case 'same_shape':
      return told(differences(ours, theirs, 'shape', oneKey), 'it has the same shape');
    case 'subset':
      return subset(ours, theirs, oneKey);
    default:
      return told(differences(ours, theirs, 'value', oneKey), 'it is equal');
  }
}

/** One tree for public and sealed values: what is public keeps its text beside its shape. */
type Tree = { shape: string; text?: string; digest?: string } | { list: Tree[] } | { map: Record<string, Tree> };

function treeOf(fact: Exclude<Fact, { unreadable: string }>): Tree {
  return 'value' in fact ? publicTree(fact.value) : sealedTree(fact.sealed);
}

function publicTree(value: unknown): Tree {
  if (Array.isArray(value)) return { list: value.map(publicTree) };
  if (typeof value === 'object' && value !== null) return { map: mapValues(value as Record<string, unknown>, publicTree) };
  return { shape: leafShape(value), text: JSON.stringify(value) ?? 'null' };
}

function sealedTree(sealed: Sealed): Tree {
  if (Array.isArray(sealed)) return { list: sealed.map(sealedTree) };
  if (isLeaf(sealed)) return { shape: sealed.$leaf, ...(sealed.digest === undefined ? {} : { digest: sealed.digest }) };
  return { map: mapValues(sealed, sealedTree) };
}

const mapValues = <A, B>(map: Record<string, A>, change: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));

interface Difference {
  at: string;
  says: string;
  /** Not a difference that was seen, but equality that cannot be told. */
  untold?: boolean;
}

/** "value": leaf by leaf; "shape": kinds and keys, lists by the shapes of their members. */
function differences(here: Tree, there: Tree, by: 'value' | 'shape', oneKey: boolean, at = ''): Difference[] {
  if ('map' in here && 'map' in there) {
    return [...new Set([...Object.keys(here.map), ...Object.keys(there.map)])].toSorted().flatMap((key) => {
      const [ours, theirs] = [here.map[key], there.map[key]];
      const place = at === '' ? key : `${at}.${key}`;
      if (!ours || !theirs) return [{ at: place, says: ours ? 'is here, and not there' : 'is there, and not here' }];
      return differences(ours, theirs, by, oneKey, place);
    });
  }
  if ('list' in here && 'list' in there)
    return by === 'shape' ? shapesOfLists(here.list, there.list, at) : listDifferences(here.list, there.list, oneKey, at);
  if ('shape' in here && 'shape' in there)
    return by === 'shape' ? kindDifference(here, there, at) : leafDifference(here, there, oneKey, at);
  return [{ at, says: `is ${kindOf(here)} here and ${kindOf(there)} there` }];
}

type Leaf = Extract<Tree, { shape: string }>;

const kind = ({ shape }: Leaf): string => (shape.split(' ')[0] === 'empty' ? 'empty text' : shape.split(' ')[0]!);

const kindDifference = (here: Leaf, there: Leaf, at: string): Difference[] =>
  kind(here) === kind(there) ? [] : [{ at, says: `is ${kind(here)} here and ${kind(there)} there` }];

function leafDifference(here: Leaf, there: Leaf, oneKey: boolean, at: string): Difference[] {
  if (here.text !== undefined && there.text !== undefined)
    return here.text === there.text ? [] : [{ at, says: `is ${clip(here.text)} here and ${clip(there.text)} there` }];
  if (here.shape !== there.shape)
    return [{ at, says: kind(here) === kind(there) ? 'differs' : `is ${kind(here)} here and ${kind(there)} there` }];
  if (here.digest !== undefined && there.digest !== undefined && oneKey)
    return here.digest === there.digest ? [] : [{ at, says: 'differs' }];
  if (here.shape === 'nothing' || here.shape === 'empty text') return [];
  return [{ at, says: 'cannot be compared: the two sides were not read under one key', untold: true }];
}

/** Public lists are told as sets: what each side has alone. Sealed ones by place. */
function listDifferences(here: Tree[], there: Tree[], oneKey: boolean, at: string): Difference[] {
  if ([...here, ...there].every((item) => 'text' in item)) {
    const [ours, theirs] = [here, there].map((list) => list.map((item) => (item as { text: string }).text)) as [string[], string[]];
    const [only, missing] = [ours.filter((text) => !theirs.includes(text)), theirs.filter((text) => !ours.includes(text))];
    if (only.length > 0 || missing.length > 0)
      return [
        {
          at,
          says: [
            only.length > 0 ? `has ${clip(only.join(', '))} here only` : '',
            missing.length > 0 ? `has ${clip(missing.join(', '))} there only` : '',
          ]
            .filter(Boolean)
            .join(' and '),
        },
      ];
  }
  if (here.length !== there.length) return [{ at, says: `has ${here.length} here and ${there.length} there` }];
  return here.flatMap((item, index) => differences(item, there[index]!, 'value', oneKey, `${at}[${index}]`));
}

function shapesOfLists(here: Tree[], there: Tree[], at: string): Difference[] {
  if (here.length === 0 || there.length === 0)
    return here.length === there.length ? [] : [{ at, says: `is empty ${here.length === 0 ? 'here' : 'there'}` }];
  const [ours, theirs] = [here, there].map((list) => new Set(list.map(shapeText))) as [Set<string>, Set<string>];
  return [...ours].every((shape) => theirs.has(shape)) && [...theirs].every((shape) => ours.has(shape))
    ? []
    : [{ at, says: 'has members of another shape' }];
}

function shapeText(tree: Tree): string {
  if ('list' in tree) return `[${[...new Set(tree.list.map(shapeText))].toSorted().join('|')}]`;
  if ('map' in tree)
    return `{${Object.keys(tree.map)
      .toSorted()
      .map((key) => `${key}:${shapeText(tree.map[key]!)}`)
      .join(',')}}`;
  return kind(tree);
}

function subset(here: Tree, there: Tree, oneKey: boolean): Judged {
  const missing =
    'list' in here ? here.list : 'map' in here ? Object.entries(here.map).map(([key, tree]) => ({ map: { [key]: tree } })) : [here];
  const given =
    'list' in there ? there.list : 'map' in there ? Object.entries(there.map).map(([key, tree]) => ({ map: { [key]: tree } })) : [there];
  let untold = 0;
  const lacking = missing.filter((item) => {
    const all = given.map((other) => differences(item, other, 'value', oneKey));
    if (all.some((found) => found.length === 0)) return false;
    if (all.some((found) => found.every((one) => one.untold))) {
      untold += 1;
      return false;
    }
    return true;
  });
  if (lacking.length > 0)
    return different(
      `${lacking.length} of what is here ${lacking.length === 1 ? 'is' : 'are'} not there${lacking.every((item) => 'text' in item) ? `: ${clip(lacking.map((item) => (item as { text: string }).text).join(', '))}` : ''}`,
    );
  return untold > 0 ? unknown('it cannot be compared: the two sides were not read under one key') : same('all that is here is there');
}

function told(found: Difference[], otherwise: string): Judged {
  const seen = found.filter(({ untold }) => !untold);
  const text = (list: Difference[]): string =>
    `${list
      .slice(0, 3)
      .map(({ at, says }) => (at === '' ? `it ${says}` : `${at} ${says}`))
      .join('; ')}${list.length > 3 ? ` and ${list.length - 3} more` : ''}`;
  if (seen.length > 0) return different(text(seen));
  return found.length > 0 ? unknown(text(found)) : same(otherwise);
}

function isEmpty(tree: Tree): boolean {
  if ('list' in tree) return tree.list.length === 0;
  return 'map' in tree ? Object.keys(tree.map).length === 0 : tree.shape === 'nothing' || tree.shape === 'empty text';
}

const kindOf = (tree: Tree): string => ('list' in tree ? 'a list' : 'map' in tree ? 'a map' : kind(tree));

const clip = (text: string): string => (text.length > 120 ? `${text.slice(0, 119)}…` : text);

/** A stub proves nothing about what it stands for; a simulation is told; what nobody declared here is not known to be real. */
function dependencies(here: Snapshot, there: Snapshot): Finding[] {
  return [...new Set([...Object.keys(here.dependencies), ...Object.keys(there.dependencies)])].toSorted().map((name): Finding => {
    const [ours, theirs] = [here.dependencies[name], there.dependencies[name]];
    const finding = (state: Finding['state'], says: string): Finding => ({
      fact: `dependency:${name}`,
      rule: 'declared',
      state,
      says,
      touches: [name],
    });
    if (ours === undefined) return finding('unknown', `${name} is ${theirs} there; nobody said what it is here`);
    if (ours === theirs || ours === 'real') return finding('same', `${name} is ${ours}`);
    return ours === 'stubbed'
      ? finding('different', `${name} is stubbed here${theirs ? ` and ${theirs} there` : ''}`)
      : finding('simulated', `${name} is simulated here${theirs ? ` and ${theirs} there` : ''}`);
  });
}
