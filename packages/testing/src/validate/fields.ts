import { anything, byTag, type Check, either, flag, list, number, object, oneOf, record, text, whole } from './check.js';
import { cacheControl, part } from './messages.js';
import { provider } from './provider.js';
import { responseFormat, toolChoice, tools } from './tools.js';

type Checks = Readonly<Record<string, Check>>;

const options = record(anything);
const effort = oneOf('max', 'xhigh', 'high', 'medium', 'low', 'minimal', 'none');
const tokens = whole(1);
export const verbosity: Check = oneOf('low', 'medium', 'high', 'xhigh', 'max');

const plugin = object({ id: text(), enabled: flag, allowed_models: list(text()), excluded_models: list(text()) }, ['id']);

/** What all routes understand that tell sessions apart. */
export const SESSION: Checks = { user: text(), session_id: text(0, 256), trace: options };

const SAMPLING: Checks = {
  temperature: number(0, 2), top_p: number(0, 1), top_k: whole(0), frequency_penalty: number(-2, 2), presence_penalty: number(-2, 2), top_logprobs: whole(0, 20),
};

/** What chat, prompts and responses share. Source: OpenRouter API, chat completions. */
const TEXT: Checks = {
  ...SESSION, ...SAMPLING, provider,
  model: text(), models: list(text()), preset: text(), stream: flag, plugins: list(plugin), modalities: list(oneOf('text', 'image', 'audio')),
  reasoning: object({
    effort, max_tokens: whole(0), exclude: flag, enabled: flag,
    summary: oneOf('auto', 'concise', 'detailed'), context: oneOf('auto', 'all_turns', 'current_turn'), mode: oneOf('standard', 'pro'),
  }),
  service_tier: oneOf('auto', 'default', 'fast', 'flex', 'priority', 'scale'),
  metadata: record(text(0, 512), text(0, 64), 16),
  prompt_cache_key: text(), prompt_cache_options: options, cache_control: cacheControl, image_config: options, debug: object({ echo_upstream_body: flag }),
  stop_server_tools_when: list(byTag('type', {})), max_tool_calls: whole(0), parallel_tool_calls: flag,
};

/** Fields of `/chat/completions`, but for its messages. */
export const CHAT: Checks = {
  ...TEXT,
  max_tokens: tokens, max_completion_tokens: tokens, min_p: number(0, 1), top_a: number(0, 1), repetition_penalty: number(0, 2),
  seed: whole(), stop: either(text(), list(text(), 0, 4)), logit_bias: record(number(-100, 100)), logprobs: flag,
  tools, tool_choice: toolChoice, response_format: responseFormat, prediction: object({ type: oneOf('content'), content: either(text(), list(part)) }, ['type', 'content']),
  reasoning_effort: effort, verbosity, include_reasoning: flag, structured_outputs: flag, web_search_options: options, audio: options,
  transforms: list(text()), route: oneOf('fallback', 'sort'), usage: options, stream_options: options,
};

/** Fields of `/completions`, but for its prompt. Its log probabilities are a number of alternatives; tools mean nothing here. */
export const COMPLETIONS: Checks = { ...CHAT, logprobs: either(flag, whole(0, 20)), suffix: text(), echo: flag, tools: anything, tool_choice: anything };

/** Fields of `/responses` that have the same words for what is wrong as those of chat. */
export const RESPONSES: Checks = {
  ...TEXT,
  max_output_tokens: tokens, background: flag, include: list(text()), truncation: oneOf('auto', 'disabled'), safety_identifier: text(), user: text(0, 256),
  tool_choice: (value) => (typeof value === 'string' ? oneOf('none', 'auto', 'required')(value) : byTag('type', { function: object({ name: text() }, ['name']) })(value)),
};
