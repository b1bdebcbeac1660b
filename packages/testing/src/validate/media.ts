import { z } from 'zod';
import { SESSION } from './fields.js';
import { embeddingInput, picture, typed } from './messages.js';
import { provider } from './provider.js';
import { byType, optional } from './schema.js';

/** As many as the vectors of no model have: the gateway makes them all. */
const MOST_DIMENSIONS = 16_384;
const MOST_REFERENCES = 16;

const text = z.string();
const some = text.min(1);
const shared = { model: some, ...optional({ ...SESSION, provider }) };
const pictures = z.array(byType({ image_url: picture }));

/** Source: OpenRouter API, embeddings. */
export const embeddings: z.ZodType = z.object({
  ...shared, input: embeddingInput,
  ...optional({ dimensions: z.int().min(1).max(MOST_DIMENSIONS), encoding_format: z.enum(['float', 'base64']), input_type: text }),
});

/** Source: OpenRouter API, rerank. */
export const rerank: z.ZodType = z.object({
  ...shared, query: some, documents: z.array(z.union([text, z.object(optional({ text, image: text }))])).min(1), ...optional({ top_n: z.int().min(1) }),
});

/** Which sizes and formats there are differs from model to model. Source: OpenRouter API, images. */
export const images: z.ZodType = z.object({
  ...shared, prompt: text,
  ...optional({
    n: z.int().min(1).max(10), size: text, aspect_ratio: text, resolution: text, quality: text, background: text, output_format: text,
    output_compression: z.int().min(0).max(100), input_references: pictures.max(MOST_REFERENCES), seed: z.int(), stream: z.boolean(),
  }),
});

/** Source: OpenRouter API, videos. */
export const videos: z.ZodType = z.object({
  ...shared, prompt: text,
  ...optional({
    duration: z.number().positive(), size: text, aspect_ratio: text, resolution: text, seed: z.int(), generate_audio: z.boolean(),
    frame_images: pictures, input_references: z.array(typed),
  }),
});

/** Source: OpenRouter API, speech. */
export const speech: z.ZodType = z.object({
  ...shared, input: some, ...optional({ voice: text, speed: z.number().positive(), response_format: z.enum(['mp3', 'pcm']) }),
});

/** Source: OpenRouter API, transcriptions. */
export const transcriptions: z.ZodType = z.object({
  ...shared, input_audio: z.object({ data: z.base64().min(1), format: some }),
  ...optional({
    language: text, temperature: z.number().min(0).max(2), response_format: z.enum(['json', 'verbose_json']), timestamp_granularities: z.array(z.enum(['word', 'segment'])),
  }),
});

/** Options, of which there is at least one. */
function options(item: z.ZodType): z.ZodType {
  return z.record(text, item).refine((all) => Object.keys(all).length > 0, 'Too small: expected record to have >=1 items');
}

const said = z.union([text, z.array(z.unknown()), z.record(text, z.unknown())]);
const instructions = said.nullish();

const question = z.discriminatedUnion('type', [
  z.object({ type: z.literal('choice'), instructions, criteria: options(said.nullable()) }),
  z.object({ type: z.literal('score'), instructions, criteria: z.array(said).min(1) }),
  z.object({ type: z.literal('noul'), instructions, criteria: z.object({ true: said, false: said }).nullish() }),
]);

/** Source: OpenRouter API, decisions. */
export const decisions: z.ZodType = z.object({ ...shared, state: said, questions: options(question) });
