/** Edits (insert, delete, replace, swap of neighbours) between two short words. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}

/** The candidate that `word` probably is a misspelling of. Very short words are never guessed at. */
export function closest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  // one slip in a short word, two in a longer one
  let limit = word.length <= 3 ? 0 : word.length <= 5 ? 1 : 2;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) > limit || limit === 0) continue;
    const edits = distance(word, candidate);
    if (edits <= limit) {
      best = candidate;
      limit = edits - 1;
      if (limit < 1) break;
    }
  }
  return best;
}
