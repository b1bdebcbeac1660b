import { show } from './report.js';

/** Whether `a` becomes `b` by at most so many edits: insert, delete, replace, swap of neighbours. Cheap for one or two. */
function within(edits: number, a: string, b: string): boolean {
  if (a === b) return true;
  if (edits === 0) return false;
  let same = 0;
  while (a[same] === b[same]) same++;
  const [x, y] = [a.slice(same), b.slice(same)];
  const [left, right] = [x.slice(1), y.slice(1)];
  const swapped = x[0] === y[1] && x[1] === y[0] && within(edits - 1, left.slice(1), right.slice(1));
  return swapped || within(edits - 1, left, right) || within(edits - 1, left, y) || within(edits - 1, x, right);
}

/** The candidate that `word` probably is a misspelling of, whatever its case. Very short words are never guessed at. */
export function closest(word: string, candidates: Iterable<string>): string | undefined {
  const all = [...candidates];
  // one slip in a short word, two in a longer one
  const limit = Math.min(2, Math.floor(word.length / 2) - 1);
  for (let edits = 0; edits <= limit; edits++) {
    const found = all.find((candidate) => within(edits, word.toLowerCase(), candidate.toLowerCase()));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `did you mean "x"?`, where one of the candidates is near; else what is given for that case. */
export function didYouMean(word: unknown, candidates: Iterable<string>, otherwise?: string): string | undefined {
  const near = typeof word === 'string' ? closest(word, candidates) : undefined;
  return near === undefined ? otherwise : `did you mean ${show(near)}?`;
}
