/** The chat against a gateway, driven in a headless Chromium (CHROMIUM_PATH): tools, a failing provider, broken answers, and a stop. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fail, ok, reply } from '@waypost/testing';
import { openBrowser } from './check/browser.js';
import { createReader, held } from './check/reader.js';
import { assertPolicy, assertWholeHistory } from './check/sent.js';
import { createStage } from './check/stage.js';

const { values: { screenshots } } = parseArgs({ options: { screenshots: { type: 'string' } } });
const executable = process.env['CHROMIUM_PATH'] ?? assert.fail('CHROMIUM_PATH says which Chromium to drive');

const stage = await createStage();
const browser = await openBrowser(executable, stage.url);
try {
  await converse();
} catch (error) {
  for (const complaint of browser.complaints) console.error(`the browser says: ${complaint}`);
  throw error;
} finally {
  await browser.close();
  await stage.close();
}

async function converse(): Promise<void> {
  const { gateway, gate, play } = stage;
  const { page } = browser;
  const reader = createReader(page);
  const { sees, seesNo } = reader;
  const questions: string[] = [];
  const lost = new Set<number>();
  const ask = async (question: string): Promise<number> => {
    questions.push(question);
    await reader.ask(question);
    return questions.length - 1;
  };
  const spentSince = (number: number): number => gateway.requests.slice(number).reduce((sum, { cost }) => sum + Number(cost), 0);

  console.log('\n1. Tools, and who served');
  gate.close();
  const first = reader.answer(await ask('My boat draws <b>two metres</b>. Can I enter Stillwater at 6?'));
  const tide = reader.tool(first, 'tide');
  await sees('the tide being looked up', tide, 'looking it up');
  await sees('the forecast being looked up, at the same time', reader.tool(first, 'weather'), 'looking it up');
  gate.open();
  await sees('the tide found', tide, 'found');
  await tide.getByText('found').click();
  await sees('what the tool gave', tide.getByText('"metresOfWater": 4.2'));
  await sees('the answer', first, 'At 6:00 there are 4.2 metres of water at Stillwater. Expect light rain');
  await sees('the provider', first, 'Served by Amazon Bedrock');
  await sees('the model', first, 'borealis/aurora');
  const shown = Number(await first.locator('data').getAttribute('value'));
  assert.ok(shown > 0 && Math.abs(shown - spentSince(0)) < 1e-12, `the page says $${shown}, and the gateway charged $${spentSince(0)}`);
  held(`the cost, $${shown}: what the gateway charged for both requests`);
  await seesNo('fallback', first.getByText('Fallback used'));
  await sees('the question as it was typed', page.getByRole('article', { name: 'You' }), '<b>two metres</b>');

  console.log('\n2. The provider is rate-limited');
  play({ endpoints: { 'amazon-bedrock': fail(429) } });
  const second = reader.answer(await ask('And Crow Haven at noon?'));
  await sees('the answer', second, 'At 12:00 there are 2.8 metres of water at Crow Haven');
  await sees('the other provider', second, 'Served by Google');
  await sees('that it was a fallback, and why', second, 'Fallback used: Amazon Bedrock answered 429');

  console.log('\n3. The whole model is down');
  play({ models: { 'borealis/aurora': fail(503) } });
  const third = reader.answer(await ask('Gull Point at 17?'));
  await sees('the other model', third, 'acme/atlas');
  await sees('that it was a fallback, and why', third, 'Fallback used: Amazon Bedrock answered 503, Google answered 503');

  console.log('\n4. An answer breaks off');
  play({ endpoints: { 'amazon-bedrock': [ok(), ok(undefined, { cut: 6 }), ok()] } });
  const fourth = reader.answer(await ask('Stillwater at 9?'));
  await sees('that it broke off', reader.alert, 'The answer broke off.');
  lost.add(gateway.requests.length);
  await sees('what had arrived of it', fourth, 'At 9:00 there are');
  await reader.press('Try again');
  await sees('the whole answer, once asked again', fourth, /there are 2\.7 metres .* wind from the \S+\.[^]*Served by/);
  await seesNo('alert any more', reader.alert);

  console.log('\n5. Nobody answers at all');
  const busy = fail(503, { retryAfter: 0 });
  play({ gateway: [busy, busy, ok()], reply: reply.text('<img src="/x" onerror="document.title = 1"> is how an image is written.') });
  const before = gateway.requests.length;
  const fifth = reader.answer(await ask('How is an image written?'));
  await sees('that nobody could answer', reader.alert, 'Every provider is busy at the moment.');
  assert.equal(gateway.requests.length - before, 2, 'the server tries twice before it gives up');
  await reader.press('Try again');
  await sees('the answer, once asked again, as text', fifth, '<img src="/x" onerror="document.title = 1"> is how an image is written.');
  await seesNo('image', page.locator('img'));

  console.log('\n6. The reader stops a tool call: while it is being written, and while the tool is at work');
  play({ reply: reply.toolCall('tide', { harbour: 'crowhaven', hour: 12 }), wire: { stallAfter: 4, toolDeltas: { size: 9 } } });
  const sixth = reader.tool(reader.answer(await ask('Crow Haven at noon, again?')), 'tide');
  await sees('the call being written', sixth, 'being asked for');
  await reader.press('Stop');
  await sees('that it was not finished', sixth, 'not finished');
  const left = gateway.requests.length;
  lost.add(left);
  play();
  gate.close();
  const seventh = reader.tool(reader.answer(await ask('Gull Point at 3?')), 'tide');
  await sees('the tool at work', seventh, 'looking it up');
  await reader.press('Stop');
  await sees('that it was not finished', seventh, 'not finished');
  lost.add(gateway.requests.length);
  await gate.abandoned();
  held('the tool was told');
  gate.open();
  const eighth = reader.answer(await ask('Stillwater at noon, then?'));
  await sees('the conversation going on', eighth, 'At 12:00 there are 1.2 metres of water at Stillwater');
  await sees('the first provider again', eighth, 'Served by Amazon Bedrock');
  assert.deepEqual(gateway.requests.filter(({ cancelled }) => cancelled).map(({ number }) => number), [left], 'the gateway saw the reader leave');
  held('the gateway saw the reader leave');

  console.log('\n7. What was sent');
  const { requests } = gateway;
  assertPolicy(requests);
  held(`zero data retention, and no data collection, on each of ${requests.length} requests`);
  assertWholeHistory({ requests, said: stage.said, lost, questions });
  held('the whole conversation on each of them, with tool calls, results and signed thoughts');
  assert.ok(!stage.tap.sent().includes(stage.key) && !(await page.content()).includes(stage.key), 'the key reached the page');
  held(`the key in none of the server's ${stage.tap.count()} answers`);
  assert.deepEqual(browser.asked.filter((url) => !url.startsWith(`${stage.url}/`) && !url.startsWith('data:')), [], 'the page asked another server');
  assert.deepEqual(browser.complaints, [], 'the browser complained');
  held('no request to anybody else, and no complaint in the console');

  if (screenshots !== undefined) {
    await page.setViewportSize({ width: 900, height: await page.evaluate('document.documentElement.scrollHeight') });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: join(screenshots, `${colorScheme}.png`) });
    }
  }
  console.log('\nharbour-chat: ok');
}
