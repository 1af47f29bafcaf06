import type { Observation } from '../../core/observation.ts';

/** Words that address a machine that reads the page, not a person. A heuristic for the report; safety rests on the closed answer. */
const SIGNS: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget|override)\s+(?:\w+\s+){0,3}(?:previous|prior|above|earlier|preceding|system|all|your)\s+(?:\w+\s+){0,2}(?:instructions?|prompts?|rules|messages?|sentences?)/i,
  /\b(?:mark|report|declare|consider|treat)\s+(?:this|the|your|every|all)\s+(?:\w+\s+){0,2}(?:tests?|runs?|steps?|journeys?|intents?|invariants?)\s+(?:as\s+)?(?:passed|passing|green|done|successful|held)/i,
  /\b(?:attention|note|important|instructions?|message|system)\b[^.]{0,30}\b(?:ai|llm|assistant|language model|(?:test(?:ing)?|web|browser|automation)\s+agent)s?\b/i,
  /\b(?:ai|llm|automat(?:ed|ion)|testing)\s+(?:agents?|assistants?|models?|bots?)\b[^.]{0,40}\b(?:must|should|need to|are (?:required|instructed)|please|click|type|go to|navigate|invite)\b/i,
  /\byou are (?:now )?(?:an?|the) (?:ai|assistant|agent|language model|automated)\b/i,
  /<\/?(?:system|assistant|tool|tool_result|function_results|instructions?)>|<\|[a-z_]+\|>|\[\/?(?:INST|SYSTEM)\]|^(?:system|assistant|developer)\s*:/im,
  /\btool[_ ](?:output|result|call)s?\s*[:=]/i,
  /\bnew (?:system )?(?:instructions?|prompt)\s*[:=]/i,
  // Poses as a line of the prompt itself.
  /(?:^|\s)\d+ (?:button|link|textbox|searchbox|combobox|checkbox|radio|menuitem|option|tab) "|<<<[\s\S]*>>>|>>>[\s\S]*<<<|\b(?:SENTENCE|PAGE) (?:\(TRIES\) )?(?:<<<|[A-Z][a-z])/,
  /\b(?:system prompt|developer message)\b[^.]{0,40}\b(?:reveal|print|show|repeat|changed|updated)\b/i,
];

/** True when a text reads like an instruction to whoever automates the page. */
export const looksInjected = (text: string): boolean => SIGNS.some((sign) => sign.test(text));

/** Texts of the page and of mails that read like instructions to the agent, each once. */
export function suspiciousTexts(observation: Observation): string[] {
  const texts = [
    observation.title,
    ...observation.notices.map((notice) => notice.text),
    ...observation.passages.map((passage) => passage.text),
    ...observation.candidates.flatMap((candidate) => [
      candidate.name,
      candidate.description ?? '',
      candidate.placeholder ?? '',
      candidate.value ?? '',
      ...(candidate.options ?? []),
      candidate.context.row ?? '',
    ]),
    ...observation.mail.flatMap((mail) => [mail.subject, mail.text, ...mail.links.map((link) => link.text)]),
    observation.nativeDialog?.message ?? '',
  ];
  return [...new Set(texts.filter((text) => text !== '' && looksInjected(text)))];
}
