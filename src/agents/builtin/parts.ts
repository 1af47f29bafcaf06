import { content } from '../words.ts';
import { bareParts } from './bare-parts.ts';
import { allowed, becomes, renamedTo } from './becomes.ts';
import type { Clause } from './clause.ts';
import type { GoalKind, Part } from './goal.ts';
import { CHANGES, makesOver, means } from './makes.ts';
import { hinted, roleOf } from './part-role.ts';

/** The values of a clause with what they are for. */
export function partsOf(clause: Clause, kind: GoalKind): Part[] {
  const certain = clause.values.map(
    (value): Part => ({
      value: hinted(clause, value),
      role: roleOf(clause, value, kind),
      needed: value.certain || value.kind !== 'number' || value.prep === 'to',
    }),
  );
  const all = [
    ...certain,
    ...bareParts(clause, kind).filter((part) => !certain.some((other) => other.value.text === part.value.text)),
    ...becomes(clause),
    ...allowed(clause),
  ].sort(
    (a, b) =>
      a.value.at - b.value.at || (kind === 'put' || kind === 'choose' ? Number(a.value.prep !== '') - Number(b.value.prep !== '') : 0),
  );
  const turned = makesOver(clause)
    ? all.map(
        (part): Part =>
          part.value.prep === '' && part.value.certain && part === all.find((other) => other.value.certain)
            ? { ...part, role: 'entity' }
            : part,
      )
    : all;
  const second = renamedTo(clause);
  const renamed = second
    ? turned.map(
        (part): Part =>
          part.value.at === second.at
            ? { ...part, role: 'typed', value: { ...part.value, prep: 'to' } }
            : part.value.certain
              ? { ...part, role: 'entity' }
              : part,
      )
    : turned;
  const changesTo = renamed.some((part) => part.value.prep === 'to');
  return placedBy(renamed, kind).filter(
    (part) => !(changesTo && part.value.prep === 'from' && part.value.kind !== 'secret' && means(clause, CHANGES)),
  );
}

/** "Enter X into "E-mail"", "choose "Editor" in "Role"": the second is what the field is called. */
function placedBy(parts: readonly Part[], kind: GoalKind): Part[] {
  if (kind !== 'put' && kind !== 'choose') return [...parts];
  const isPlace = ({ value }: Part): boolean => value.certain && value.kind === 'text' && /^(?:into|in|for)$/.test(value.prep);
  return parts.flatMap((part, index): Part[] => {
    const place = parts[index + 1];
    if (index > 0 && isPlace(part) && !isPlace(parts[index - 1]!)) return [];
    return place && isPlace(place) && !isPlace(part)
      ? [{ ...part, value: { ...part.value, hints: content(place.value.text), place: place.value.text } }]
      : [part];
  });
}
