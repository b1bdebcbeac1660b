import { applyPreset } from '../routing/presets.js';
import { defaultReply } from '../serve/default-reply.js';
import { jsonResponse, streamResponse } from '../serve/deliver.js';
import { errorBody } from '../serve/error-body.js';
import { parseChatRequest } from '../validate/chat.js';
import { type Exchange, watchOf } from './exchange.js';
import { findServer } from './find-server.js';
import { again, generate } from './generate.js';
import { throughCache } from './through-cache.js';

/** `POST /chat/completions`. */
export async function chat(exchange: Exchange): Promise<Response> {
  const { state, text } = exchange;
  const parsed = parseChatRequest(text);
  if (!parsed.ok) return Response.json(parsed.body, { status: parsed.status });
  const preset = applyPreset(parsed.body, state.catalogue);
  if (!preset.ok) return Response.json(errorBody(400, `${preset.missing} is not a valid model ID`, { user: true }), { status: 400 });
  const { body } = preset;
  const cached = await throughCache(exchange, text, body.stream === true, again, async () => {
    const served = await findServer(exchange, body, { unsupportedTools: state.unsupportedTools });
    return served instanceof Response ? served : generate(exchange, served, served.outcome.reply ?? defaultReply(body, served.candidate));
  });
  if (cached instanceof Response) return cached;
  const { value: answer, headers } = cached;
  headers.set('x-generation-id', answer.id);
  return (body.stream === true ? streamResponse : jsonResponse)(answer, headers, watchOf(exchange));
}
