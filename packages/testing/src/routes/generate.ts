import type { ChatRequest } from '@waypost/core';
import { generationId } from '../random.js';
import type { Candidate } from '../routing/types.js';
import type { Reply } from '../scenario/reply.js';
import { type Answer, finishOf } from '../serve/answer.js';
import { bill } from '../serve/bill.js';
import { type Exchange, metadataFor } from './exchange.js';
import type { Served } from './find-server.js';
import { remember } from './generation.js';
import { toRecorded } from './record.js';
import { insured } from './settle.js';

function tierOf({ endpoint }: Candidate, body: ChatRequest): string | null {
  return endpoint.tier ?? (body.service_tier === undefined || body.service_tier === null ? null : 'default');
}

/** Bills, charges and records a text, and says everything that its response will. */
export function generate(exchange: Exchange, { body, plan, candidate, outcome }: Served, reply: Reply): Answer {
  const { state, record } = exchange;
  const { endpoint, requested } = candidate;
  const { usage, cost } = bill(candidate, body, reply, { charged: !insured(outcome) });
  const metadata = metadataFor(exchange, body, plan, candidate);
  const answer: Answer = {
    reply, usage,
    id: generationId(state.random(`id/${record.number}`), state.now()),
    created: Math.floor(state.now() / 1000),
    model: reply.model ?? requested.model.id,
    provider: state.display(endpoint.provider),
    serviceTier: tierOf(candidate, body),
    wire: outcome.wire ?? {},
    ...finishOf(reply, endpoint.nativeFinishReasons),
    ...(metadata === undefined ? {} : { metadata }),
  };
  record.served = { ...toRecorded(candidate), generationId: answer.id };
  record.cost = cost;
  record.usage = usage;
  state.charge(cost);
  remember(exchange, answer, candidate, body.stream === true);
  return answer;
}
