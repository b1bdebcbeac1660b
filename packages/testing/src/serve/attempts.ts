import type { ChatRequest } from '@waypost/core';
import type { OpenAttempt, OpenRecord } from '../recorded-request.js';
import type { Candidate, RoutePlan } from '../routing/types.js';
import { type FailOutcome, fail, type OkOutcome, type Outcome, type RespondOutcome } from '../scenario/outcome.js';
import type { ScenarioRun } from '../scenario/scenario.js';
import type { GatewayState } from '../state.js';
import { DisconnectError } from './disconnect-error.js';
import { promptTokens, requestedTokens } from './tokens.js';

/** A failed attempt. */
export interface Failure {
  readonly candidate: Candidate;
  readonly outcome: FailOutcome;
  /** OpenRouter itself says so: nobody was asked. */
  readonly unasked?: true;
  /** A limit of the rate refused it. */
  readonly limited?: true;
}

export type ServeResult =
  | { readonly kind: 'served'; readonly candidate: Candidate; readonly outcome: OkOutcome; readonly failures: readonly Failure[] }
  | { readonly kind: 'failed'; readonly failures: readonly Failure[] }
  | { readonly kind: 'respond'; readonly outcome: RespondOutcome };

/** Statuses after which another endpoint of the same model is worth trying; after any other the next model is. */
function nextEndpointMayServe(outcome: FailOutcome): boolean {
  return outcome.status === 408 || outcome.status === 429 || outcome.status >= 500 || outcome.errorType === 'context_length_exceeded';
}

/** A prompt that does not fit fails as the endpoint itself would make it fail. */
function tooLong({ endpoint }: Candidate, body: ChatRequest): FailOutcome | undefined {
  const prompt = promptTokens(body);
  const output = requestedTokens(body) ?? 0;
  if (prompt + output <= endpoint.contextLength) return undefined;
  return fail(400, {
    errorType: 'context_length_exceeded',
    message: `This endpoint's maximum context length is ${endpoint.contextLength} tokens. However, you requested about ${prompt + output} tokens `
      + `(${prompt} of text input${output === 0 ? '' : `, ${output} in the output`}). Please reduce the length of either one, or use the context-compression plugin to compress your prompt automatically.`,
  });
}

/** Thinking cannot be switched off where it is what the model is for. */
function mustThink({ requested }: Candidate, body: ChatRequest): FailOutcome | undefined {
  if (requested.model.reasoning?.mandatory !== true) return undefined;
  const off = body.reasoning?.effort === 'none' || body.reasoning_effort === 'none' || body.reasoning?.enabled === false;
  return off ? fail(400, { errorType: 'invalid_request', message: 'Reasoning is mandatory for this endpoint and cannot be disabled.' }) : undefined;
}

/** Never resolves: rejects when the client gives up. */
export function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
  });
}

function statusOf(outcome: Outcome): number {
  if (outcome.kind === 'fail' || outcome.kind === 'respond') return outcome.status;
  return outcome.kind === 'ok' ? 200 : 0;
}

/** What a request is served by. */
export interface Attempting {
  /** That of the request's beginning, whatever is set while an attempt waits. */
  readonly scenario: ScenarioRun;
  readonly state: Pick<GatewayState, 'feed' | 'now' | 'sleep'>;
  readonly record: OpenRecord;
  readonly signal: AbortSignal;
  /** The body as scripts read it. */
  readonly told: ChatRequest;
}

/** Tries the endpoints of a plan in turn until one answers; what each did goes into the record. */
export async function attemptInTurn(plan: RoutePlan, body: ChatRequest, { scenario, state, record, signal, told }: Attempting): Promise<ServeResult> {
  const failures: Failure[] = [];
  const tried = new Set<Candidate['requested']>();
  const given = new Set<Candidate['requested']>();
  for (const candidate of plan.order) {
    const { endpoint, requested } = candidate;
    if (given.has(requested)) continue;
    const limited = tried.has(requested) ? undefined : scenario.limit(candidate);
    const barred = limited ?? scenario.flag(candidate, told);
    tried.add(requested);
    if (barred !== undefined) {
      failures.push({ candidate, outcome: barred, ...(limited && { limited: true }) });
      given.add(requested);
      continue;
    }
    const at = state.now();
    const long = tooLong(candidate, body);
    const refusal = long ?? mustThink(candidate, body);
    const { headersMs = 0 } = scenario.state(endpoint) ?? {};
    if (refusal === undefined && headersMs > 0) await state.sleep(headersMs, signal);
    const outcome = refusal ?? scenario.attempt(candidate, told);
    const attempt: OpenAttempt = { model: requested.model.id, provider: endpoint.provider, tag: endpoint.tag, status: statusOf(outcome), at };
    record.attempts.push(attempt);
    const passed = (): void => {
      attempt.durationMs = Math.max(0, state.now() - at);
    };
    if (outcome.kind !== 'hang') passed();
    state.feed.changed(record);
    if (outcome.kind === 'hang') return untilAborted(signal).finally(passed);
    if (outcome.kind === 'ok') return { kind: 'served', candidate, outcome, failures };
    if (outcome.kind === 'respond') return { kind: 'respond', outcome };
    if (outcome.kind === 'disconnect') throw new DisconnectError();
    failures.push({ candidate, outcome, ...(long && { unasked: true }) });
    if (!nextEndpointMayServe(outcome)) given.add(requested);
  }
  return { kind: 'failed', failures };
}
