import type { StepTask } from '../../core/decision.ts';
import { verbsOf } from '../lexicon.ts';
import { piecesOf } from './check.ts';
import { withoutActor } from './circumstance.ts';
import { isCommand } from './orders.ts';
import { type Token, tokenise } from './tokenise.ts';

/** Stands for a value, whose own words say nothing of what is to be done. */
const VALUE = '§';
const SEVERAL = 'two|three|four|five|six|seven|eight|nine|ten|§';

/** Words that make a sentence mean something else than it says without them, and what they ask for that is beyond the embedded agent. */
const RESERVATIONS: readonly (readonly [RegExp, string])[] = [
  [
    /\b(?:except(?:ing|ed)?|exception|excluding|barring|not including|apart from|aside from|other than|different (?:from|than))\b/,
    'it makes an exception',
  ],
  [/\bneither\b/, 'it says what not to do'],
  [/(?<!\bto )\b(?:avoid|refrain|abstain|prevent|forbid|prohibit)\b/, 'it says what not to do'],
  [
    /^(?!.*\b(?:because|since)\b)(?:the |a |an )?(?:[^\s§]+|§) (?:cannot|can't|can not|must not|mustn't|may not|should not|shouldn't|is not allowed|isn't allowed|are not allowed) /,
    'it says what somebody cannot do',
  ],
  [/\bnone of\b/, 'it says what not to do'],
  [
    /\bunless\b|\bonly if\b|\bassuming\b|\bwhile (?:it|they|he|she|there|§) (?:is|are|has|have)\b|(?<!\b(?:the|as) )\bprovided (?:that|it|there)\b|\bin case (?:it|there|that|they|he|she|of)\b/,
    'it sets a condition',
  ],
  [
    /(?<!\b(?:as|even|what|see|sees|check|checks|ask|asks|asked|know|knows|wonder|wonders|tell|find out|make sure) )\bif\b(?! (?:§|so|any|possible|applicable|\w*ed\b|(?:\S+ ){0,5}(?:asked|prompted|needed|necessary|required|appears|opens|shown|offered|dialog|banner|popup|confirmation|question|cookies?|prompt|warning|message)\b))/,
    'it sets a condition',
  ],
  [/^if §/, 'it sets a condition'],
  [/^(?!wait\b).*\buntil (?:only|no|none|all|every|nothing|there (?:is|are))\b/, 'it asks for the same several times'],
  [/\b(?:select|choose|tick|check|keep|leave) (?:only|just) /, 'it says what must not be chosen'],
  [
    new RegExp(`(?<!\\w)(?:twice|thrice|(?:${SEVERAL}) times)\\b(?! (?:§|(?:a|an|per|each|every|daily|weekly|monthly|yearly)\\b))`),
    'it asks for the same several times',
  ],
  [/\b(?:increas|decreas|rais|lower|reduc|extend|shorten)\w* (?:\S+ )*?by §/, 'it says by how much, and not what it becomes'],
];

/** "The note before “Bread”": another one than what is named. Where something is moved or put, it says where to. */
const BESIDE = /\b(?:the|a|an|that) (?:[^\s§]+ ){1,3}(?:before|after|above|below|preceding|following|underneath|beneath) §/;
const PUTS =
  /\b(?:mov|drag|drop|put|plac|insert|add|creat|mak|swap|sort|order|reorder|append|posit|arrang|schedul|rank|shift|bring|set|writ|typ|enter|fill|past)\w*/;
/** What follows is what is written, and no order. */
const WRITES = /^(?:note|log|record|write|reply|answer|comment|say|tell|remark|leave|report|jot)\b/;
const EVERY = /^(?:all|every|everyth\w*|everyone|everybody|each|any|anyone|anybody|anything|no|nobody|nothing|none)$/;
const CONTRAST =
  /^(?:not|do|don't|dont|never|then|also|only|first|still|with|without|as|to|in|for|on|leave|keep|now|instead|rather|please|this|it)$/;

/** Why a sentence is not to be carried out as if it said no more than what it names; undefined when it does not. */
export function reservationIn(step: Pick<StepTask, 'template' | 'values'>): string | undefined {
  const { tokens } = tokenise(step);
  for (const piece of piecesOf(withoutActor(tokens))) {
    if (piece.is !== 'acts') continue;
    const said = piece.tokens.map(skeleton).join(' ');
    if (WRITES.test(said)) continue;
    const found = RESERVATIONS.find(([pattern]) => pattern.test(said));
    if (found) return tell(found[1], found[0].exec(said)![0]);
    if (exceptsAfterBut(piece.tokens)) return tell('it makes an exception', 'but');
    if (BESIDE.test(said) && !PUTS.test(said) && namesAfter(piece.tokens))
      return tell('it means another than the one that it names', BESIDE.exec(said)![0]);
  }
  return undefined;
}

const tell = (why: string, words: string): string =>
  `${why} (“${words.replaceAll(VALUE, '…')}”), which the embedded agent does not carry out: say what is to be done, each in a sentence of its own`;

const skeleton = (token: Token): string => (token.is === 'value' ? VALUE : token.is === 'word' ? token.word : token.text);

/** "All but “Milk”", "any plan but Pro"; "tick all but do not save" goes on with something else. */
function exceptsAfterBut(tokens: readonly Token[]): boolean {
  return tokens.some((token, at) => {
    if (
      token.is !== 'word' ||
      token.word !== 'but' ||
      !tokens.slice(Math.max(0, at - 4), at).some((before) => before.is === 'word' && EVERY.test(before.word))
    )
      return false;
    const next = tokens[at + 1];
    return (
      next !== undefined &&
      (next.is === 'value' ||
        (next.is === 'word' && (next.capital || (!CONTRAST.test(next.word) && !isCommand(next.stem) && verbsOf(next.stem).size === 0))))
    );
  });
}

/** What stands behind "before" is a name, and no time. */
const namesAfter = (tokens: readonly Token[]): boolean =>
  tokens.some(
    (token, at) =>
      token.is === 'value' &&
      token.kind === 'text' &&
      token.certain &&
      /^(?:before|after|above|below|preceding|following|underneath|beneath)$/.test(skeleton(tokens[at - 1] ?? token)),
  );
