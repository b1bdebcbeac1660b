import type { ChatRequest } from '@waypost/core';
import { keyOf } from '../auth.js';
import { generationId } from '../random.js';
import type { Candidate } from '../routing/types.js';
import type { Reply } from '../scenario/reply.js';
import { type Answer, finishOf } from '../serve/answer.js';
import { bill } from '../serve/bill.js';
import { paceOf } from '../serve/pace.js';
import { type Exchange, metadataFor } from './exchange.js';
import type { Served } from './find-server.js';
import { remember } from './generation.js';
import { toRecorded } from './record.js';
import { insured } from './settle.js';
import type { Fresh } from './through-cache.js';

function tierOf({ endpoint }: Candidate, body: ChatRequest): string | null {
  return endpoint.tier ?? (body.service_tier === undefined || body.service_tier === null ? null : 'default');
}

/** Bills, charges and records a text, and says everything that its response will. */
export function generate(exchange: Exchange, { body, plan, candidate, outcome }: Served, reply: Reply): Answer {
  const { state, record, request } = exchange;
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
  state.charge(cost, usage, record.number);
  remember(exchange, answer, candidate, body.stream === true);
  exchange.pace = paceOf(state.scenario.state(endpoint), usage.completion_tokens ?? 0);
  const cacheHit = (usage.prompt_tokens_details?.cached_tokens ?? 0) > 0;
  // an error does not prolong what a conversation sticks to
  if (!insured(outcome)) state.conversations.note(body, keyOf(request.headers), { model: requested.model.id, tag: endpoint.tag, cacheHit });
  return answer;
}

/** The answer of the cache: as it was, but for its id, its usage and what told of its routing. */
export function again(stored: Answer, fresh: Fresh): Answer {
  const { metadata: _, ...answer } = stored;
  return { ...answer, ...fresh };
}
