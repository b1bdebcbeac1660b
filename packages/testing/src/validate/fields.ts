import { z } from 'zod';
import { cacheControl, content, typed } from './messages.js';
import { provider } from './provider.js';
import { optional, type Shape } from './schema.js';
import { anyRecord, choiceOf, responseFormat, toolChoice, tools } from './tools.js';

const text = z.string();
const texts = z.array(text);
const flag = z.boolean();
const count = z.int().min(0);
const tokens = z.int().min(1);
const share = z.number().min(0).max(1);
const penalty = z.number().min(-2).max(2);
const effort = z.enum(['max', 'xhigh', 'high', 'medium', 'low', 'minimal', 'none']);
export const verbosity: z.ZodType = z.enum(['low', 'medium', 'high', 'xhigh', 'max']);

const MOST_METADATA = 16;
const metadata = z.record(text.max(64), text.max(512))
  .refine((all) => Object.keys(all).length <= MOST_METADATA, `Too big: expected record to have <=${MOST_METADATA} items`);

/** What all routes understand that tell sessions apart. */
export const SESSION: Shape = { user: text, session_id: text.max(256), trace: anyRecord };

const SAMPLING: Shape = {
  temperature: z.number().min(0).max(2), top_p: share, top_k: count, frequency_penalty: penalty, presence_penalty: penalty, top_logprobs: count.max(20),
};

/** What chat, prompts and responses share. Source: OpenRouter API, chat completions. */
const TEXT: Shape = {
  ...SESSION, ...SAMPLING, provider, metadata,
  model: text, models: texts, preset: text, stream: flag, modalities: z.array(z.enum(['text', 'image', 'audio'])),
  plugins: z.array(z.object({ id: text, ...optional({ enabled: flag, allowed_models: texts, excluded_models: texts }) })),
  reasoning: z.object(optional({
    effort, max_tokens: count, exclude: flag, enabled: flag,
    summary: z.enum(['auto', 'concise', 'detailed']), context: z.enum(['auto', 'all_turns', 'current_turn']), mode: z.enum(['standard', 'pro']),
  })),
  service_tier: z.enum(['auto', 'default', 'fast', 'flex', 'priority', 'scale']),
  prompt_cache_key: text, prompt_cache_options: anyRecord, cache_control: cacheControl, image_config: anyRecord, debug: z.object(optional({ echo_upstream_body: flag })),
  stop_server_tools_when: z.array(typed), max_tool_calls: count, parallel_tool_calls: flag,
};

/** Fields of `/chat/completions`, but for its messages. */
export const CHAT: Shape = {
  ...TEXT,
  max_tokens: tokens, max_completion_tokens: tokens, min_p: share, top_a: share, repetition_penalty: z.number().min(0).max(2),
  seed: z.int(), stop: z.union([text, texts.max(4)]), logit_bias: z.record(text, z.number().min(-100).max(100)), logprobs: flag,
  tools, tool_choice: toolChoice, response_format: responseFormat, prediction: z.object({ type: z.literal('content'), content }),
  reasoning_effort: effort, verbosity, include_reasoning: flag, structured_outputs: flag, web_search_options: anyRecord, audio: anyRecord,
  transforms: texts, route: z.enum(['fallback', 'sort']), usage: anyRecord, stream_options: anyRecord,
};

/** Fields of `/completions`, but for its prompt. Its log probabilities are a number of alternatives. */
export const COMPLETIONS: Shape = { ...CHAT, logprobs: z.union([flag, count.max(20)]), suffix: text, echo: flag };

/** Fields of `/responses` that have the same words for what is wrong as those of chat. */
export const RESPONSES: Shape = {
  ...TEXT,
  max_output_tokens: tokens, background: flag, include: texts, truncation: z.enum(['auto', 'disabled']), safety_identifier: text, user: text.max(256),
  tool_choice: choiceOf(z.object({ name: text })),
};
