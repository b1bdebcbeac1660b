import { expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { useBrowser } from './setup.js';
import { HOSTILE, playAll } from './stage.js';

const kit = useBrowser();

const rows = (page: Page) => page.locator('#rows > li > button');
const numbers = (page: Page): Promise<string[]> => page.locator('#rows .number').allTextContents().then((all) => all.map((text) => text.replace('Request ', '')));
const section = (page: Page, title: string) => page.getByRole('region', { name: title });
const saysNothingWrong = (complaints: readonly string[]): void => expect(complaints).toEqual([]);

it('requests appear as they come, the newest first, without a reload', async (context) => {
  const stage = await kit.stage();
  const { page, complaints, asked } = await kit.browser(context).open(stage.server.page);
  await page.getByText('No requests yet.').waitFor();
  await page.getByText('Live', { exact: true }).waitFor();
  expect(await page.locator('#empty code').textContent()).toBe(stage.server.url);
  await stage.ask({ model: 'acme/atlas', messages: [{ role: 'user', content: 'First' }] });
  await rows(page).getByText('First').waitFor();
  expect(await page.locator('#empty').isVisible()).toBe(false);
  await stage.ask({ model: 'acme/atlas-mini', messages: [{ role: 'user', content: 'Second' }] });
  await rows(page).getByText('Second').waitFor();
  expect(await numbers(page)).toEqual(['2', '1']);
  expect(await page.locator('#shown').textContent()).toBe('2 requests');
  expect(new Set(asked.map((url) => new URL(url).pathname))).toEqual(new Set(['/', '/__waypost/events']));
  stage.gateway.reset();
  await page.getByText('No requests yet.').waitFor();
  saysNothingWrong(complaints);
});

it('a request that is waiting changes in its place when it ends', async (context) => {
  const stage = await kit.stage();
  const { page } = await kit.browser(context).open(stage.server.page);
  await playAll(stage);
  const waiting = rows(page).filter({ hasText: 'Waits for ever' });
  await waiting.getByText('waiting').waitFor();
  await waiting.focus();
  const controller = new AbortController();
  stage.gateway.setScenario({ wire: { stallAfter: 1 } });
  const response = await fetch(`${stage.server.url}/chat/completions`, {
    method: 'POST', signal: controller.signal, headers: { 'authorization': 'Bearer k', 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'acme/atlas', stream: true, messages: [{ role: 'user', content: 'Left in the middle' }] }),
  });
  const leaving = rows(page).filter({ hasText: 'Left in the middle' });
  await leaving.getByText('200 answering').waitFor();
  controller.abort();
  await response.text().catch(() => undefined);
  await leaving.getByText('200 client left').waitFor();
  expect(await waiting.evaluate((row) => row === document.activeElement)).toBe(true);
});

it('a request that is opened shows its funnel, its order, its attempts, its cost and its policy', async (context) => {
  const stage = await kit.stage();
  await playAll(stage);
  const { page, complaints } = await kit.browser(context).open(stage.server.page);
  await rows(page).filter({ hasText: 'Which way to the harbour?' }).click();
  expect(await page.getByRole('heading', { level: 2, name: 'Request 1', exact: true }).isVisible()).toBe(true);
  const funnel = section(page, 'Routing funnel').getByRole('row');
  expect(await funnel.first().innerText()).toMatch(/Step\s+Endpoints left\s+Change/);
  const [request] = stage.gateway.requests;
  const told = await funnel.locator('visible=true').allInnerTexts();
  expect(told.slice(1).map((row) => row.split(/\n|\t/).map((cell) => cell.trim()).filter(Boolean).slice(0, 2))).toEqual(
    request?.route?.funnel.map(({ step, endpoint_count }) => [step, String(endpoint_count)]),
  );
  expect(told.find((row) => row.includes('Data Policy'))).toContain('−2');
  const order = await section(page, 'Order and weights').getByRole('row').allInnerTexts();
  expect(order.filter((row) => row.includes('%')).map((row) => /(\S+) %/.exec(row)?.[1])).toEqual(['69.2', '30.8']);
  expect(order.filter((row) => /Filter by [\w ]+: \S/.test(row))).toHaveLength(3);
  const widths = await section(page, 'Order and weights').locator('.fill').evaluateAll((fills) => fills.map((fill) => fill.getBoundingClientRect().width / (fill.parentElement?.getBoundingClientRect().width ?? 1)));
  expect(widths.map((width) => width.toFixed(2))).toEqual(['0.69', '0.31']);
  const facts = await page.locator('#facts').innerText();
  expect(facts).toContain(`$${request?.cost}`);
  expect(facts).toContain(`${request?.usage?.prompt_tokens} in, ${request?.usage?.completion_tokens} out`);
  const policy = await section(page, 'Policy verdict').getByRole('row').allInnerTexts();
  expect(policy.slice(1).map((row) => row.replaceAll(/\s+/g, ' ').trim())).toEqual([
    'zdr true kept deepinfra/fp8', 'data_collection "deny" kept deepinfra/fp8', 'max_price {"prompt":4,"completion":16} kept deepinfra/fp8',
  ]);
  saysNothingWrong(complaints);
});

it('attempts stand on a line of time, one after the other', async (context) => {
  const stage = await kit.stage();
  await playAll(stage);
  const { page } = await kit.browser(context).open(`${stage.server.page}#2`);
  const attempts = section(page, 'Attempts');
  await attempts.getByText('503').waitFor();
  expect(await rows(page).filter({ hasText: 'chapel' }).locator('.way').textContent()).toBe('Endpoint openai after azure 503, deepinfra/fp8 429');
  expect(await attempts.getByRole('row').filter({ hasText: 'acme/atlas at' }).allInnerTexts().then((all) => all.map((row) => row.replaceAll(/\s+/g, ' ').trim()))).toEqual([
    '1. acme/atlas at azure 503 at 7 ms, for 7 ms', '2. acme/atlas at deepinfra/fp8 429 at 21 ms, for 7 ms', '3. acme/atlas at openai 200 at 35 ms, for 7 ms',
  ]);
  const bars = await attempts.locator('.fill').evaluateAll((fills) => fills.map((fill) => fill.getBoundingClientRect()).map(({ left, right }) => [left, right]));
  expect(bars).toHaveLength(4);
  for (const [i, [left = 0]] of bars.entries()) expect(left).toBeGreaterThanOrEqual((bars[i - 1]?.[1] ?? 0) - 1);
});

it('says that the clock stands still, and shows the order alone', async (context) => {
  const stage = await kit.stage(false);
  await playAll(stage);
  const { page } = await kit.browser(context).open(`${stage.server.page}#2`);
  const attempts = section(page, 'Attempts');
  await attempts.getByText('The gateway’s clock stands still').waitFor();
  expect(await attempts.locator('.fill').count()).toBe(0);
  expect(await attempts.getByRole('row').count()).toBe(4);
});

it('search and menus narrow the list, together', async (context) => {
  const stage = await kit.stage();
  await playAll(stage);
  const { page } = await kit.browser(context).open(stage.server.page);
  await page.getByText('8 requests').first().waitFor();
  const search = page.getByRole('searchbox', { name: 'Search' });
  const found = async (words: string): Promise<string[]> => {
    await search.fill(words);
    return numbers(page);
  };
  expect(await found('chapel')).toEqual(['2']);
  expect(await found('AZURE 503')).toEqual(['2']);
  expect(await found('embeddings')).toEqual(['6']);
  expect(await found('#4')).toEqual(['4']);
  expect(await found(stage.gateway.requests[5]?.served?.generationId ?? '')).toEqual(['6']);
  expect(await found('nothing is like this')).toEqual([]);
  await page.getByRole('button', { name: 'Show all' }).click();
  expect(await numbers(page)).toEqual(['8', '7', '6', '5', '4', '3', '2', '1']);
  expect(await search.evaluate((element) => element === document.activeElement)).toBe(true);
  const choose = async (menu: string, option: string): Promise<string[]> => {
    await page.getByRole('combobox', { name: menu }).selectOption(option);
    return numbers(page);
  };
  expect(await choose('Outcome', 'Failed')).toEqual(['7', '3']);
  expect(await choose('Outcome', 'Failed over')).toEqual(['2']);
  expect(await choose('Outcome', 'Under way')).toEqual(['8']);
  expect(await choose('Outcome', 'All')).toHaveLength(8);
  expect(await choose('Policy', 'Unverifiable')).toEqual(['5']);
  expect(await choose('Policy', 'No guardrails')).toEqual(['6', '4', '2']);
  expect(await choose('Model', 'acme/atlas-mini')).toEqual(['4']);
  expect(await page.locator('#shown').textContent()).toBe('1 of 8 requests');
  await stage.ask({ model: 'acme/atlas-mini', messages: [{ role: 'user', content: 'One more' }] });
  await rows(page).getByText('One more').waitFor();
  expect(await numbers(page)).toEqual(['9', '4']);
});

it('the explanation can be copied, and says the same in plain text', async (context) => {
  const stage = await kit.stage();
  await playAll(stage);
  const { page } = await kit.browser(context).open(`${stage.server.page}#3`);
  await page.getByRole('button', { name: 'Copy explanation' }).click();
  await page.getByText('Copied.').waitFor();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(text).toContain('Request 3: POST /api/v1/chat/completions -> 404\nAsked for: acme/atlas\nCost: $0\n');
  expect(text).toMatch(/Filter by Max Price +0 +-3/);
  expect(text).toContain('Attempts\n  No endpoint was tried.\n\nPolicy: kept\n  max_price  {"prompt":0.001}  nothing was tried\n');
  await page.context().clearPermissions();
  await page.evaluate(() => {
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject(new Error('no')) } });
  });
  await page.getByRole('button', { name: 'Copy explanation' }).click();
  await page.getByText('the text is selected below').waitFor();
  expect(await page.evaluate(() => String(getSelection()))).toContain('Filter by Max Price');
});

it('what a client sends is text and nothing else', async (context) => {
  const stage = await kit.stage();
  await stage.ask({ model: HOSTILE, messages: [{ role: 'user', content: HOSTILE }], provider: { only: [HOSTILE] }, models: [HOSTILE] });
  await playAll(stage);
  const { page, complaints } = await kit.browser(context).open(stage.server.page);
  for (const number of [1, 4]) {
    await page.goto(`${stage.server.page}#${number}`);
    await page.getByRole('heading', { name: `Request ${number}`, exact: true }).waitFor();
    await page.getByText('Headers and body').click();
    await page.locator('#body').filter({ hasText: 'onerror' }).waitFor();
    expect(await page.locator('#facts').innerText()).toContain(HOSTILE);
    await page.getByText('Headers and body').click();
  }
  expect(await page.locator('img').count()).toBe(0);
  expect(await page.locator('script').count()).toBe(1);
  expect(await page.locator('#headers').textContent()).not.toContain('secret');
  expect(await page.content()).not.toContain('page-secret');
  saysNothingWrong(complaints);
});

it('no other script runs, whatever stands in the page', async (context) => {
  const stage = await kit.stage();
  const { page, complaints } = await kit.browser(context).open(stage.server.page);
  await page.evaluate(() => {
    document.body.insertAdjacentHTML('beforeend', '<img src="data:," onerror="document.title = \'taken\'">');
    const script = document.createElement('script');
    script.textContent = "document.title = 'taken'";
    document.body.append(script);
  });
  await expect.poll(() => complaints.filter((text) => text.includes('Content Security Policy')).length).toBeGreaterThanOrEqual(2);
  expect(await page.title()).toBe('Waypost gateway');
});

it('can be paused, and catches up', async (context) => {
  const stage = await kit.stage();
  const { page } = await kit.browser(context).open(stage.server.page);
  await page.getByText('No requests yet.').waitFor();
  const pause = page.getByRole('button', { name: 'Pause' });
  await pause.click();
  await stage.ask({ model: 'acme/atlas', messages: [{ role: 'user', content: 'Later' }] });
  // a page that is opened later is told later
  const { page: other } = await kit.browser(context).open(stage.server.page);
  await rows(other).getByText('Later', { exact: true }).waitFor();
  await stage.ask({ model: 'acme/atlas', messages: [{ role: 'user', content: 'Later still' }] });
  await rows(other).getByText('Later still').waitFor();
  await page.getByRole('searchbox').fill('Later');
  expect(await rows(page).count()).toBe(0);
  await pause.click();
  await rows(page).getByText('Later', { exact: true }).waitFor();
  expect(await numbers(page)).toEqual(['2', '1']);
});

it('keeps up with a burst of thousands', async (context) => {
  const stage = await kit.stage();
  const { page, complaints } = await kit.browser(context).open(stage.server.page);
  await page.getByText('No requests yet.').waitFor();
  for (let i = 0; i < 3000; i += 1) {
    await stage.gateway.fetch('http://gateway.local/api/v1/key', { headers: { authorization: 'Bearer k' } });
  }
  await page.getByText('the newest 500 requests of 3,000').first().waitFor();
  expect(await rows(page).count()).toBe(500);
  expect((await numbers(page))[0]).toBe('3000');
  saysNothingWrong(complaints);
});

it('says when the gateway is gone', async (context) => {
  const stage = await kit.stage();
  const { page } = await kit.browser(context).open(stage.server.page);
  await page.getByText('Live', { exact: true }).waitFor();
  await stage.close();
  await expect.poll(() => page.locator('#connection').textContent()).toBe('Not connected');
  stage.close = async () => {};
});
