import axe from 'axe-core';
import { describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { useBrowser } from './setup.js';
import { playAll } from './stage.js';

const kit = useBrowser();

/** What axe-core finds amiss: rule and elements. */
async function problems(page: Page): Promise<readonly string[]> {
  // as the developer tools would run it: the page's own policy lets no such script in
  await page.evaluate(axe.source);
  return page.evaluate<string[]>('axe.run().then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`))');
}

const focused = (page: Page): Promise<string> => page.evaluate(() => {
  const element = document.activeElement;
  return element?.id || (element?.querySelector('.number')?.textContent ?? element?.tagName ?? '');
});

it('what is amiss is found', async (context) => {
  const stage = await kit.stage();
  await playAll(stage);
  const { page } = await kit.browser(context).open(stage.server.page);
  await page.getByText('8 requests').first().waitFor();
  await page.evaluate(() => {
    document.documentElement.style.setProperty('--quiet', '#c0c0c0');
    document.querySelector('label[for=model]')?.remove();
  });
  expect((await problems(page)).map((problem) => problem.replace(/:.*/s, ''))).toEqual(['color-contrast', 'select-name']);
});

describe.each(['light', 'dark'] as const)('in %s colours', (colorScheme) => {
  it('nothing is amiss, in the list and in what is opened', async (context) => {
    const stage = await kit.stage();
    await playAll(stage);
    const { page } = await kit.browser(context).open(stage.server.page, { colorScheme, reducedMotion: 'reduce' });
    await page.getByText('8 requests').first().waitFor();
    expect(await problems(page)).toEqual([]);
    for (const number of [1, 2, 3, 5, 8]) {
      await page.goto(`${stage.server.page}#${number}`);
      await page.getByRole('heading', { name: `Request ${number}`, exact: true }).waitFor();
      if (number === 1) for (const summary of await page.locator('summary').all()) await summary.click();
      expect([number, await problems(page)]).toEqual([number, []]);
    }
  }, 60_000);

  it('the ground and the text are of that scheme', async (context) => {
    const stage = await kit.stage();
    const { page } = await kit.browser(context).open(stage.server.page, { colorScheme });
    const [ground, text] = await page.evaluate(() => {
      const { backgroundColor, color } = getComputedStyle(document.documentElement);
      return [backgroundColor, color].map((value) => Number(/\d+/.exec(value)?.[0]));
    });
    expect((ground ?? 0) > (text ?? 0)).toBe(colorScheme === 'light');
  });
});

it('everything can be done by keys alone', async (context) => {
  const stage = await kit.stage();
  await playAll(stage);
  const { page } = await kit.browser(context).open(stage.server.page);
  await page.getByText('8 requests').first().waitFor();
  const press = async (...keys: string[]): Promise<string> => {
    for (const key of keys) await page.keyboard.press(key);
    return focused(page);
  };
  expect(await press('/')).toBe('search');
  expect(await press('/')).toBe('search');
  expect(await page.locator('#search').inputValue()).toBe('/');
  await page.locator('#search').fill('acme');
  expect(await press('ArrowDown')).toBe('Request 8');
  expect(await press('ArrowDown', 'ArrowDown')).toBe('Request 5');
  expect(await press('ArrowUp')).toBe('Request 7');
  expect(await press('End')).toBe('Request 1');
  expect(await press('ArrowDown')).toBe('Request 1');
  expect(await press('Home')).toBe('Request 8');
  expect(await press('PageDown')).toBe('Request 1');
  await press('Enter');
  await expect.poll(() => focused(page)).toBe('detail-title');
  expect(await page.locator('#detail-title').textContent()).toBe('Request 1');
  expect(await press('Tab')).toBe('copy');
  await press('Enter');
  await page.getByText('Copied.').waitFor();
  expect(await press('Tab')).toBe('close');
  expect(await press('Escape')).toBe('Request 1');
  expect(await page.locator('#opened').isVisible()).toBe(false);
  // the list is one stop
  expect(await press('Shift+Tab')).toBe('policy');
  expect(await press('Tab')).toBe('Request 1');
  expect(await press('/', 'Escape')).toBe('search');
  expect(await page.locator('#shown').textContent()).toBe('8 requests');
});

it('Back closes what was opened, and an address opens it', async (context) => {
  const stage = await kit.stage();
  await playAll(stage);
  const { page } = await kit.browser(context).open(stage.server.page);
  await page.locator('#rows button').first().click();
  expect(new URL(page.url()).hash).toBe('#8');
  await page.goBack();
  await page.getByText('Open a request').waitFor();
  await page.goto(`${stage.server.page}#99`);
  await page.getByText('Open a request').waitFor();
});

it('the focus goes to a neighbour when its own row is filtered out', async (context) => {
  const stage = await kit.stage();
  await playAll(stage);
  const { page } = await kit.browser(context).open(stage.server.page);
  const controller = new AbortController();
  const given = stage.ask({ model: 'acme/atlas', messages: [{ role: 'user', content: 'Gives up' }], provider: { only: ['azure'] } }, '/chat/completions', controller.signal);
  await page.getByText('Gives up').waitFor();
  await page.getByRole('combobox', { name: 'Outcome' }).selectOption('Under way');
  await page.locator('#rows button').first().focus();
  expect(await focused(page)).toBe('Request 9');
  controller.abort();
  await given;
  await page.getByText('Gives up').waitFor({ state: 'detached' });
  expect(await focused(page)).toBe('Request 8');
});

it('the focus stays where it is while requests come', async (context) => {
  const stage = await kit.stage();
  await playAll(stage);
  const { page } = await kit.browser(context).open(stage.server.page);
  await page.locator('#rows button').nth(3).focus();
  expect(await focused(page)).toBe('Request 5');
  for (const content of ['Nine', 'Ten']) await stage.ask({ model: 'acme/atlas', messages: [{ role: 'user', content }] });
  await page.getByText('Ten').waitFor();
  expect(await focused(page)).toBe('Request 5');
  await page.locator('#copy').evaluate(() => {
    location.hash = '#5';
  });
  await page.locator('#text summary').click();
  await page.locator('#copy').focus();
  await stage.ask({ model: 'acme/atlas', messages: [{ role: 'user', content: 'Eleven' }] });
  await page.getByText('Eleven').waitFor();
  expect(await focused(page)).toBe('copy');
  expect(await page.locator('#explanation').isVisible()).toBe(true);
});

it('what is announced is one sentence, not one for each request', async (context) => {
  const stage = await kit.stage();
  const { page } = await kit.browser(context).open(stage.server.page);
  await page.evaluate(() => {
    const region = document.getElementById('announcement');
    const said: string[] = [];
    Object.assign(globalThis, { said });
    if (region !== null) new MutationObserver(() => said.push(region.textContent)).observe(region, { childList: true, characterData: true, subtree: true });
  });
  for (let i = 0; i < 20; i += 1) await stage.ask({ model: 'acme/atlas', messages: [{ role: 'user', content: 'x' }] });
  await expect.poll(() => page.locator('#announcement').textContent(), { timeout: 8000 }).toBe('20 requests');
  const said = await page.evaluate<string[]>('said');
  expect(said.length).toBeLessThanOrEqual(2);
  expect(await page.locator('#announcement').getAttribute('role')).toBe('status');
});

describe.each([['a phone', 360, 740], ['200 % of a laptop', 640, 400], ['400 % of a desktop', 320, 256]])('on %s', (_name, width, height) => {
  it('nothing is cut off, and what is opened takes the place of the list', async (context) => {
    const stage = await kit.stage();
    await playAll(stage);
    const { page } = await kit.browser(context).open(stage.server.page, { width, height });
    await page.getByText('8 requests').first().waitFor();
    const fits = (): Promise<boolean> => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
    expect(await fits()).toBe(true);
    for (const number of [1, 2, 5]) {
      await page.goto(`${stage.server.page}#${number}`);
      await page.getByRole('heading', { name: `Request ${number}`, exact: true }).waitFor();
      expect(await page.locator('#rows').isVisible()).toBe(false);
      for (const summary of await page.locator('summary').all()) await summary.click();
      expect([number, await fits()]).toEqual([number, true]);
    }
    await page.getByRole('button', { name: 'Close' }).click();
    expect(await page.locator('#rows').isVisible()).toBe(true);
  });
});

it('nothing moves where the reader wants it still', async (context) => {
  const stage = await kit.stage();
  const { page } = await kit.browser(context).open(stage.server.page, { reducedMotion: 'reduce' });
  await page.getByText('Live', { exact: true }).waitFor();
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
});
