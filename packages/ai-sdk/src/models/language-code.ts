const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/**
 * The ISO 639-1 code of a language, which some transcribers give by its English name. What is neither passes as it is.
 *
 * @example
 * languageCode('english') // → 'en'
 */
export function languageCode(language: string): string {
  const wanted = language.toLowerCase();
  if (wanted.length === 2) return wanted;
  const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
  for (const first of LETTERS) {
    for (const second of LETTERS) {
      // some codes are outdated and share the name of their successor
      if (names.of(first + second)?.toLowerCase() === wanted) return Intl.getCanonicalLocales(first + second)[0] ?? language;
    }
  }
  return language;
}
