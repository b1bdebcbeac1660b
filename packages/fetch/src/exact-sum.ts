const DECIMAL = /^(-?\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/;

/** The sum of decimal amounts, rounded once at the end: adding doubles one by one makes 0.1 + 0.2 more than 0.3. */
export function exactSum(amounts: readonly number[]): number {
  const parts = amounts.map((amount) => {
    const [, whole = '0', fraction = '', exponent = '0'] = DECIMAL.exec(String(amount)) ?? [];
    return { digits: BigInt(whole + fraction), places: fraction.length - Number(exponent) };
  });
  const places = Math.max(0, ...parts.map((part) => part.places));
  const sum = parts.reduce((total, part) => total + part.digits * 10n ** BigInt(places - part.places), 0n);
  return Number(`${sum}e-${places}`);
}
