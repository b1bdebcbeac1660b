import { anything, byTag, type Check, either, flag, list, object, oneOf, record, text } from './check.js';
import { verbosity } from './fields.js';

const schema = record(anything);
const name = text(1, 64);

/** A function's fields are beside its type. */
const tool = byTag('type', {
  function: object({ name, description: text(), parameters: schema, strict: flag }, ['name']),
}, object({ parameters: schema }));

const format = byTag('type', {
  text: anything, json_object: anything, json_schema: object({ name, schema, description: text(), strict: flag }, ['name', 'schema']),
}, object({ type: oneOf('text', 'json_object', 'json_schema') }));

const said = object({ text: text() }, ['text']);
const part = byTag('type', {
  input_text: said, output_text: said, refusal: object({ refusal: text() }, ['refusal']),
  input_image: object({ image_url: text(), file_id: text() }), input_video: object({ video_url: text() }, ['video_url']),
  input_audio: object({ input_audio: object({ data: text(), format: text() }, ['data', 'format']) }, ['input_audio']),
  input_file: object({ filename: text(), file_data: text(), file_url: text(), file_id: text() }),
});
const content = either(text(), list(part));

const heard = object({ content }, ['content']);
const message = byTag('role', {
  system: heard, developer: heard, user: heard,
  // What an earlier response said is told from a new message by these two.
  assistant: object({ content, id: text(), status: text() }, ['content', 'id', 'status']),
}, object({ role: oneOf('system', 'developer', 'user', 'assistant') }));

const item = byTag('type', {
  message,
  function_call: object({ call_id: text(), name: text(), arguments: text() }, ['call_id', 'name', 'arguments']),
  function_call_output: object({ call_id: text(), output: content }, ['call_id', 'output']),
});

/** Fields of `/responses` for which it has an error of its own shape. Source: OpenRouter API, responses. */
export const OWN: Check = object({
  tools: list(tool),
  text: object({ format, verbosity }),
  instructions: text(),
  input: either(text(), list((value) => (typeof value === 'object' && value !== null && 'type' in value ? item(value) : message(value)))),
});
