import type { ChatRequest } from '@waypost/core';
import { generationId } from '../random.js';
import { planRoute } from '../routing/plan.js';
import { applyPreset } from '../routing/presets.js';
import type { Candidate, RoutePlan } from '../routing/types.js';
import type { OkOutcome } from '../scenario/outcome.js';
import { type Answer, finishOf } from '../serve/answer.js';
import { attemptInTurn } from '../serve/attempts.js';
import { bill } from '../serve/bill.js';
import { defaultReply } from '../serve/default-reply.js';
import { jsonResponse, scriptedResponse, streamResponse } from '../serve/deliver.js';
import { errorBody } from '../serve/error-body.js';
import { parseChatRequest } from '../validate.js';
import { type Exchange, exhausted, interrupted, metadataFor, refused, watchOf } from './exchange.js';
import { remember } from './generation.js';
import { recordedRoute, toRecorded } from './record.js';

/** A generation that ends in an error is not charged. */
function insured({ wire, reply }: OkOutcome): boolean {
  return wire?.error !== undefined || reply?.finishReason === 'error';
}

function tierOf({ endpoint }: Candidate, body: ChatRequest): string | null {
  return endpoint.tier ?? (body.service_tier === undefined || body.service_tier === null ? null : 'default');
}

function answerOf(exchange: Exchange, body: ChatRequest, plan: RoutePlan, candidate: Candidate, outcome: OkOutcome): { readonly answer: Answer; readonly cost: string } {
  const { state, record } = exchange;
  const { endpoint, requested } = candidate;
  const reply = outcome.reply ?? defaultReply(body, candidate);
  const { usage, cost } = bill(candidate, body, reply, !insured(outcome));
  const metadata = metadataFor(exchange, body, plan, candidate);
  return {
    cost,
    answer: {
      reply, usage,
      id: generationId(state.random(`id/${record.number}`), state.now()),
      created: Math.floor(state.now() / 1000),
      model: reply.model ?? requested.model.id,
      provider: state.display(endpoint.provider),
      serviceTier: tierOf(candidate, body),
      wire: outcome.wire ?? {},
      ...finishOf(reply, endpoint.nativeFinishReasons),
      ...(metadata === undefined ? {} : { metadata }),
    },
  };
}

function serve(exchange: Exchange, body: ChatRequest, plan: RoutePlan, candidate: Candidate, outcome: OkOutcome): Response {
  const { state, record } = exchange;
  const { answer, cost } = answerOf(exchange, body, plan, candidate, outcome);
  record.served = { ...toRecorded(candidate), generationId: answer.id };
  record.cost = cost;
  state.charge(cost);
  const streamed = body.stream === true;
  remember(exchange, answer, candidate, streamed);
  const headers = new Headers({ 'x-generation-id': answer.id });
  return (streamed ? streamResponse : jsonResponse)(answer, headers, watchOf(exchange));
}

/** `POST /chat/completions`. */
export async function chat(exchange: Exchange): Promise<Response> {
  const { state, record, request, signal } = exchange;
  const parsed = parseChatRequest(await request.text());
  if (!parsed.ok) return Response.json(parsed.body, { status: parsed.status });
  const preset = applyPreset(parsed.body, state.catalogue);
  if (!preset.ok) return Response.json(errorBody(400, `${preset.missing} is not a valid model ID`, { user: true }), { status: 400 });
  const { body } = preset;
  const interruption = await interrupted(exchange, body);
  if (interruption !== undefined) return interruption;
  const { catalogue, account, unsupportedTools } = state;
  const route = planRoute(body, { catalogue, account, unsupportedTools, random: state.random(`route/${record.number}`) });
  record.route = recordedRoute(route);
  if (!route.ok) return refused(exchange, body, route.refusal);
  const result = await attemptInTurn(route.plan, body, state.scenario, record, signal);
  switch (result.kind) {
    case 'respond': return scriptedResponse(result.outcome, watchOf(exchange));
    case 'failed': return exhausted(exchange, body, route.plan, result.failures);
    case 'served': return serve(exchange, body, route.plan, result.candidate, result.outcome);
  }
}
