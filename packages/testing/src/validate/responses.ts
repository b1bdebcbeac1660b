import { z } from 'zod';
import { isFields } from '../validate.js';
import { verbosity } from './fields.js';
import { audio } from './messages.js';
import { byType, optional, pick } from './schema.js';
import { anyRecord, schemaName as name } from './tools.js';

const text = z.string();
const described = optional({ description: text, strict: z.boolean() });

/** A function's fields are beside its type. */
const tool = byType({ function: z.object({ name, ...described, ...optional({ parameters: anyRecord }) }) }, optional({ parameters: anyRecord }));

const format = z.discriminatedUnion('type', [
  z.object({ type: z.enum(['text', 'json_object']) }), z.object({ type: z.literal('json_schema'), name, schema: anyRecord, ...described }),
]);

const said = z.object({ text });
const part = byType({
  input_text: said, output_text: said, refusal: z.object({ refusal: text }),
  input_image: z.object(optional({ image_url: text, file_id: text })), input_video: z.object({ video_url: text }), input_audio: audio,
  input_file: z.object(optional({ filename: text, file_data: text, file_url: text, file_id: text })),
});
const content = z.union([text, z.array(part)]);

const message = z.discriminatedUnion('role', [
  z.object({ role: z.enum(['system', 'developer', 'user']), content }),
  // What an earlier response said is told from a new message by these two.
  z.object({ role: z.literal('assistant'), content, id: text, status: text }),
]);

const item = byType({
  message,
  function_call: z.object({ call_id: text, name: text, arguments: text }),
  function_call_output: z.object({ call_id: text, output: content }),
});

/** Fields of `/responses` for which it has an error of its own shape. Source: OpenRouter API, responses. */
export const OWN: z.ZodType = z.object(optional({
  tools: z.array(tool),
  text: z.object(optional({ format, verbosity })),
  instructions: text,
  input: z.union([text, z.array(pick((value) => (isFields(value) && 'type' in value ? item : message)))]),
}));
