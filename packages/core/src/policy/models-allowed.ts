/** Whether a glob such as `anthropic/*` matches; `*` stands for any run of characters. */
export function matchesGlob(glob: string, text: string): boolean {
  const [head = '', ...rest] = glob.split('*');
  if (rest.length === 0) return glob === text;
  if (!text.startsWith(head)) return false;
  const tail = rest.pop() ?? '';
  let from = head.length;
  for (const piece of rest) {
    const at = text.indexOf(piece, from);
    if (at < 0) return false;
    from = at + piece.length;
  }
  return text.length - tail.length >= from && text.endsWith(tail);
}

/**
 * Whether a model may be used under `allowedModels`: every list must have a glob that matches `author/slug`, or the id with
 * its variants. An alias is matched as the family it stands for.
 */
export function isModelAllowed(allowed: readonly (readonly string[])[], id: string): boolean {
  const full = id.replace(/^~/, '').replace(/@preset\/.*$/, '');
  const bare = full.replace(/:.*$/, '');
  return full !== '' && allowed.every((globs) => globs.some((glob) => matchesGlob(glob, bare) || matchesGlob(glob, full)));
}
