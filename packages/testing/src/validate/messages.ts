import { anything, byTag, type Check, either, list, number, object, oneOf, record, text, whole } from './check.js';

export const cacheControl: Check = object({ type: oneOf('ephemeral'), ttl: oneOf('5m', '1h') }, ['type']);
const url = object({ url: text() }, ['url']);

/** A part of a message; one of a type that is not known here may have anything. */
export const part: Check = byTag('type', {
  text: object({ text: text(), cache_control: cacheControl }, ['text']),
  image_url: object({ image_url: url }, ['image_url']),
  input_audio: object({ input_audio: object({ data: text(), format: text() }, ['data', 'format']) }, ['input_audio']),
  video_url: object({ video_url: url }, ['video_url']),
  file: object({ file: object({ filename: text(), file_data: text(), file_id: text() }) }, ['file']),
});

const content = either(text(), list(part));
const typed = byTag('type', {});
const spoken = object({ content, name: text() }, ['content']);
const toolCall = object({ id: text(), type: text(), function: object({ name: text(), arguments: text() }, ['name']) }, ['function']);

/** Source: OpenRouter API, messages. */
export const message: Check = byTag('role', {
  system: spoken, developer: spoken, user: spoken,
  tool: object({ content, tool_call_id: text(), name: text() }, ['content', 'tool_call_id']),
  assistant: object({
    content, name: text(), refusal: text(), reasoning: text(), reasoning_content: text(), model: text(), tool_calls: list(toolCall),
    reasoning_details: list(byTag('type', {
      'reasoning.text': object({ text: text(), signature: text(), index: number(), format: text(), id: text() }),
    })),
    images: list(object({ image_url: url }, ['image_url'])), audio: record(anything), annotations: list(typed),
  }),
}, object({ role: oneOf('system', 'developer', 'user', 'assistant', 'tool') }));

/** What stands for a vector: text, tokens, or parts; one of them or several. Source: OpenRouter API, embeddings. */
export const embeddingInput: Check = either(
  text(), list(text(), 1), list(whole(0), 1), list(list(whole(0), 1), 1), list(object({ content: list(part, 1) }, ['content']), 1),
);
