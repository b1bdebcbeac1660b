import { describe, expect, it } from 'vitest';
import { NoRouteError, type NoRouteErrorOptions } from '../../src/errors/no-route-error.js';
import { errorFromDetail } from '../../src/errors/from-detail.js';
import type { Receipt } from '../../src/receipt/receipt.js';
import { applySuggestion, explain, type Explanation, type ExplainOptions, format, planRoute, type RouteRequest } from '../../src/routing/index.js';
import { listed, MODEL, priced } from './kit.js';

const ENDPOINTS = [
  priced('openai', 2, { quantization: 'bf16' }), priced('azure', 3, { max_completion_tokens: 100 }), priced('groq', 1, { quantization: 'fp8', supported_parameters: [] }),
  priced('openai/flex', 0.5),
];
const LISTING = listed(MODEL, ...ENDPOINTS);
const KNOWN: ExplainOptions = { facts: Object.fromEntries(ENDPOINTS.map(({ tag }) => [tag, { zdr: tag === 'azure', dataPolicy: { retains: tag !== 'azure', trains: false, publishes: false } }])) };

const why = (request: RouteRequest, options: ExplainOptions = KNOWN): Explanation => explain({ model: MODEL, ...request }, LISTING, options);
const changes = ({ suggestions }: Explanation): unknown => suggestions.map((one) => one.changes.map(({ preference, value }) => (value === undefined ? preference : [preference, value])));

describe('explain', () => {
  it('gives each endpoint its place and chance', () => {
    const { status, endpoints, suggestions, blame } = why({});
    expect(status).toBe('routable');
    expect(endpoints.map(({ tag, status: how, place, probability }) => [tag, how, place, probability === undefined ? undefined : Math.round(probability * 1000) / 1000])).toEqual([
      ['groq', 'eligible', 1, 0.735], ['openai', 'eligible', 2, 0.184], ['azure', 'eligible', 3, 0.082], ['openai/flex', 'excluded', undefined, undefined],
    ]);
    expect(endpoints.at(-1)?.findings.map(({ preference }) => preference)).toEqual(['service_tier']);
    expect(suggestions).toEqual([]);
    expect(blame).toBeUndefined();
  });

  it('tells all that excludes an endpoint, not the first thing alone', () => {
    const { endpoints } = why({ max_tokens: 500, tools: [{ type: 'function', function: { name: 'x' } }], provider: { zdr: true, ignore: ['groq'], maxPrice: { prompt: 0.9 } } });
    const told = Object.fromEntries(endpoints.map(({ tag, findings }) => [tag, findings.map(({ preference }) => preference)]));
    expect(told).toEqual({
      openai: ['zdr', 'max_price'], azure: ['max_price', 'max_tokens'], groq: ['zdr', 'ignore', 'max_price', 'tools'], 'openai/flex': ['service_tier', 'zdr'],
    });
  });

  it('tells what an endpoint is left out for that nothing else speaks against', () => {
    const single = why({ provider: { allow_fallbacks: false, sort: 'price' } });
    expect(single.endpoints.map(({ tag, findings }) => [tag, findings.map(({ preference }) => preference)])).toEqual([
      ['groq', []], ['openai', ['allow_fallbacks']], ['azure', ['allow_fallbacks']], ['openai/flex', ['service_tier']],
    ]);
    const soft = why({ response_format: { type: 'json_object' } });
    expect(soft.endpoints.find(({ tag }) => tag === 'groq')?.findings).toMatchObject([{ preference: 'response_format', verdict: 'excluded' }]);
  });

  it('is unknown where all depends on what is not told, and routable where one endpoint does not', () => {
    const asked: RouteRequest = { provider: { zdr: true } };
    expect(why(asked, {})).toMatchObject({ status: 'unknown', suggestions: [], endpoints: [{ status: 'unknown' }, { status: 'unknown' }, { status: 'unknown' }, { status: 'excluded' }] });
    expect(why(asked, { facts: { azure: { zdr: true } } }).status).toBe('routable');
    expect(explain({ model: 'acme/two' }, LISTING).status).toBe('unknown');
  });

  it('blames nothing where no endpoint was given, and what keeps service tiers out where there are no others', () => {
    expect(explain({ model: 'acme/two' }, LISTING).blame).toBeUndefined();
    expect(explain({ model: MODEL }, listed(MODEL, priced('openai/flex', 1)))).toMatchObject({ status: 'unroutable', blame: { preferences: ['service_tier'], step: 'Initial Endpoints' } });
  });

  it('says what lint says, and does not miss messages that routing does not need', () => {
    const codes = (request: RouteRequest): readonly string[] => why(request).warnings.map(({ code }) => code);
    expect(codes({ provider: { max_price: { prompt: 0.000002 } } })).toEqual(['price-per-token']);
    expect(codes({})).toEqual([]);
    expect(codes({ messages: [] })).toEqual(['no-messages']);
  });
});

describe('the smallest change', () => {
  it('is the least of one preference', () => {
    expect(changes(why({ provider: { max_price: { prompt: 0.9, completion: 5 } } }))).toEqual([[['max_price', { prompt: 1, completion: 5 }]]]);
    expect(changes(why({ provider: { only: ['nebius'] } }))).toEqual([[['only', ['nebius', 'groq']]]]);
    expect(changes(why({ provider: { ignore: ['openai', 'azure', 'groq'] } }))).toEqual([[['ignore', ['openai', 'azure']]]]);
    expect(changes(why({ provider: { quantizations: ['int4'] } }))).toEqual([[['quantizations', ['int4', 'fp8']]]]);
    expect(changes(why({ max_tokens: 500, provider: { only: ['azure'] } }))).toEqual([[['only', ['azure', 'groq']]], [['max_tokens', 100]]]);
    expect(changes(why({ max_completion_tokens: 200_000 }))).toEqual([[['max_completion_tokens', 100_000]]]);
    expect(changes(why({ max_tokens: 60_000 }, { ...KNOWN, promptTokens: 50_000 }))).toEqual([[['max_tokens', 50_000]]]);
    expect(changes(why({ provider: { order: ['nebius'], allow_fallbacks: false } }))).toEqual([['allow_fallbacks']]);
  });

  it('lowers both names of a length, where both are too great', () => {
    expect(changes(why({ max_tokens: 300_000, max_completion_tokens: 200_000 }))).toEqual([[['max_tokens', 100_000], ['max_completion_tokens', 100_000]]]);
    expect(changes(why({ max_tokens: 5, max_completion_tokens: 200_000 }))).toEqual([[['max_completion_tokens', 100_000]]]);
  });

  it('leaves out a bound on a price that is not known, and the whole where no other is left', () => {
    const dear = [priced('openai', 2, { pricing: { prompt: '2e-6', completion: '-1' } })];
    const raised = (max_price: object): unknown => changes(explain({ model: MODEL, provider: { max_price } }, listed(MODEL, ...dear), { unknown: 'drop' }));
    expect(raised({ completion: 1 })).toEqual([['max_price']]);
    expect(raised({ prompt: 1, completion: 1 })).toEqual([[['max_price', { prompt: 2 }]]]);
  });

  it('is a pair where no single one helps', () => {
    const request: RouteRequest = { provider: { quantizations: ['int4'], max_price: { prompt: 0.5 } } };
    expect(changes(why(request))).toEqual([[['quantizations', ['int4', 'fp8']], ['max_price', { prompt: 1 }]]]);
  });

  it('says that it relaxes a guardrail of privacy, and comes with one that does not', () => {
    const explanation = why({ provider: { zdr: true, ignore: ['azure'], max_price: { prompt: 2.5 } } });
    expect(explanation.suggestions.map(({ privacy }) => privacy)).toEqual([true, false]);
    expect(changes(explanation)).toEqual([['zdr'], ['ignore', ['max_price', { prompt: 3 }]]]);
    expect(explanation.suggestions[0]?.changes[0]?.text).toBe('drop zdr (a privacy guardrail: prompts may then be stored or trained on)');
  });

  it('is none where none suffices', () => {
    const picture = [{ role: 'user' as const, content: [{ type: 'image_url' as const, image_url: { url: 'data:' } }] }];
    expect(why({ messages: picture, provider: { zdr: true } })).toMatchObject({ status: 'unroutable', suggestions: [] });
  });

  it('may be a setting of the account, which applying leaves alone', () => {
    const explanation = why({}, { ...KNOWN, account: { only: ['nebius'] } });
    expect(explanation.suggestions[0]?.changes).toMatchObject([{ preference: 'only', by: 'account', action: 'remove', text: 'drop only in the settings of the account (a guardrail)' }]);
    const [suggestion] = explanation.suggestions;
    if (suggestion) expect(applySuggestion({ model: MODEL }, suggestion)).toEqual({ model: MODEL });
  });

  it('can be applied, and leaves the request as it was', () => {
    const request = { model: MODEL, max_tokens: 5, provider: { maxPrice: { prompt: 0.1 }, sort: 'price' } } satisfies RouteRequest;
    const [suggestion] = explain(request, LISTING, KNOWN).suggestions;
    if (suggestion === undefined) throw new Error('none');
    const changed: RouteRequest = applySuggestion(request, suggestion);
    expect(changed).toEqual({ model: MODEL, max_tokens: 5, provider: { max_price: { prompt: 1 }, sort: 'price' } });
    expect(request.provider).toEqual({ maxPrice: { prompt: 0.1 }, sort: 'price' });
    expect(planRoute(changed, LISTING, KNOWN).order.map(({ tag }) => tag)).toEqual(suggestion.endpoints);
  });
});

describe('an error of the API', () => {
  const error = (options: Partial<NoRouteErrorOptions>, receipt?: Partial<Receipt>): NoRouteError => {
    const made = new NoRouteError({ message: 'No endpoints found for acme/one.', status: 404, reason: 'no-route', isRetryable: false, ...options });
    if (receipt) made.receipt = { requested: [], fallbackUsed: false, cost: { partial: false }, timing: { totalMs: 1 }, overruled: [], verdict: { overall: 'kept', guardrails: {} }, ...receipt };
    return made;
  };

  it('names the preference to blame, though the catalogue cannot prove it', () => {
    const { status, blame, server, endpoints, suggestions } = explain(error({ failedStep: 'Filter by Data Policy', preference: 'zdr', suggestion: 'relax provider.zdr', funnel: [{ step: 'Initial Endpoints', endpoint_count: 3 }] }), LISTING);
    expect(status).toBe('unroutable');
    expect(blame).toEqual({ preferences: ['zdr'], source: 'server', step: 'Filter by Data Policy', proven: false });
    expect(server).toMatchObject({ failedStep: 'Filter by Data Policy', suggestion: 'relax provider.zdr', funnel: [{ endpoint_count: 3 }] });
    expect(endpoints).toHaveLength(4);
    expect(suggestions).toEqual([]);
  });

  it('takes the policy from the receipt, and the word of the server for what is unknown', () => {
    const refused = error({ failedStep: 'Filter by Data Policy', preference: 'zdr' }, { requested: [MODEL], policy: { provider: { zdr: true } } });
    const explanation = explain(refused, LISTING);
    expect(explanation.blame).toMatchObject({ preferences: ['zdr'], proven: false });
    expect(explain(refused, LISTING, { zdr: [] }).blame?.proven).toBe(true);
    expect(explanation.endpoints[0]?.findings).toMatchObject([{ preference: 'zdr', verdict: 'excluded', detail: expect.stringContaining('the server says') }]);
    expect(explanation.suggestions).toMatchObject([{ privacy: true, certain: true, changes: [{ preference: 'zdr', action: 'remove' }] }]);
  });

  it('takes the request where it is given, and what the server repeats where nothing else is known', () => {
    const given = explain(error({ failedStep: 'Filter by Max Price', preference: 'max_price' }), LISTING, { request: { model: MODEL, provider: { max_price: { prompt: 0.1 } } } });
    expect(given).toMatchObject({ blame: { proven: true }, suggestions: [{ changes: [{ preference: 'max_price', value: { prompt: 1 } }] }] });
    const repeated = explain(error({ failedStep: 'Filter by Allowed Providers', preference: 'only', metadata: { requested_providers: ['nebius'] } }), LISTING);
    expect(repeated).toMatchObject({ blame: { proven: true }, suggestions: [{ changes: [{ preference: 'only' }] }] });
  });

  it('reads real bodies, settings of the account among them', () => {
    const real = errorFromDetail({
      code: 404,
      message: "No allowed providers are available for the selected model. Providers serving acme/one: openai, but your account's allowed-providers setting permits only: nebius. Visit https://openrouter.ai/settings/privacy.",
      metadata: { failed_routing_step: 'Filter by Allowed Providers', requested_providers: ['nebius'] },
    }, { httpStatus: 404, now: 0 });
    if (!NoRouteError.isInstance(real)) throw real;
    expect(explain(real, LISTING)).toMatchObject({ blame: { preferences: [], proven: false }, server: { suggestion: 'a setting of the OpenRouter account or key excludes them' } });
  });

  it('finds the blame where the error does not', () => {
    expect(explain(error({ failedStep: 'Filter by Quantization' }), LISTING).blame?.preferences).toEqual(['quantizations']);
    expect(explain(error({ message: 'Nothing.' }), LISTING).blame?.preferences).toEqual([]);
  });
});

describe('format', () => {
  const explanation = why({ messages: [{ role: 'user', content: 'a secret' }], provider: { zdr: true, ignore: ['azure'] } });

  it('writes for people', () => {
    expect(format(why({ provider: { sort: 'price' } }))).toMatchInlineSnapshot(`
      "acme/one: routable
        1.  groq (groq): first in 100 % (by price)
        2.  openai (openai): fallback (by price)
        3.  azure (azure): fallback (by price)
        x   openai/flex (openai): service_tier: a flex endpoint, which the request does not opt into"
    `);
    expect(format(explanation)).toMatchInlineSnapshot(`
      "acme/one: no endpoint is left
        x   openai (openai): zdr: retains data
        x   azure (azure): ignore: azure is ignored
        x   groq (groq): zdr: retains data
        x   openai/flex (openai): service_tier: a flex endpoint, which the request does not opt into; zdr: retains data

      To blame:
        ignore (Filter by Ignored Providers)

      Smallest change:
        drop ignore (a guardrail) → then azure
        drop zdr (a privacy guardrail: prompts may then be stored or trained on) → then one of groq, openai"
    `);
  });

  it('writes Markdown whose table no value can break', () => {
    expect(format(explain({ model: 'x|y' }, [priced('a|b', 1, { provider_name: 'A *b*' })]), 'markdown')).toMatchInlineSnapshot(`
      "**x\\|y: routable**

      |  | model | endpoint | status | why |
      | --- | --- | --- | --- | --- |
      | 1 | x\\|y | a\\|b (A \\*b\\*) | eligible | first in 100 % (price) |

      **Warnings**

      - model "x\\|y" names no author: write "author/x\\|y""
    `);
  });

  it('writes the whole as JSON, without the prompt', () => {
    expect(JSON.parse(format(explanation, 'json'))).toEqual(explanation);
    for (const as of ['text', 'markdown', 'json'] as const) expect(format(explanation, as)).not.toContain('a secret');
  });

  it('says what is not known', () => {
    const open = format(why({ provider: { zdr: true, allow_fallbacks: false } }, {}));
    expect(open).toContain('chance not known');
    expect(open).toContain('zdr unknown: only the list of /endpoints/zdr tells');
    expect(format(explain(new NoRouteError({ message: 'No.', status: 404, reason: 'no-route', isRetryable: false, preference: 'zdr', failedStep: 'Filter by Data Policy' }), LISTING))).toContain('this catalogue cannot prove it');
  });
});
