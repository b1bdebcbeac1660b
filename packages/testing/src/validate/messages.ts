import { z } from 'zod';
import { byType, optional } from './schema.js';
import { anyRecord } from './tools.js';

const text = z.string();

export const cacheControl: z.ZodType = z.object({ type: z.literal('ephemeral'), ...optional({ ttl: z.enum(['5m', '1h']) }) });
/** An object of a type, with anything beside it. */
export const typed: z.ZodType = z.object({ type: text });
export const audio: z.ZodType = z.object({ input_audio: z.object({ data: text, format: text }) });
const url = z.object({ url: text });
/** What shows a picture by its address. */
export const picture: z.ZodType = z.object({ image_url: url });

/** A part of a message; one of a type that is not known here may have anything. */
const part = byType({
  text: z.object({ text, ...optional({ cache_control: cacheControl }) }),
  image_url: picture,
  input_audio: audio,
  video_url: z.object({ video_url: url }),
  file: z.object({ file: z.object(optional({ filename: text, file_data: text, file_id: text })) }),
});

export const content: z.ZodType = z.union([text, z.array(part)]);
const toolCall = z.object({ function: z.object({ name: text, ...optional({ arguments: text }) }), ...optional({ id: text, type: text }) });

/** Source: OpenRouter API, messages. */
export const message: z.ZodType = z.discriminatedUnion('role', [
  z.object({ role: z.enum(['system', 'developer', 'user']), content, ...optional({ name: text }) }),
  z.object({
    role: z.literal('assistant'),
    ...optional({
      content, name: text, refusal: text, reasoning: text, reasoning_content: text, model: text, tool_calls: z.array(toolCall),
      reasoning_details: z.array(byType({ 'reasoning.text': z.object(optional({ text, signature: text, index: z.number(), format: text, id: text })) })),
      images: z.array(picture), audio: anyRecord, annotations: z.array(typed),
    }),
  }),
  z.object({ role: z.literal('tool'), content, tool_call_id: text, ...optional({ name: text }) }),
]);

const token = z.int().min(0);

/** What stands for a vector: text, tokens, or parts; one of them or several. Source: OpenRouter API, embeddings. */
export const embeddingInput: z.ZodType = z.union([
  text, z.array(text).min(1), z.array(token).min(1), z.array(z.array(token).min(1)).min(1), z.array(z.object({ content: z.array(part).min(1) })).min(1),
]);
