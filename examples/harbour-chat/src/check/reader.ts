import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';

/** A reader at the page: asks, presses buttons, and looks for things by what assistive technology calls them. */
export interface Reader {
  /** The answer to the question of that number, from 0. */
  answer(number: number): Locator;
  /** What an answer says of a tool, by its name. */
  tool(answer: Locator, name: string): Locator;
  readonly alert: Locator;
  ask(question: string): Promise<void>;
  press(name: string): Promise<void>;
  /** Waits until something is there and has this text. */
  sees(this: void, what: string, where: Locator, text?: string | RegExp): Promise<void>;
  /** What is not there, in a page that has come to rest. */
  seesNo(this: void, what: string, where: Locator): Promise<void>;
}

/** Says that something held. */
export const held = (what: string): void => console.log(`   ✓ ${what}`);

export function createReader(page: Page): Reader {
  const log = page.getByRole('log', { name: 'Conversation' });
  const question = page.getByRole('textbox', { name: 'Your question' });
  return {
    answer: (number) => log.getByRole('article', { name: 'Answer' }).nth(number),
    tool: (answer, name) => answer.getByRole('group').filter({ has: page.getByText(name, { exact: true }) }),
    alert: page.getByRole('alert'),
    async ask(text) {
      console.log(`\n   “${text}”`);
      await question.fill(text);
      await question.press('Enter');
      assert.equal(await question.inputValue(), '', 'a question that was sent leaves the box empty');
    },
    press: (name) => page.getByRole('button', { name }).click(),
    async sees(what, where, text) {
      const wanted = text === undefined ? where : where.filter({ hasText: text });
      try {
        await wanted.first().waitFor();
      } catch (cause) {
        throw new Error(`not seen: ${what}${text === undefined ? '' : ` (${String(text)})`}. The page says:\n${await page.locator('body').innerText()}`, { cause });
      }
      held(what);
    },
    async seesNo(what, where) {
      assert.equal(await where.count(), 0, `seen, and should not be: ${what}`);
      held(`no ${what}`);
    },
  };
}
