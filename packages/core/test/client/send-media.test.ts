import { describe, expect, test } from 'vitest';
import { sendDecisions } from '../../src/client/send-decisions.js';
import { sendSpeech } from '../../src/client/send-speech.js';
import { sendTranscription } from '../../src/client/send-transcription.js';
import { withBaseURL } from '../../src/client/with-base-url.js';
import { APIError } from '../../src/errors/api-error.js';
import { InvalidOptionsError } from '../../src/errors/invalid-options-error.js';
import { PolicyConflictError } from '../../src/errors/policy-conflict-error.js';
import { rejection } from '../transport/kit.js';
import { serve } from './kit.js';

const SPEECH = { body: { model: 'a/tts', input: 'Hello' } };
const SOUND = { body: { model: 'a/stt', input_audio: { data: 'AQI=', format: 'wav' } } };
const QUESTIONS = { body: { model: 'a/verdict', state: 'x', questions: { late: { type: 'noul' } } } };
const audio = (bytes: number[]) => (): Response => new Response(Uint8Array.from(bytes), { headers: { 'content-type': 'audio/mpeg', 'x-generation-id': 'gen-tts-1' } });

/** Whether an error is one for an answer of the wrong shape, which holds the receipt and is not worth another try. */
async function isMisshapen(promise: Promise<unknown>): Promise<boolean> {
  const error = await rejection(promise);
  return APIError.isInstance(error) && error.status === 200 && !error.isRetryable && error.receipt !== undefined;
}

describe('speech', () => {
  test('gives the bytes and what kind they are', async () => {
    const { config, sent } = serve(audio([1, 2]));
    const { response, headers } = await sendSpeech(config, SPEECH);
    expect([[...response], headers['content-type'], sent[0]?.url]).toEqual([[1, 2], 'audio/mpeg', 'https://openrouter.ai/api/v1/audio/speech']);
  });

  test('without sound is an error', async () => {
    expect(await isMisshapen(sendSpeech(serve(audio([])).config, SPEECH))).toBe(true);
  });
});

describe('a transcription', () => {
  test('may be empty', async () => {
    const { config, sent } = serve(() => Response.json({ text: '' }));
    expect((await sendTranscription(config, SOUND)).response.text).toBe('');
    expect(sent[0]?.url).toBe('https://openrouter.ai/api/v1/audio/transcriptions');
  });

  test.each([{}, [], 'text', { text: null }])('as %j is an error', async (body) => {
    expect(await isMisshapen(sendTranscription(serve(() => Response.json(body)).config, SOUND))).toBe(true);
  });
});

describe('decisions', () => {
  const answers = { late: { type: 'noul', noul: 0.5 }, other: { type: 'oracle' } };

  test('come as they are, of unknown types too', async () => {
    const { config } = serve(() => Response.json({ answers }));
    expect((await sendDecisions(config, QUESTIONS)).response.answers).toEqual(answers);
  });

  test.each([{}, { answers: [] }, { answers: { late: null } }, { answers: { late: {} } }])('as %j are an error', async (body) => {
    expect(await isMisshapen(sendDecisions(serve(() => Response.json(body)).config, QUESTIONS))).toBe(true);
  });

  test('go to another base URL, unless a region is in force', async () => {
    const { config, sent } = serve(() => Response.json({ answers }));
    const elsewhere = withBaseURL(config, 'https://decisions.example/x/', 'decisionsBaseURL');
    await sendDecisions(elsewhere, QUESTIONS, '/decisions');
    expect(sent[0]?.url).toBe('https://decisions.example/x/decisions');
    const error = await rejection(sendDecisions(elsewhere, { ...QUESTIONS, options: { region: 'eu' } }, '/decisions'));
    expect(PolicyConflictError.isInstance(error)).toBe(true);
    expect(sent).toHaveLength(1);
  });
});

test.each(['decisions', 'ftp://example.com', 'https://me:secret@example.com', 'https://example.com?a=b'])('no base URL: %s', (url) => {
  const { config } = serve(() => Response.json({}));
  const thrown = ((): unknown => {
    try {
      return withBaseURL(config, url, 'decisionsBaseURL');
    } catch (error) {
      return error;
    }
  })();
  expect(InvalidOptionsError.isInstance(thrown) && thrown.issues[0]?.path).toBe('decisionsBaseURL');
  expect(JSON.stringify(thrown)).not.toContain('secret');
});

describe.each([['speech', sendSpeech, SPEECH], ['transcriptions', sendTranscription, SOUND]] as const)('%s', (route, send, call) => {
  test.each(['zdr', 'only', 'max_price'] as const)('refuse provider.%s before anything is sent', async (field) => {
    const { config, sent } = serve(audio([1]));
    const provider = { zdr: { zdr: true }, only: { only: ['azure'] }, max_price: { max_price: { prompt: 1 } } }[field];
    const error = await rejection(send(config, { ...call, options: { provider } }));
    expect(PolicyConflictError.isInstance(error) && [error.field, error.message.includes(route)]).toEqual([`provider.${field}`, true]);
    expect(sent).toEqual([]);
  });
});
