/** A value as JSON; what a client nested too deep to be printed is said to be so. */
export function jsonOf(value: unknown, indent = 0): string {
  try {
    return JSON.stringify(value, null, indent);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return '(nested too deep to be shown)';
  }
}
