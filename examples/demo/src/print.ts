import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** Colours only where they are wanted: on a terminal, and without NO_COLOR. */
const paint = (style: Style) => (text: string): string => styleText(style, text, { stream: process.stdout });

export const bold = paint('bold');
export const dim = paint('dim');
export const green = paint('green');
export const red = paint('red');
export const cyan = paint('cyan');
export const yellow = paint('yellow');

export function print(line = ''): void {
  process.stdout.write(`${line}\n`);
}

let sections = 0;

export function section(title: string): void {
  sections += 1;
  print(`\n${bold(cyan(`${sections}. ${title}`))}`);
}

/** Rows as aligned columns, by the length of the text before it is coloured. */
export function table(rows: readonly (readonly string[])[], colour: (row: readonly string[], line: string) => string = (_row, line) => line): void {
  const widths = rows.reduce<number[]>((most, row) => row.map((cell, i) => Math.max(most[i] ?? 0, cell.length)), []);
  for (const row of rows) print(`   ${colour(row, row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ').trimEnd())}`);
}

/** USD, however small, without an exponent. */
export const dollars = (amount: number | undefined): string =>
  amount === undefined ? 'unknown' : `$${amount.toFixed(12).replace(/0+$/, '').replace(/\.$/, '')}`;

let broken = 0;

/** Says whether something that the demo is there to show did happen. What did not fails the demo. */
export function expect(what: string, holds: boolean): void {
  if (!holds) broken += 1;
  print(`   ${holds ? green('✓') : red('✗')} ${what}`);
}

/** How many expectations did not hold. */
export const failures = (): number => broken;
