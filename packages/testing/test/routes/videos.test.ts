import { describe, expect, it } from 'vitest';
import { createGateway, disconnect, fail, type Gateway, ok, reply, respond, type ScriptedVideo } from '../../src/index.js';
import { BASE, errorOf, post } from '../helpers.js';

interface Job {
  readonly id: string;
  readonly polling_url: string;
  readonly status: string;
  readonly unsigned_urls?: readonly string[];
}

function film(body: object, gateway: Gateway): Promise<Response> {
  return post(gateway, '/videos', { model: 'cinder/reel', prompt: 'a wave', ...body });
}

function get(gateway: Gateway, url: string): Promise<Response> {
  return gateway.fetch(url, { headers: { authorization: 'Bearer k' } });
}

async function start(gateway: Gateway, body: object = {}): Promise<Job> {
  return (await (await film(body, gateway)).json()) as Job;
}

async function poll(gateway: Gateway, job: Job): Promise<Job> {
  return (await (await get(gateway, job.polling_url)).json()) as Job;
}

function scripted(video: ScriptedVideo): Gateway {
  return createGateway({ scenario: { reply: reply.video(video) } });
}

describe('a video', () => {
  it('is a job, pending once, then there to be fetched', async () => {
    const gateway = createGateway({ account: { only: ['google-vertex'] } });
    const response = await film({ duration: 2 }, gateway);
    const job = (await response.json()) as Job;
    expect([response.status, job]).toEqual([202, { id: job.id, polling_url: `${BASE}/videos/${job.id}`, status: 'pending' }]);
    const pending = await poll(gateway, job);
    expect(pending).toEqual({ ...job, generation_id: expect.stringMatching(/^gen-vid-1790000000-\w{20}$/) });
    expect((await get(gateway, `${job.polling_url}/content`)).status).toBe(404);
    const done = await poll(gateway, job);
    expect(done).toEqual({
      ...pending, status: 'completed', unsigned_urls: [`${BASE}/videos/${job.id}/content?index=0`], usage: { cost: 0.1, is_byok: false },
    });
    const content = await get(gateway, done.unsigned_urls?.[0] ?? '');
    expect(content.headers.get('content-type')).toBe('video/mp4');
    const bytes = new Uint8Array(await content.arrayBuffer());
    expect([bytes.length, new DataView(bytes.buffer).getUint32(0), new TextDecoder().decode(bytes.subarray(4, 8))]).toEqual([28, 20, 'ftyp']);
    expect((await get(gateway, `${job.polling_url}/content?index=1`)).status).toBe(404);
    expect(gateway.requests.map(({ path, cost }) => [path.replace(job.id, '*'), cost])).toContainEqual(['/api/v1/videos', '0.1']);
  });

  it('is found by an id that stands in no path as it is', async () => {
    const gateway = createGateway({ scenario: { reply: { ...reply.video({ pendingReads: 0 }), id: 'job/1 %' } } });
    const job = await start(gateway);
    expect(job).toMatchObject({ id: 'job/1 %', polling_url: `${BASE}/videos/job%2F1%20%25` });
    const { unsigned_urls = [] } = await poll(gateway, job);
    expect((await get(gateway, unsigned_urls[0] ?? '')).status).toBe(200);
    expect((await get(gateway, `${BASE}/videos/%FF`)).status).toBe(404);
  });

  it('is pending as often as the gateway or the script says', async () => {
    const slow = createGateway({ videoPendingReads: 2 });
    const job = await start(slow);
    expect([(await poll(slow, job)).status, (await poll(slow, job)).status, (await poll(slow, job)).status]).toEqual(['pending', 'pending', 'completed']);
    const swift = scripted({ pendingReads: 0 });
    expect((await poll(swift, await start(swift))).status).toBe('completed');
  });

  it('fails as scripted, and costs nothing then', async () => {
    const gateway = scripted({ pendingReads: 0, error: 'The prompt was refused.' });
    const job = await start(gateway);
    expect(await poll(gateway, job)).toMatchObject({ status: 'failed', error: 'The prompt was refused.' });
    expect(await poll(gateway, job)).not.toHaveProperty('unsigned_urls');
    expect(gateway.requests[0]?.cost).toBe('0');
    const late = scripted({ pendingReads: 0, status: 'expired' });
    expect((await poll(late, await start(late))).status).toBe('expired');
  });

  it('may be several, of other bytes', async () => {
    const gateway = scripted({ pendingReads: 0, count: 2, bytes: Uint8Array.of(1, 2, 3) });
    const { unsigned_urls = [] } = await poll(gateway, await start(gateway));
    expect(unsigned_urls).toHaveLength(2);
    expect(new Uint8Array(await (await get(gateway, unsigned_urls[1] ?? '')).arrayBuffer())).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('is asked for and fetched through faults, which do not count as reads', async () => {
    const gateway = scripted({ reads: [fail(503, { retryAfter: 2 }), ok(), disconnect()], downloads: [respond(502, 'gone'), ok(undefined, { cutBytes: 8, ending: 'reset' })] });
    const job = await start(gateway);
    const broken = await get(gateway, job.polling_url);
    expect([broken.status, broken.headers.get('retry-after')]).toEqual([503, '2']);
    expect((await poll(gateway, job)).status).toBe('pending');
    await expect(get(gateway, job.polling_url)).rejects.toThrow(TypeError);
    expect((await poll(gateway, job)).status).toBe('completed');
    expect((await get(gateway, `${job.polling_url}/content`)).status).toBe(502);
    const cut = await get(gateway, `${job.polling_url}/content`);
    expect(cut.status).toBe(200);
    await expect(cut.arrayBuffer()).rejects.toThrow(TypeError);
    expect(await (await get(gateway, `${job.polling_url}/content`)).arrayBuffer()).toHaveProperty('byteLength', 28);
  });

  it('needs the key, and is unknown to others', async () => {
    const gateway = createGateway();
    const { polling_url: url } = await start(gateway);
    for (const path of [url, `${url}/content`]) expect((await gateway.fetch(path)).status).toBe(401);
    for (const path of [`${BASE}/videos/x`, `${BASE}/videos/x/content`]) expect((await errorOf(await get(gateway, path))).error.message).toBe('Video x not found');
    gateway.reset();
    expect((await get(gateway, url)).status).toBe(404);
  });

  it.each([['prompt', { prompt: 1 }], ['duration', { duration: 0 }], ['duration', { duration: '4' }]])('refuses a wrong %s', async (field, body) => {
    const response = await film(body, createGateway());
    const { error } = (await response.json()) as { error: { message: string } };
    expect([response.status, JSON.parse(error.message)]).toMatchObject([400, [{ path: [field] }]]);
  });

  it('points at the host that was asked, over a socket too', async () => {
    const server = await createGateway().listen();
    const { url } = server;
    const headers = { authorization: 'Bearer k' };
    const response = await fetch(`${url}/videos`, { method: 'POST', headers, body: JSON.stringify({ model: 'cinder/reel', prompt: 'a' }) });
    const job = (await response.json()) as Job;
    expect(job.polling_url).toBe(`${url}/videos/${job.id}`);
    expect(await (await fetch(job.polling_url, { headers })).json()).toMatchObject({ status: 'pending' });
    await server.close();
  });
});
