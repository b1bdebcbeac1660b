/** An environment variable, in runtimes that have any; an empty one counts as unset. */
export function environment(...names: readonly string[]): string | undefined {
  const env = (globalThis as { process?: { env?: Record<string, string | undefined> } }).process?.env;
  for (const name of names) {
    const value = env?.[name];
    if (value) return value;
  }
  return undefined;
}

/** Whether this is a browser's page, where OpenRouter's CORS rules do not let the metadata header through. */
export function isBrowser(): boolean {
  // edge runtimes have the name, and no document
  return (globalThis as { document?: unknown }).document !== undefined;
}
