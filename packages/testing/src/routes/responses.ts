import { applyPreset } from '../routing/presets.js';
import { defaultReply } from '../serve/default-reply.js';
import { eventResponse, objectResponse } from '../serve/deliver.js';
import { errorBody } from '../serve/error-body.js';
import { responsesBody } from '../serve/responses-object.js';
import { responsesEvents } from '../serve/responses-events.js';
import { type Exchange, watchOf } from './exchange.js';
import { findServer } from './find-server.js';
import { again, generate } from './generate.js';
import { refuse } from './media-body.js';
import { parseResponsesRequest } from './responses-body.js';
import { throughCache } from './through-cache.js';

/** `POST /responses`, which keeps nothing between requests. */
export async function responses(exchange: Exchange): Promise<Response> {
  const { state, text } = exchange;
  const parsed = parseResponsesRequest(text);
  if (!parsed.ok) return refuse(parsed);
  const preset = applyPreset(parsed.body, state.catalogue);
  if (!preset.ok) return Response.json(errorBody(400, `${preset.missing} is not a valid model ID`, { user: true }), { status: 400 });
  const { body } = preset;
  const cached = await throughCache(exchange, text, body.stream === true, again, async () => {
    const served = await findServer(exchange, body, { unsupportedTools: state.unsupportedTools, typedErrors: true });
    return served instanceof Response ? served : generate(exchange, served, served.outcome.reply ?? defaultReply(body, served.candidate));
  });
  if (cached instanceof Response) return cached;
  const { value: answer, headers } = cached;
  headers.set('x-generation-id', answer.id);
  return body.stream === true
    ? eventResponse(responsesEvents(answer, parsed.fields), answer.wire, headers, watchOf(exchange))
    : objectResponse(responsesBody(answer, parsed.fields), answer.wire, headers, watchOf(exchange));
}
