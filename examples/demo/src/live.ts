import { createOpenRouter, OpenRouterError } from '@waypost/fetch';
import { bold, dim, dollars, expect, print, red } from './print.js';

const MODEL = 'meta-llama/llama-3.1-8b-instruct';
const FALLBACK = 'mistralai/mistral-nemo';
/** USD per million tokens. */
const MAX_PRICE = { prompt: 0.05, completion: 0.08 };
const MAX_TOKENS = 80;

/** One real request, cheap and said before it is sent. */
export async function live(): Promise<void> {
  if (!process.env['OPENROUTER_API_KEY']) {
    print(red('demo --live sends one request to the real API, and needs your key: set OPENROUTER_API_KEY. Without --live the demo needs none.'));
    process.exitCode = 1;
    return;
  }
  const most = (MAX_TOKENS * (MAX_PRICE.prompt + MAX_PRICE.completion)) / 1e6;
  print(bold('One real request'));
  print(`   to ${MODEL}, or else ${FALLBACK}, where a million tokens cost at most $${MAX_PRICE.prompt} in and $${MAX_PRICE.completion} out;`);
  print(`   fewer than ${MAX_TOKENS} tokens in and at most ${MAX_TOKENS} out, so at most ${dollars(most)}.\n`);

  const openrouter = createOpenRouter({ provider: { dataCollection: 'deny', maxPrice: MAX_PRICE }, models: [FALLBACK], appTitle: 'Waypost demo' });
  try {
    const stream = openrouter.stream({
      model: MODEL,
      max_tokens: MAX_TOKENS,
      messages: [{ role: 'user', content: 'In two sentences: what is a waypost?' }],
    });
    process.stdout.write('   ');
    for await (const text of stream.textStream) process.stdout.write(text);
    const { receipt } = await stream.final();
    print(`\n\n   ${dim(JSON.stringify(receipt, null, 2).replaceAll('\n', '\n   '))}\n`);
    expect('the receipt names who served', receipt?.served?.provider !== undefined);
    expect('max_price was not exceeded, as far as the response tells', receipt?.verdict.guardrails['max_price']?.verdict !== 'violated');
  } catch (error) {
    if (!OpenRouterError.isInstance(error)) throw error;
    print(`\n   ${red(error.name)} ${error.message}`);
    process.exitCode = 1;
  }
}
