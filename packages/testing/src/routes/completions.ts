import type { ChatRequest } from '@waypost/core';
import { z } from 'zod';
import { applyPreset } from '../routing/presets.js';
import { defaultReply } from '../serve/default-reply.js';
import { type Demand, textDemand } from '../serve/budget.js';
import { eventResponse, objectResponse } from '../serve/deliver.js';
import { errorBody } from '../serve/error-body.js';
import { textBody, textEvents } from '../serve/text-completion.js';
import { completionTokens, countTokens } from '../serve/tokens.js';
import { type Invalid, notAnObject, parseFields, zod } from '../validate.js';
import { checkedChat } from '../validate/chat.js';
import { COMPLETIONS } from '../validate/fields.js';
import { optional } from '../validate/schema.js';
import { type Exchange, watchOf } from './exchange.js';
import { findServer } from './find-server.js';
import { generate } from './generate.js';
import { refuse } from './media-body.js';

interface Parsed {
  readonly ok: true;
  readonly body: ChatRequest;
  readonly prompts: readonly string[];
}

function isPrompts(value: readonly unknown[]): value is readonly string[] {
  return value.length > 0 && value.every((prompt) => typeof prompt === 'string' && prompt !== '');
}

const schema = z.object(optional(COMPLETIONS));

/** A body whose prompts have become the messages that routing reads; tools mean nothing here. */
function parse(text: string): Parsed | Invalid {
  const fields = parseFields(text);
  if (fields === undefined) return notAnObject();
  const { messages: _messages, tools: _tools, tool_choice: _choice, ...rest } = fields;
  const { prompt } = rest;
  const prompts: readonly unknown[] = Array.isArray(prompt) ? prompt : [prompt];
  if (!isPrompts(prompts)) return zod(['prompt'], 'Invalid input: expected string or a list of strings');
  const parsed = checkedChat({ ...rest, messages: prompts.map((content) => ({ role: 'user' as const, content })) }, schema);
  return parsed.ok ? { ok: true, body: parsed.body, prompts } : parsed;
}

/** Tokens to show beside each one; `undefined`: no log probabilities. */
function alternativesOf(logprobs: unknown): number | undefined {
  if (typeof logprobs === 'number') return logprobs;
  return logprobs === true ? 0 : undefined;
}

/** `POST /completions`, the route of prompts: one choice per prompt, all in one generation. */
export async function completions(exchange: Exchange): Promise<Response> {
  const { state, text } = exchange;
  const parsed = parse(text);
  if (!parsed.ok) return refuse(parsed);
  const preset = applyPreset(parsed.body, state.catalogue);
  if (!preset.ok) return Response.json(errorBody(400, `${preset.missing} is not a valid model ID`, { user: true }), { status: 400 });
  const { body } = preset;
  const suffix = typeof body.suffix === 'string' ? countTokens(body.suffix) : 0;
  const prompt = parsed.prompts.reduce((sum, one) => sum + countTokens(one), suffix);
  // each prompt has an answer
  const each = textDemand(body);
  const demand: Demand = (candidate) => ({ ...each(candidate), prompt, completion: each(candidate).completion * parsed.prompts.length });
  const served = await findServer(exchange, body, { demand });
  if (served instanceof Response) return served;

  const { candidate, outcome } = served;
  const replies = parsed.prompts.map((content) => outcome.reply ?? defaultReply({ ...body, messages: [{ role: 'user', content }] }, candidate));
  const tokens = {
    prompt,
    completion: replies.reduce((sum, { message }) => sum + completionTokens(message).total, 0),
  };
  const [first = { message: {} }] = replies;
  const answer = generate(exchange, served, { ...first, tokens: { ...tokens, ...first.tokens } });
  const answers = replies.map((reply) => ({ ...answer, reply }));
  const headers = new Headers({ 'x-generation-id': answer.id });
  const alternatives = alternativesOf(body.logprobs);
  return body.stream === true
    ? eventResponse(textEvents(answers, alternatives), answer.wire, headers, watchOf(exchange))
    : objectResponse(textBody(answers, alternatives), answer.wire, headers, watchOf(exchange));
}
