import type { Usage } from '@waypost/core';
import { generationId } from '../random.js';
import type { OkOutcome } from '../scenario/outcome.js';
import type { ReplyMessage, ReplyTokens } from '../scenario/reply.js';
import { bill } from '../serve/bill.js';
import { paceOf } from '../serve/pace.js';
import type { Exchange } from './exchange.js';
import type { Served } from './find-server.js';
import { remember } from './generation.js';
import { toRecorded } from './record.js';

/** A generation that ends in an error is not charged. */
export function insured({ wire, reply }: OkOutcome): boolean {
  return wire?.error !== undefined || reply?.finishReason === 'error';
}

/** What a generation used, before the reply has its say. */
interface Consumption {
  readonly tokens: ReplyTokens;
  /** Amounts that are not tokens, by the component of the price. */
  readonly units?: Readonly<Record<string, number>>;
  readonly images?: NonNullable<ReplyMessage['images']>;
  /** Nothing is charged for what came to nothing. Default true. */
  readonly charged?: boolean;
}

/** A generation that is paid for and recorded. */
interface Settled {
  readonly id: string;
  /** Seconds since the epoch. */
  readonly created: number;
  readonly model: string;
  /** Display name. */
  readonly provider: string;
  readonly usage: Usage;
}

/** Names, bills, charges and records a generation on a route that gives no text. `kind`: what its id says after `gen-`. */
export function settle(exchange: Exchange, served: Served, kind: string | undefined, consumption: Consumption): Settled {
  const { state, record } = exchange;
  const { body, candidate, outcome } = served;
  const { tokens, units = {}, images, charged = true } = consumption;
  const { usage, cost } = bill(
    candidate,
    body,
    { message: images === undefined ? {} : { images }, tokens: { ...tokens, ...outcome.reply?.tokens } },
    { charged: charged && !insured(outcome), units },
  );
  const id = generationId(state.random(`id/${record.number}`), state.now(), kind);
  const settled: Settled = {
    id, usage,
    created: Math.floor(state.now() / 1000),
    model: outcome.reply?.model ?? candidate.requested.model.id,
    provider: state.display(candidate.endpoint.provider),
  };
  record.served = { ...toRecorded(candidate), generationId: id };
  record.cost = cost;
  record.usage = usage;
  state.charge(cost, usage, record.number);
  exchange.pace = paceOf(state.scenario.state(candidate.endpoint), usage.completion_tokens ?? 0);
  remember(exchange, { ...settled, finishReason: null, nativeFinishReason: null, serviceTier: null }, candidate, false);
  return settled;
}
