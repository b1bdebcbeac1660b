import { describe, expect, it } from 'vitest';
import { type AttemptContext, createGateway, type Gateway, ok, type Reply, reply, RouteMismatchError, type Scenario, ScenarioError } from '../../src/index.js';
import { endTest } from '../../src/vitest/use-gateway.js';
import { chat, post } from '../helpers.js';

/** What JavaScript lets an author write. */
const gives = <T>(value: unknown) => (): T => value as T;

function bug(): never {
  throw new TypeError('my bug');
}

const ROWS: readonly (readonly [name: string, scenario: Scenario, script: string, message: RegExp])[] = [
  ['a reply that throws', { reply: bug }, 'scenario.reply', /^scenario\.reply \(attempt 1, acme\/atlas at azure\) threw TypeError: my bug$/],
  ['an endpoint that throws', { endpoints: { azure: bug } }, 'scenario.endpoints.azure', /threw TypeError: my bug/],
  ['a model that throws', { models: { 'acme/atlas': bug } }, 'scenario.models.acme/atlas', /threw TypeError: my bug/],
  ['a gateway that throws', { gateway: bug }, 'scenario.gateway', /^scenario\.gateway \(attempt 1, acme\/atlas\) threw/],
  ['a flag that throws', { moderation: { flag: bug } }, 'scenario.moderation.flag', /threw TypeError: my bug/],
  ['a text in place of a reply', { reply: gives<Reply>('Aye') }, 'scenario.reply', /the value: .*expected object, received string \(write reply\.text\('…'\)/],
  ['a number as a content', { reply: gives<Reply>({ message: { content: 5 } }) }, 'scenario.reply', /message\.content: .*expected string, received number/],
  ['a promise in place of a reply', { reply: gives<Reply>(Promise.resolve(reply.text('Aye'))) }, 'scenario.reply', /gave a promise: .*must not be async/],
  ['a reply in place of an outcome', { endpoints: { azure: gives<undefined>(reply.text('Aye')) } }, 'scenario.endpoints.azure', /kind: .* \(write ok\(\), fail\(503\)/],
  ['null in place of an outcome', { gateway: gives<undefined>(null) }, 'scenario.gateway', /received null/],
  ['a failure with a status of success', { endpoints: { azure: gives<undefined>({ kind: 'fail', status: 200, message: 'x' }) } }, 'scenario.endpoints.azure', /status: Too small: expected number to be >=400/],
  ['a reason in place of reasons', { moderation: { flag: gives<undefined>('violence') } }, 'scenario.moderation.flag', /expected array, received string/],
];

const AZURE = { provider: { only: ['azure'] } };

describe.each(ROWS)('%s', (_name, scenario, script, message) => {
  it('rejects the call, and says what is wrong', async () => {
    const gateway = createGateway({ scenario });
    const error = await chat(gateway, AZURE).then(() => undefined, (reason: unknown) => reason);
    expect(error).toBeInstanceOf(ScenarioError);
    expect(error).toMatchObject({ name: 'ScenarioError', script, message: expect.stringMatching(message) });
    expect(gateway.scenarioErrors).toEqual([error]);
    expect(gateway.requests[0]).toMatchObject({ status: 0, cost: '0', scenarioError: expect.stringMatching(message), durationMs: 0 });
  });

  it('answers a socket with 500, and says it there', async () => {
    const gateway = createGateway({ scenario });
    const server = await gateway.listen();
    const response = await fetch(`${server.url}/chat/completions`, {
      method: 'POST', headers: { authorization: 'Bearer k' }, body: JSON.stringify({ model: 'acme/atlas', messages: [{ role: 'user', content: 'a' }], ...AZURE }),
    });
    const body: unknown = await response.json();
    await server.close();
    expect([response.status, body]).toEqual([500, { error: { code: 500, message: `ScenarioError: ${String(gateway.scenarioErrors[0]?.message)}` } }]);
  });
});

async function failing(): Promise<Gateway> {
  const gateway = createGateway({ scenario: { reply: bug } });
  await expect(chat(gateway)).rejects.toThrow(ScenarioError);
  return gateway;
}

it('keeps what was thrown as the cause', async () => {
  const gateway = await failing();
  expect(gateway.scenarioErrors[0]?.cause).toBeInstanceOf(TypeError);
});

it('is told where a route is not as expected', async () => {
  const gateway = await failing();
  expect(() => gateway.expectRoute({ provider: 'azure' })).toThrow(RouteMismatchError);
  expect(() => gateway.expectRoute({ provider: 'azure' })).toThrow(/scenario: scenario\.reply .* threw TypeError: my bug/);
});

it('is forgotten by a reset', async () => {
  const gateway = await failing();
  gateway.reset();
  expect(gateway.scenarioErrors).toEqual([]);
});

it('fails the test in useGateway, once', async () => {
  const gateway = await failing();
  expect(() => endTest(gateway)).toThrow(/scenario\.reply .* threw TypeError: my bug/);
  expect(() => endTest(gateway)).not.toThrow();
  expect((await chat(gateway)).status).toBe(200);
});

it('says where in a reply a video is none', async () => {
  const script = ({ attempt }: AttemptContext): Reply => (attempt === 1 ? reply.video({ reads: [ok()] }) : gives<Reply>({ message: {}, output: { kind: 'video', video: { reads: ['later'] } } })());
  const gateway = createGateway({ scenario: { models: { 'cinder/reel': () => ok() }, reply: script } });
  const film = { model: 'cinder/reel', prompt: 'a quay' };
  expect((await post(gateway, '/videos', film)).status).toBe(202);
  await expect(post(gateway, '/videos', film)).rejects.toThrow(/output\.video\.reads\[0\]: .*received string/);
});
