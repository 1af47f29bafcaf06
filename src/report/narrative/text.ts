import { plain } from './line.ts';
import type { Narrative } from './narrate.ts';

/** The whole narrative as plain lines; the sink escapes them. */
export function narrativeText({ sentence, sections }: Narrative): string {
  const lines = [plain(sentence.spans)];
  for (const section of sections) {
    lines.push('', section.title);
    section.lines.forEach((line, index) => lines.push(`${section.ordered ? `  ${index + 1}.` : '  -'} ${plain(line.spans)}`));
  }
  return lines.join('\n');
}
