import { anything, byTag, type Check, either, flag, list, number, object, oneOf, record, text, whole } from './check.js';
import { SESSION } from './fields.js';
import { embeddingInput } from './messages.js';
import { provider } from './provider.js';

/** As many as the vectors of no model have: the gateway makes them all. */
const MOST_DIMENSIONS = 16_384;
const MOST_REFERENCES = 16;

const model = text(1);
const shared = { ...SESSION, model, provider };
const link = object({ url: text() }, ['url']);
const picture = byTag('type', { image_url: object({ image_url: link }, ['image_url']) });

/** Source: OpenRouter API, embeddings. */
export const embeddings: Check = object({
  ...shared, input: embeddingInput, dimensions: whole(1, MOST_DIMENSIONS), encoding_format: oneOf('float', 'base64'), input_type: text(),
}, ['model', 'input']);

/** Source: OpenRouter API, rerank. */
export const rerank: Check = object({
  ...shared, query: text(1), top_n: whole(1), documents: list(either(text(), object({ text: text(), image: text() })), 1),
}, ['model', 'query', 'documents']);

/** Which sizes and formats there are differs from model to model. Source: OpenRouter API, images. */
export const images: Check = object({
  ...shared, prompt: text(), n: whole(1, 10), size: text(), aspect_ratio: text(), resolution: text(), quality: text(), background: text(), output_format: text(),
  output_compression: whole(0, 100), input_references: list(picture, 0, MOST_REFERENCES), seed: whole(), stream: flag,
}, ['model', 'prompt']);

const positive: Check = (value) => {
  const issues = number(0)(value);
  return issues.length === 0 && value === 0
    ? [{ origin: 'number', code: 'too_small', minimum: 0, inclusive: false, path: [], message: 'Too small: expected number to be >0' }]
    : issues;
};

/** Source: OpenRouter API, videos. */
export const videos: Check = object({
  ...shared, prompt: text(), duration: positive, size: text(), aspect_ratio: text(), resolution: text(), seed: whole(), generate_audio: flag,
  frame_images: list(picture), input_references: list(byTag('type', {})),
}, ['model', 'prompt']);

/** Source: OpenRouter API, speech. */
export const speech: Check = object({
  ...shared, input: text(1), voice: text(), speed: positive, response_format: oneOf('mp3', 'pcm'),
}, ['model', 'input']);

const base64: Check = (value) => {
  const issues = text(1)(value);
  if (issues.length > 0) return issues;
  try {
    if (atob(String(value)) !== '') return issues;
  } catch {
    // no base64: told below
  }
  return [{ origin: 'string', code: 'invalid_format', format: 'base64', path: [], message: 'Invalid base64-encoded string' }];
};

/** Source: OpenRouter API, transcriptions. */
export const transcriptions: Check = object({
  ...shared, input_audio: object({ data: base64, format: text(1) }, ['data', 'format']), language: text(), temperature: number(0, 2),
  response_format: oneOf('json', 'verbose_json'), timestamp_granularities: list(oneOf('word', 'segment')),
}, ['model', 'input_audio']);

const said: Check = either(text(), list(anything), record(anything));
const none: Check = (value) => (value === null ? [] : said(value));
const some = { instructions: said };

/** A record of options, of which there is at least one. */
const nonEmpty = (check: Check): Check => (value) => {
  const issues = check(value);
  return issues.length === 0 && typeof value === 'object' && value !== null && Object.keys(value).length === 0
    ? [{ origin: 'record', code: 'too_small', minimum: 1, inclusive: true, path: [], message: 'Too small: expected record to have >=1 items' }]
    : issues;
};

const question: Check = byTag('type', {
  choice: object({ ...some, criteria: nonEmpty(record(none)) }, ['criteria']),
  score: object({ ...some, criteria: list(said, 1) }, ['criteria']),
  noul: object({ ...some, criteria: object({ true: said, false: said }, ['true', 'false']) }),
}, object({ type: oneOf('choice', 'noul', 'score') }));

/** Source: OpenRouter API, decisions. */
export const decisions: Check = object({ ...shared, state: said, questions: nonEmpty(record(question)) }, ['model', 'state', 'questions']);
