import type { ChatRequest, FunctionTool, JsonObject } from '@waypost/core';
import { isFunctionTool } from '../routing/tools.js';
import type { Candidate } from '../routing/types.js';
import { type Reply, type ReplyMessage, reply } from '../scenario/reply.js';
import { fromSchema } from './from-schema.js';
import { requestedTokens } from './tokens.js';

const ANYTHING: JsonObject = { type: 'object', properties: {} };

function demandedTool(body: ChatRequest): FunctionTool | undefined {
  const tools = (body.tools ?? []).filter(isFunctionTool);
  const choice = body.tool_choice;
  if (choice === 'required') return tools[0];
  if (typeof choice !== 'object' || !('function' in choice)) return undefined;
  return tools.find((tool) => tool.function.name === choice.function.name);
}

function characters(body: ChatRequest): number {
  return body.messages.reduce((sum, message) => sum + (typeof message.content === 'string' ? message.content.length : JSON.stringify(message.content ?? '').length), 0);
}

function thinks(body: ChatRequest, candidate: Candidate): boolean {
  const ability = candidate.requested.model.reasoning;
  if (ability === undefined || body.reasoning?.exclude === true) return false;
  if (ability.mandatory) return true;
  const effort = body.reasoning?.effort ?? body.reasoning_effort;
  if (effort === 'none' || body.reasoning?.enabled === false) return false;
  return effort !== undefined && effort !== null ? true : body.reasoning?.enabled === true || (body.reasoning?.max_tokens ?? 0) > 0;
}

/** The format that is asked for, where the endpoint has the parameter that it needs; what else it ignores does not matter. */
function formatOf({ response_format: format }: ChatRequest, { ignoredParameters }: Candidate): ChatRequest['response_format'] {
  const parameter = format?.type === 'json_schema' ? 'structured_outputs' : 'response_format';
  return ignoredParameters.includes(parameter) ? undefined : format;
}

function content(body: ChatRequest, candidate: Candidate): string {
  const format = formatOf(body, candidate);
  if (format?.type === 'json_schema') return JSON.stringify(fromSchema(format.json_schema.schema ?? ANYTHING));
  const text = `${candidate.requested.model.name} read ${characters(body)} characters.`;
  return format?.type === 'json_object' ? JSON.stringify({ answer: text }) : text;
}

/** Four characters to a token, as they are counted. */
function limited(text: string, body: ChatRequest): { readonly text: string; readonly cut: boolean } {
  const limit = (requestedTokens(body) ?? Infinity) * 4;
  return text.length > limit ? { text: text.slice(0, limit), cut: true } : { text, cut: false };
}

/**
 * What a model answers when nobody scripted it: a tool call where the request demands one, the smallest JSON of a schema where it
 * asks for that, else one sentence that depends on the model and on the length of the prompt.
 */
export function defaultReply(body: ChatRequest, candidate: Candidate): Reply {
  const tool = candidate.ignoredParameters.includes('tools') ? undefined : demandedTool(body);
  if (tool !== undefined) {
    const args = fromSchema(tool.function.parameters ?? ANYTHING);
    return reply.toolCall(tool.function.name, JSON.stringify(args), { id: 'call_0' });
  }
  const { text, cut } = limited(content(body, candidate), body);
  const message: ReplyMessage = { content: text };
  if (thinks(body, candidate)) {
    const format = candidate.requested.model.reasoning?.format ?? 'unknown';
    message.reasoning = 'The prompt has been read.';
    message.reasoning_details = [{ type: 'reasoning.text', text: message.reasoning, signature: 'c2lnbmF0dXJl', format, index: 0 }];
  }
  if (candidate.requested.online) {
    const url = 'https://example.com/';
    message.annotations = [{ type: 'url_citation', url_citation: { url, title: 'Example', start_index: 0, end_index: text.length } }];
  }
  if (body.modalities?.includes('image') === true) {
    message.images = [{ type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } }];
  }
  return { message, finishReason: cut ? 'length' : 'stop' };
}
