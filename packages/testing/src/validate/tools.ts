import { anything, byTag, type Check, flag, list, object, oneOf, record, text } from './check.js';

const schema = record(anything);
const name = text(1, 64);

/** Tools that OpenRouter runs may have anything beside their type. Source: OpenRouter API, tools. */
export const tools: Check = list(byTag('type', {
  function: object({ function: object({ name, description: text(), parameters: schema, strict: flag }, ['name']) }, ['function']),
}, object({ parameters: schema })));

const words = oneOf('none', 'auto', 'required');
const named = byTag('type', { function: object({ function: object({ name: text() }, ['name']) }, ['function']) });

export const toolChoice: Check = (value) => (typeof value === 'string' ? words(value) : named(value));

/** Source: OpenRouter API, chat completions. */
export const responseFormat: Check = byTag('type', {
  text: anything, json_object: anything, python: anything,
  json_schema: object({ json_schema: object({ name, description: text(), schema, strict: flag }, ['name']) }, ['json_schema']),
  grammar: object({ grammar: text() }, ['grammar']),
}, object({ type: oneOf('text', 'json_object', 'json_schema', 'grammar', 'python') }));
