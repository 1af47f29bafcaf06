/** Text of a YAML scalar, quoted only when it must be. */
export const scalar = (text: string): string => (/^[A-Za-z][\w ./-]*$/.test(text) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(text) ? text : JSON.stringify(text));

const SCHEMA = (name: string): string => `# yaml-language-server: $schema=../schemas/${name}.schema.json\n`;

/** An intent with every part that one can have, to be filled in. */
export const intentFile = (title: string): string => `${SCHEMA('intent')}intent: ${scalar(title)}
why: What it costs the business when this is broken.
priority: normal                      # critical | high | normal
# touches: [mail, jobs]               # systems it crosses
# given:
#   org: some-fixture                 # intents/fixtures/*.yaml; its outputs are \${org.…}
vars:
  name: Ada \${run.id}
journey:                              # one sentence a step, as you would say it to a colleague
  - Open "…" and …
then:                                 # what must be true afterwards; false before, or it proves nothing
  - some-invariant: { name: "\${name}" }
within: 20s
`;
