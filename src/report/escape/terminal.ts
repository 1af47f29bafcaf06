import { visible } from './visible.ts';

const SEQUENCES = /\u001b\][\s\S]*?(?:\u0007|\u001b\\|$)|\u001b[PX^_][\s\S]*?(?:\u001b\\|$)|[\u001b\u009b][[\]()#;?]*(?:\d{1,4}(?:[;:]\d{0,4})*)?[\dA-PR-TZcf-nq-uy=><~]/g;

/** Text from elsewhere for a terminal or a CI log: one line, no escape sequences, nothing that a CI system takes for a command. */
export function forTerminal(text: string): string {
  return forLog(visible(text.replace(SEQUENCES, '')));
}

/** `::error::` (GitHub), `##[error]` and `##vso[…]` (Azure), `##teamcity[…]`: broken up so that they are only text. */
function forLog(text: string): string {
  return text.replace(/::(?=[a-z-]+[ :])/gi, ': :').replace(/##(?=[a-z]*\[)/gi, '# #');
}
