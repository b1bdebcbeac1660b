/** Words in lower case, each once. */
function wordsOf(text: string): readonly string[] {
  return [...new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])];
}

/** The same word, or one with an ending: `rain` and `raining`. */
function akin(a: string, b: string): boolean {
  return a === b || (Math.min(a.length, b.length) > 3 && (a.startsWith(b) || b.startsWith(a)));
}

/** Share of the words of `wanted` that `text` has, 0 to 1: all that the gateway knows of meaning. */
export function overlap(wanted: string, text: string): number {
  const found = wordsOf(text);
  const words = wordsOf(wanted);
  return words.length === 0 ? 0 : words.filter((word) => found.some((other) => akin(word, other))).length / words.length;
}
