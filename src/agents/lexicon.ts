import { stem } from './words.ts';

/**
 * What people call things in English user interfaces. Each line is one meaning; a word may be on several.
 * General vocabulary only: nothing here belongs to one application.
 */
const VERBS = `
invite: invite
create: create add new make compose start setup register insert plus + generate issue establish put place log raise
delete: delete remove discard erase trash destroy drop bin purge kick eject expel
update: update save apply change edit modify set adjust amend replace correct describe increase reduce lower extend postpone reschedule push
rename: rename retitle relabel edit call
move: move transfer relocate postpone reschedule
signin: signin authenticate
signout: signout leave
signup: signup register enroll join
accept: accept join agree approve allow
decline: decline reject deny refuse
confirm: confirm ok okay yes proceed continue sure understood
verify: verify confirm activate validate
reset: reset forgot forgotten recover restore lost
send: send submit deliver dispatch ship
post: post publish share tweet
reply: reply respond answer
forward: forward fwd
search: search find lookup look query seek go
filter: filter narrow refine
open: open view show see visit navigate browse display read
close: close dismiss hide x ✕ ×
cancel: cancel abort end terminate stop quit void annul
upgrade: upgrade subscribe get switch choose change buy purchase
downgrade: downgrade lower demote
promote: promote raise
pay: pay purchase buy checkout order
book: book reserve order
import: import upload load
upload: upload attach import browse choose
export: export download
download: download get fetch
block: block ban suspend disable lock deactivate
unblock: unblock unban unsuspend enable unlock reactivate
protect: protect lock restrict secure
give: give grant assign promote
revoke: revoke withdraw remove invalidate
archive: archive
undo: undo restore undelete revert
copy: copy duplicate clone
request: request ask
return: return refund
assign: assign delegate allocate give hand
tag: tag label
retry: retry resync rerun sync again resume repeat restart once
enable: enable activate on start subscribe
disable: disable deactivate off pause stop unsubscribe
pause: pause suspend hold
resume: resume continue unpause restart
complete: complete finish finalize done mark
star: star favorite favourite bookmark pin like love heart follow
follow: follow watch subscribe
sort: sort order arrange
next: next continue forward proceed
back: back previous return
expand: expand unfold open show
collapse: collapse fold hide
refresh: refresh reload
print: print
comment: comment note reply
approve: approve accept allow
select: select choose pick
check: check tick
enter: enter type fill input write provide put
skip: skip later
keep: keep retain save preserve
run: run execute perform start launch
`;

const NOUNS = `
member: member people person user teammate colleague collaborator team staff contributor guest participant
account: account profile user
organisation: organisation organization workspace company team tenant
project: project board
plan: plan subscription tier package billing
billing: billing subscription payment plan
invoice: invoice bill
card: card
payment: payment billing checkout
key: key token credential
role: role permission access right privilege level group capability
setting: setting preference option configuration config account profile
report: report analytics statistic insight
file: file document attachment upload csv spreadsheet
image: image picture photo avatar
email: email mail address
message: message text body comment note content
invitation: invitation invite
password: password passphrase passcode
name: name title label called named
subject: subject headline title
firstname: first given forename
lastname: last family surname
username: username user login signin account
description: description detail about summary bio note
record: record entry item row contact
request: request query call
sync: sync synchronisation synchronization
contact: contact people person
task: task todo item job
ticket: ticket issue bug defect incident
page: page article post
article: article post story page draft
date: date day when on due deadline year released
time: time hour when
price: price cost amount total fee fare
quantity: quantity amount number count qty
number: number no count
address: address street
postcode: postcode zip postal
city: city town place
country: country nation
phone: phone telephone mobile tel cell
duration: duration length expiry expiration expire expiration time period term until
reason: reason why because comment summary
language: language locale
department: department division unit
category: category type kind genre
tag: tag label keyword topic
automation: automation workflow rule
trigger: trigger event when
link: link url website address uri
company: company organisation organization employer
gender: gender sex
admin: admin administrator sysop
owner: owner
editor: editor
viewer: viewer reader
developer: developer api integration
search: search filter query find
cart: cart basket bag trolley
notification: notification alert
home: home dashboard start overview main
help: help support faq
test: test trial demo
scope: scope access permission right
template: template preset blueprint
stage: stage status state phase
status: status state
expiry: expiry expiration expires expire valid exp
cvc: cvc cvv csc security
coupon: coupon voucher code promo promotion discount
yes: yes true on
no: no false off none
all: all every any everyone everybody
`;

/** Words that are the same thing to most readers, beyond user interfaces. */
const COMMON = `
big large huge enormous gigantic giant massive vast immense great
small tiny little mini miniature petite minute wee
fast quick rapid swift speedy
slow sluggish unhurried
happy glad cheerful joyful joyous gleeful delighted merry pleased content
sad unhappy sorrowful miserable gloomy tragic mournful down
angry mad furious irate irritated annoyed cross enraged
afraid scared frightened terrified fearful panicked anxious
brave courageous fearless bold valiant heroic daring
evil wicked immoral sinful corrupt depraved vile bad
good fine excellent nice great
wrong incorrect mistaken erroneous false inaccurate
right correct accurate true proper
real genuine actual authentic true
fake false counterfeit bogus artificial
strange odd peculiar unusual weird bizarre curious
ordinary usual normal common typical regular
stop cease halt end finish quit terminate
begin start initiate launch commence
quiet calm peaceful serene mild silent still tranquil
loud noisy deafening
old aged ancient archaic elderly
new recent modern fresh
young youthful juvenile
love like adore favor cherish
hate despise loathe detest dislike abhor
kill murder assassinate slay
keep retain preserve sustain maintain hold
hide conceal camouflage mask cover
show display reveal exhibit present
funny humorous amusing comical laughable hilarious witty
fat fleshy plump chubby stout obese
thin slim lean slender skinny
stupid dumb dull unwise foolish silly
smart clever intelligent bright wise
delicious savory delectable appetizing tasty yummy
cut slice carve chop trim
answer reply response respond
ask inquire question query
television tv telly
house home residence dwelling
fire flame blaze
pig pork swine hog
rabbit bunny hare
car automobile vehicle auto
water
red scarlet crimson vermillion ruby
blue azure navy
green emerald lime
yellow golden amber
rich wealthy affluent
poor needy impoverished
help assist aid support
hurt injure harm wound
important vital crucial essential key
easy simple effortless
hard difficult tough challenging
beautiful pretty lovely gorgeous attractive
ugly hideous unsightly
strong powerful mighty sturdy
weak feeble frail
clean spotless tidy pure
dirty filthy grimy
hot warm boiling
cold chilly freezing icy
buy purchase acquire
sell vend
build construct assemble
destroy demolish ruin wreck
fix repair mend
break smash shatter fracture
think ponder reflect consider
say tell speak state utter
look gaze stare watch see glance
walk stroll march
run sprint dash race
throw toss hurl fling
jump leap hop
cry weep sob
laugh giggle chuckle
sleep slumber nap doze
eat consume devour dine
picture image photo photograph
child kid youngster
doctor physician
teacher instructor educator
job work occupation profession
gift present
trip journey voyage travel
road street
story tale narrative
idea thought notion concept
mistake error fault
part piece portion section
whole entire complete total
empty vacant blank
full filled packed
cheap inexpensive lowest
expensive costly dear
famous well-known renowned celebrated
dangerous risky hazardous unsafe
safe secure protected
lazy idle
tired weary exhausted
hungry starving
eager keen enthusiastic
polite courteous
rude impolite
honest truthful sincere
sick ill unwell
correct fix
shut close
sea ocean
forest woods
stone rock
boat ship
film movie
shop store
autumn fall
rubbish trash garbage
mum mom mother
dad father
`;

interface Meanings {
  of: Map<string, Set<string>>;
}

const meanings: Meanings = { of: new Map() };
const verbs = new Map<string, Set<string>>();

function learn(word: string, meaning: string, into: Map<string, Set<string>>): void {
  const key = stem(word);
  const set = into.get(key) ?? new Set();
  set.add(meaning);
  into.set(key, set);
}

for (const line of VERBS.trim().split('\n')) {
  const [head, words] = line.split(': ') as [string, string];
  for (const word of words.split(' ')) {
    learn(word, `v:${head}`, meanings.of);
    learn(word, head, verbs);
  }
}
for (const line of NOUNS.trim().split('\n')) {
  const [head, words] = line.split(': ') as [string, string];
  for (const word of words.split(' ')) learn(word, `n:${head}`, meanings.of);
}
for (const [index, line] of COMMON.trim().split('\n').entries()) {
  for (const word of line.split(' ')) learn(word, `c:${index}`, meanings.of);
}

const NONE: ReadonlySet<string> = new Set();

/** Meanings of a stem; empty for words the lexicon does not know. */
export const meaningsOf = (stemmed: string): ReadonlySet<string> => meanings.of.get(stemmed) ?? NONE;

/** Verb meanings of a stem: "remov" → delete, revoke. The head verb itself comes first in `isVerb` order. */
export const verbsOf = (stemmed: string): ReadonlySet<string> => verbs.get(stemmed) ?? NONE;

/** How much two stems mean the same: 1 equal, 0.8 one meaning shared, less for near spellings, else 0. */
export function wordLikeness(a: string, b: string): number {
  if (a === b) return 1;
  const left = meaningsOf(a);
  if (left.size > 0) for (const meaning of meaningsOf(b)) if (left.has(meaning)) return 0.8;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short.length >= 4 && long.startsWith(short)) return short.length / long.length > 0.6 ? 0.75 : 0.5;
  return 0;
}

/** Where a wish usually lives: which words on a link or tab lead towards it, likeliest first. Used to look around, never to act. */
const AREAS = `
invite member teammate colleague role permission: member people team user collaborator access setting organisation admin manage
user account block rights group: user people member admin administration manage special account rights setting
plan upgrade downgrade billing subscription pay card invoice cancel: billing plan subscription pricing payment account setting upgrade
key token api developer integration webhook: developer api integration key token setting security advanced access
password reset forgot forgotten: signin login
password security 2fa: security password account profile setting user
email name profile avatar language timezone: profile account setting preference user personal
export report download analytics: report export analytics data download more tool
import upload csv: import data upload tool project more contact record
project board: project board workspace home
delete archive rename move protect: setting more action manage edit option danger advanced tool
automation rule workflow trigger: automation workflow rule integration setting
sync integration connection: sync integration connection project setting
page article: page article create new write content
task todo issue ticket bug defect: task todo issue ticket board project
star rating rate review: review rating feedback opinion
order cart product: shop product cart order store catalog
notification alert: notification setting preference alert
search: search
record contact customer: record contact customer project data people
organisation workspace company: organisation workspace company setting account home
`;

const areas: { about: Set<string>; leads: Map<string, number> }[] = AREAS.trim()
  .split('\n')
  .map((line) => {
    const [about, leads] = line.split(': ') as [string, string];
    return {
      about: new Set(about.split(' ').map(stem)),
      leads: new Map(leads.split(' ').map((word, index) => [stem(word), Math.max(0.35, 0.66 - 0.04 * index)])),
    };
  });

/** How strongly a word on a link promises to lead towards a word of the wish, 0 to 1. */
export function leadsTowards(wish: string, sign: string): number {
  return Math.max(0, ...areas.map((area) => (area.about.has(wish) ? (area.leads.get(sign) ?? 0) : 0)));
}
