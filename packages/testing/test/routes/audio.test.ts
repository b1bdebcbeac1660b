import { describe, expect, it } from 'vitest';
import { createGateway, type Gateway, reply } from '../../src/index.js';
import { BASE, post } from '../helpers.js';

const SOUND = { data: btoa('x'.repeat(96_000)), format: 'wav' };

function speak(body: object, gateway: Gateway = createGateway()): Promise<Response> {
  return post(gateway, '/audio/speech', { model: 'echo/lark', input: 'Keep left.', ...body });
}

async function bytes(response: Response): Promise<Uint8Array> {
  return new Uint8Array(await response.arrayBuffer());
}

async function transcribe(body: object, gateway: Gateway = createGateway()): Promise<Readonly<Record<string, unknown>>> {
  const response = await post(gateway, '/audio/transcriptions', { model: 'echo/scribe', input_audio: SOUND, ...body });
  return (await response.json()) as Record<string, unknown>;
}

describe('POST /audio/speech', () => {
  it('speaks PCM, the same for the same text', async () => {
    const response = await speak({ voice: 'nova' });
    expect(response.headers.get('content-type')).toBe('audio/pcm;rate=24000');
    expect(response.headers.get('x-generation-id')).toMatch(/^gen-tts-1790000000-\w{20}$/);
    const sound = await bytes(response);
    expect(sound).toHaveLength(10 * 120 * 2);
    const view = new DataView(sound.buffer);
    const samples = Array.from({ length: 1200 }, (_, i) => view.getInt16(i * 2, true));
    expect([Math.max(...samples) > 7000, Math.min(...samples) < -7000]).toEqual([true, true]);
    expect(await bytes(await speak({ voice: 'nova' }))).toEqual(sound);
    expect(await bytes(await speak({ voice: 'onyx' }))).not.toEqual(sound);
    expect(await bytes(await speak({ speed: 2 }))).toHaveLength(sound.length / 2);
    expect(await bytes(await speak({ input: 'x'.repeat(4000) }))).toHaveLength(24_000);
  });

  it('speaks MP3 frames', async () => {
    const response = await speak({ response_format: 'mp3' });
    expect(response.headers.get('content-type')).toBe('audio/mpeg');
    const sound = await bytes(response);
    expect(sound.length % 104).toBe(0);
    for (let i = 0; i < sound.length; i += 104) expect([...sound.subarray(i, i + 4)]).toEqual([0xff, 0xfb, 0x10, 0xc0]);
  });

  it('speaks as scripted, and is paid by the character', async () => {
    const gateway = createGateway({ scenario: { reply: reply.speech(Uint8Array.of(1, 2), { mediaType: 'audio/pcm;rate=16000' }) }, account: { only: ['openai'] } });
    const response = await speak({}, gateway);
    expect([response.headers.get('content-type'), await bytes(response)]).toEqual(['audio/pcm;rate=16000', Uint8Array.of(1, 2)]);
    expect(gateway.requests[0]?.cost).toBe('0.00015');
  });

  it.each([['input', { input: '' }], ['response_format', { response_format: 'opus' }], ['speed', { speed: 0 }], ['voice', { voice: 1 }]])('refuses a wrong %s', async (field, body) => {
    const response = await speak(body);
    const { error } = (await response.json()) as { error: { message: string } };
    expect([response.status, JSON.parse(error.message)]).toMatchObject([400, [{ path: [field] }]]);
  });
});

describe('POST /audio/transcriptions', () => {
  it('hears the size of the sound, and bills its seconds', async () => {
    expect(await transcribe({}, createGateway({ account: { only: ['groq'] } }))).toEqual({
      text: 'Echo: Scribe heard 96000 bytes of wav.', usage: { seconds: 2, cost: 0.00006 },
    });
  });

  it('bills tokens where the endpoint does', async () => {
    expect(await transcribe({ model: 'echo/scribe-pro' }, createGateway({ account: { only: ['openai'] }, scenario: { reply: reply.text('Eight ch') } }))).toEqual({
      text: 'Eight ch', usage: { input_tokens: 20, output_tokens: 2, total_tokens: 22, cost: 0.00007 },
    });
  });

  it('tells the times on demand', async () => {
    const gateway = createGateway({ scenario: { reply: reply.transcript('Ten bells. Go now.', { duration: 17 }) } });
    expect(await transcribe({ response_format: 'verbose_json', language: 'en' }, gateway)).toMatchObject({
      task: 'transcribe', language: 'en', duration: 17,
      segments: [{ id: 0, start: 0, end: 10, text: 'Ten bells.' }, { id: 1, start: 10, end: 17, text: 'Go now.' }],
      usage: { seconds: 17 },
    });
    expect(await transcribe({ response_format: 'verbose_json' }, gateway)).not.toHaveProperty('words');
    const timed = await transcribe({ response_format: 'verbose_json', timestamp_granularities: ['word'] }, gateway);
    expect(timed.words).toEqual([
      { word: 'Ten', start: 0, end: 3.4 }, { word: 'bells.', start: 3.4, end: 10.2 }, { word: 'Go', start: 10.2, end: 12.47 }, { word: 'now.', start: 12.47, end: 17 },
    ]);
    expect(await transcribe({ timestamp_granularities: ['word'] }, gateway)).toEqual({ text: 'Ten bells. Go now.', usage: expect.anything() });
  });

  it('tells what was scripted', async () => {
    const segments = [{ id: 7, start: 1, end: 2, text: 'Oui.' }];
    const words = [{ word: 'Oui', start: 1, end: 2 }];
    const gateway = createGateway({ scenario: { reply: reply.transcript('Oui.', { language: 'french', segments, words }) } });
    const body = { response_format: 'verbose_json', language: 'en', timestamp_granularities: ['word', 'segment'] };
    expect(await transcribe(body, gateway)).toMatchObject({ text: 'Oui.', language: 'french', segments, words, duration: 2 });
  });

  it('takes a form, whose bytes arrive whole', async () => {
    const gateway = createGateway();
    const form = new FormData();
    form.set('model', 'echo/scribe');
    form.set('temperature', '0.5');
    form.append('timestamp_granularities[]', 'word');
    form.append('timestamp_granularities[]', 'segment');
    form.set('response_format', 'verbose_json');
    form.set('file', new File([Uint8Array.of(0xff, 0xfe, 0, 0x80)], 'call.mp3', { type: 'audio/mpeg' }));
    const response = await gateway.fetch(`${BASE}/audio/transcriptions`, { method: 'POST', headers: { authorization: 'Bearer k' }, body: form });
    expect(await response.json()).toMatchObject({ text: 'Echo: Scribe heard 4 bytes of mp3.', words: expect.anything() });
    expect(gateway.requests[0]?.body).toEqual({
      model: 'echo/scribe', temperature: '0.5', timestamp_granularities: ['word', 'segment'], response_format: 'verbose_json',
      file: { name: 'call.mp3', type: 'audio/mpeg', size: 4 },
    });
    const broken = await gateway.fetch(`${BASE}/audio/transcriptions`, {
      method: 'POST', headers: { authorization: 'Bearer k', 'content-type': 'multipart/form-data; boundary=x' }, body: 'nothing',
    });
    expect(broken.status).toBe(400);
  });

  it.each([
    ['input_audio', { input_audio: 'x' }], ['data', { input_audio: { data: '*', format: 'wav' } }], ['format', { input_audio: { data: 'AAAA' } }],
    ['response_format', { response_format: 'srt' }], ['language', { language: 1 }], ['timestamp_granularities', { timestamp_granularities: 'word' }],
  ])('refuses a wrong %s', async (field, body) => {
    const response = await post(createGateway(), '/audio/transcriptions', { model: 'echo/scribe', input_audio: SOUND, ...body });
    const { error } = (await response.json()) as { error: { message: string } };
    expect([response.status, JSON.parse(error.message)]).toMatchObject([400, [{ path: expect.arrayContaining([field]) }]]);
  });
});
