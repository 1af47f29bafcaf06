/** Verbs that people write in steps and that do not simply take "ed". */
const IRREGULAR: Record<string, string> = {
  begin: 'began',
  bring: 'brought',
  build: 'built',
  buy: 'bought',
  catch: 'caught',
  choose: 'chose',
  come: 'came',
  cut: 'cut',
  do: 'did',
  draw: 'drew',
  drive: 'drove',
  fall: 'fell',
  feed: 'fed',
  find: 'found',
  forget: 'forgot',
  get: 'got',
  give: 'gave',
  go: 'went',
  grow: 'grew',
  have: 'had',
  hide: 'hid',
  hold: 'held',
  keep: 'kept',
  know: 'knew',
  leave: 'left',
  lend: 'lent',
  let: 'let',
  log: 'logged',
  lose: 'lost',
  make: 'made',
  meet: 'met',
  overwrite: 'overwrote',
  pay: 'paid',
  put: 'put',
  quit: 'quit',
  read: 'read',
  reset: 'reset',
  rerun: 'reran',
  resend: 'resent',
  rewrite: 'rewrote',
  run: 'ran',
  say: 'said',
  see: 'saw',
  sell: 'sold',
  send: 'sent',
  set: 'set',
  shut: 'shut',
  split: 'split',
  spend: 'spent',
  stand: 'stood',
  take: 'took',
  tell: 'told',
  think: 'thought',
  undo: 'undid',
  unset: 'unset',
  wait: 'waited',
  wear: 'wore',
  withdraw: 'withdrew',
  write: 'wrote',
};

/** Regular ones: a sentence that begins with any other word is quoted, not rewritten. */
const REGULAR = new Set(
  (
    'accept activate add adjust agree allow answer apply approve archive arrange ask assign attach attempt authorize authorise back block book browse bypass call cancel capture change charge check clear click clone close collapse ' +
    'comment complete configure confirm connect consent continue convert copy correct create decline decrease delete demote deny deposit deselect disable disconnect discard dismiss display download downgrade drag drop duplicate edit email ' +
    'empty enable enrol enroll enter exit expand export extend fail file fill filter finish fix follow force grant group handle hover import include increase inspect install invite issue join jump label land launch like link list load ' +
    'locate lock login look lower mail manage mark match merge mention migrate modify move mute name navigate note notice notify offer open order pass paste pause pick pin place plan post press preview print proceed process promote protect ' +
    'provide publish pull purchase push query raise rate reach reactivate reassign receive reconnect record recover redeem refer refresh refund refuse register reject reload remove rename renew reopen reorder repeat replace reply report ' +
    'request require resize resolve restart restore restrict resume retry return review revoke rotate save schedule scroll search seat secure select settle share ship show sign skip sort star start stay stop store submit subscribe ' +
    'suspend swap switch sync tap test tick toggle track transfer trash trigger try turn type unarchive unassign unblock uncheck undelete uninstall unlink unlock unmute unpin unpublish unshare unsubscribe untick update upgrade upload use validate ' +
    'verify view visit void vote want watch withhold'
  ).split(' '),
);

const DOUBLES = new Set([
  'commit',
  'drag',
  'drop',
  'log',
  'pin',
  'plan',
  'refer',
  'ship',
  'skip',
  'star',
  'stop',
  'submit',
  'swap',
  'tap',
  'transfer',
  'unpin',
  'permit',
  'pop',
  'plug',
  'step',
  'tag',
  'trim',
  'wrap',
]);

/** "Invite casey as an editor and open the list" → "invited casey as an editor and opened the list"; undefined when it does not begin with a verb that is known. */
export function pastOf(sentence: string): string | undefined {
  const words = sentence
    .trim()
    .replace(/[.!]+$/, '')
    .split(' ');
  const first = pastVerb(words[0] ?? '');
  if (first === undefined) return undefined;
  let quoted = false;
  const told = words.map((word, index) => {
    if (index === 0) return first;
    const before = words[index - 1]!;
    const heads = !quoted && (/^(and|then)$/i.test(before) || /[,;]$/.test(before)) && !/^(then|and)$/i.test(word);
    if ((word.match(/["“”]/g)?.length ?? 0) % 2 === 1) quoted = !quoted;
    return heads ? (verbAfterAnd(words, index) ?? word) : word;
  });
  return told.join(' ');
}

/** After "and" a word is a verb only when something follows that it can act on: "and save it", not "and log". */
function verbAfterAnd(words: readonly string[], index: number): string | undefined {
  const word = words[index]!;
  if (word !== word.toLowerCase()) return undefined;
  const bare = word.replace(/[,;]$/, '');
  const told = pastVerb(bare);
  const next = words[index + 1];
  const nounLike = next !== undefined && /^(is|are|was|were|has|have|of)$/.test(next);
  return told === undefined || nounLike ? undefined : told + word.slice(bare.length);
}

function pastVerb(word: string): string | undefined {
  const verb = word.toLowerCase();
  const irregular = Object.hasOwn(IRREGULAR, verb) ? IRREGULAR[verb] : undefined;
  if (irregular !== undefined) return irregular;
  if (!REGULAR.has(verb) && !DOUBLES.has(verb)) return undefined;
  if (verb.endsWith('e')) return `${verb}d`;
  if (/[^aeiou]y$/.test(verb)) return `${verb.slice(0, -1)}ied`;
  return DOUBLES.has(verb) ? `${verb}${verb.at(-1)}ed` : `${verb}ed`;
}
