import { slugOf } from '../core/slug.ts';
import type { FirstIntent } from './first-intent.ts';

/** A title as the name of a file: "Add a note" → add-a-note. */
export const idOf = (title: string): string =>
  slugOf(
    title
      .normalize('NFKD')
      .replace(/[\u0300-\u036f]/g, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '') || 'first',
  );

/** A YAML scalar of a block, quoted only when it must be. */
export function scalar(text: string): string {
  const plain =
    /^[A-Za-z](?:[^\p{C}:#]|:(?! |$)|(?<! )#)*$/u.test(text) && !text.endsWith(' ') && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(text);
  return plain ? text : JSON.stringify(text);
}

/** Editors complete and check a file by this line. */
const schemaLine = (name: string, up: string): string =>
  `# yaml-language-server: $schema=${up}node_modules/intentwright/dist/schemas/${name}.schema.json\n`;

/** Handles that sentences name: each is an environment variable until somebody says otherwise. */
export const secretsIn = (steps: readonly string[]): string[] => [
  ...new Set(steps.flatMap((step) => [...step.matchAll(/\$\{secret:([A-Za-z_]\w*)\}/g)].map((match) => match[1]!))),
];

export const configFile = ({ url, steps }: Pick<FirstIntent, 'url' | 'steps'>): string => `${schemaLine('config', './')}targets:
  local:
    url: ${scalar(url)}
    # start: { command: [npm, run, dev] }   # starts it, where it prints {"ready":true} when it answers
# connections:                              # what invariants may ask, by the name after \`on:\`
#   app: { sql: { postgres: "\${env:DATABASE_URL}" } }     # or sqlite: path/of/the.db, mysql: …
${
  secretsIn(steps).length > 0
    ? `secrets:                                    # typed where the sentences say so, written nowhere\n${secretsIn(steps)
        .map((name) => `  ${name}: { env: ${name} }\n`)
        .join('')}`
    : ''
}`;

/** Names that the invariant takes from the intent. */
const parametersOf = ({ proof, shows }: Pick<FirstIntent, 'proof' | 'shows'>): string[] => [
  ...new Set([...`${proof}${shows}`.matchAll(/\$\{([A-Za-z_]\w*)\}/g)].map((match) => match[1]!)),
];

/** What fits a variable by its name: an address has to look like one. */
const valueOf = (name: string): string => (/e?mail/i.test(name) ? `${name.toLowerCase()}.\${run.id}@example.test` : `${name} \${run.id}`);

export function firstIntentFile({ title, steps, shows, proof }: FirstIntent): string {
  const names = new Set([...steps, proof, shows].flatMap((text) => [...text.matchAll(/\$\{([A-Za-z_]\w*)\}/g)].map((match) => match[1]!)));
  const vars = [...names].map(
    (name) => `  ${name}: ${valueOf(name)}                # new in every run, so that nothing left over can prove it`,
  );
  const asked = parametersOf({ proof, shows });
  return `${schemaLine('intent', '../')}intent: ${scalar(title)}
priority: critical
${vars.length > 0 ? `vars:\n${vars.join('\n')}\n` : ''}journey:
${steps.map((step) => `  - ${scalar(step)}`).join('\n')}
then:
  - it-is-stored${asked.length > 0 ? `: { ${asked.map((name) => `${name}: "\${${name}}"`).join(', ')} }` : ''}
within: 10s
`;
}

export const firstInvariantFile = (first: FirstIntent): string => invariantFile('it-is-stored', first);

/** An intent that a person showed. */
export function recordedIntentFile({
  title,
  start,
  vars,
  sentences,
  invariant,
}: {
  title: string;
  start: string | undefined;
  vars: Readonly<Record<string, string>>;
  sentences: readonly string[];
  invariant: { name: string; params: readonly string[] };
}): string {
  const named = Object.entries(vars).map(([name, value]) => `  ${name}: ${scalar(value)}`);
  const actor = start === undefined ? '' : 'user: ';
  return `${schemaLine('intent', '../')}intent: ${scalar(title)}
priority: normal
${named.length > 0 ? `vars:                                 # new in every run\n${named.join('\n')}\n` : ''}${start === undefined ? '' : `actors:\n  user: { start: ${JSON.stringify(start)} }\n`}journey:
${sentences.map((sentence) => `  - ${actor}${scalar(sentence)}`).join('\n')}
then:                                 # what must be true afterwards; false before, or it proves nothing
  - ${invariant.name}${invariant.params.length > 0 ? `: { ${invariant.params.map((name) => `${name}: "\${${name}}"`).join(', ')} }` : ''}
within: 20s
`;
}

/** An invariant that a path's answer proves. */
export function invariantFile(name: string, { proof, shows }: Pick<FirstIntent, 'proof' | 'shows'>): string {
  const names = parametersOf({ proof, shows });
  return `${schemaLine('invariants', '../')}${name}:
  says: ${scalar(`${names.length > 0 ? names.map((name) => `\${${name}}`).join(' and ') : shows} is stored`)}
${names.length > 0 ? `  params: [${names.join(', ')}]\n` : ''}  eventually:
    http: { path: ${JSON.stringify(proof)}, text: true }
${expectation(shows)}`;
}

/** A value alone must stand there whole, between quotes or tags: with another word behind it, it is another value. */
function expectation(shows: string): string {
  if (!/^\$\{[A-Za-z_]\w*\}$/.test(shows)) return `    expect: { body: { contains: ${JSON.stringify(shows)} } }\n`;
  return `    expect: { body: { matches: ${JSON.stringify(`["'>]\\s*${shows}\\s*["'<]`)} } }   # the whole value, in JSON or on a page\n`;
}

/** An intent with every part that one can have, to be filled in. */
export const intentFile = (title: string): string => `${schemaLine('intent', '../')}intent: ${scalar(title)}
why: What it costs the business when this is broken.
priority: normal                      # critical | high | normal
# touches: [mail, jobs]               # systems it crosses
# given:
#   org: some-fixture                 # intents/fixtures/*.yaml; its outputs are \${org.…}
vars:
  name: Ada \${run.id}
journey:                              # one sentence a step, as you would say it to a colleague
  - Open "Settings" and change the name to \${name}
then:                                 # what must be true afterwards; false before, or it proves nothing
  - some-invariant: { name: "\${name}" }
within: 20s
`;
