import type { ChatRequest } from '@waypost/core';
import type { EndpointHealth } from '@waypost/core/routing';
import type { GatewayEndpoint } from '../catalogue/types.js';
import type { Candidate } from '../routing/types.js';
import { askAuthor } from './ask-author.js';
import { slugFor } from './by-slug.js';
import { healthAt, type HealthOverTime, type HealthState, stateAt, statesOf } from './health.js';
import type { RateLimits } from './limits.js';
import { type Moderation, moderate } from './moderation.js';
import { asFailure, type OwnError } from './own-error.js';
import { fail, type FailOutcome, type Outcome } from './outcome.js';
import { createRateLimiter } from './rate-limiter.js';
import type { Reply } from './reply.js';
import { outcome, OUTCOME_FIX, reply as replyShape, REPLY_FIX } from './shapes.js';
import type { Wire } from './wire.js';

/** What a scripted function may look at. */
export interface AttemptContext {
  /** The body of the request; outside chat, with all its own fields and `messages` that routing reads. */
  readonly request: ChatRequest;
  /** Id of the model that is being tried. */
  readonly model: string;
  /** Slug of the endpoint that is being tried. */
  readonly tag: string;
  /** From 1: how often this script has been asked. */
  readonly attempt: number;
}

/** One outcome for ever, outcomes in turn (the last one repeats), or a function; `undefined` means that all goes well. */
export type Script = Outcome | readonly Outcome[] | ((context: AttemptContext) => Outcome | undefined);

/** What happens to requests. Everything left out goes well. */
export interface Scenario {
  /** By slug, as in `order`: a full tag before a base slug, which means the provider's variants too but not its service tiers. */
  readonly endpoints?: Readonly<Record<string, Script>>;
  /** By model id, for endpoints that `endpoints` does not name. */
  readonly models?: Readonly<Record<string, Script>>;
  /** Before routing, one outcome per request: failures of OpenRouter itself. An `ok` goes on to routing. */
  readonly gateway?: Script;
  /** By slug, as in `endpoints`: outages, latencies and token rates as time goes by. Routing sees them too. An outage goes before scripts. */
  readonly health?: Readonly<Record<string, HealthOverTime>>;
  /** How often a key, a model or the free tier may be asked; beyond that, 429. */
  readonly limits?: RateLimits;
  /** What is flagged before it reaches a provider: 403. */
  readonly moderation?: Moderation;
  /** What models answer, where the outcome does not say. Default: a deterministic text or tool call, from the request. */
  readonly reply?: Reply | ((context: AttemptContext) => Reply | undefined);
  /** Quirks of every answer; those of an outcome come on top. */
  readonly wire?: Wire;
}

/** What a scenario needs to know of its gateway. */
export interface ScenarioSurroundings {
  readonly now: () => number;
  /** USD bought. */
  readonly credits: number;
  readonly display: (slug: string) => string;
}

/** A scenario that remembers how far its scripts have got. */
export interface ScenarioRun {
  gateway(request: ChatRequest): Outcome | undefined;
  /** Takes a request of this key, or says why not. */
  admit(key: string): OwnError | undefined;
  /** A request that was taken came to nothing: its key may come once more. */
  giveBack(key: string): void;
  /** Takes a request of this model, or says why it does not reach the provider. */
  limit(candidate: Candidate): FailOutcome | undefined;
  /** What is flagged in a request, which then does not reach the provider. */
  flag(candidate: Candidate, request: ChatRequest): FailOutcome | undefined;
  /** What happens on the next attempt at an endpoint; its reply and wire are filled in from the scenario's own. */
  attempt(candidate: Candidate, request: ChatRequest): Outcome;
  /** How an endpoint does now; `undefined` where the scenario does not say. */
  state(endpoint: GatewayEndpoint): HealthState | undefined;
  /** The same as routing sees it. */
  health(endpoint: GatewayEndpoint): EndpointHealth | undefined;
}

function occasionOf({ attempt, model, tag }: AttemptContext): string {
  const where = tag === '' ? model : `${model} at ${tag}`;
  return where === '' ? `attempt ${attempt}` : `attempt ${attempt}, ${where}`;
}

export function runScenario(scenario: Scenario, { now, credits, display }: ScenarioSurroundings): ScenarioRun {
  const asked = new Map<string, number>();
  const started = now();
  const limiter = createRateLimiter(scenario.limits ?? {}, now, credits);
  const health = Object.fromEntries(Object.entries(scenario.health ?? {}).map(([slug, over]) => [slug, statesOf(over)]));

  function statesFor({ tag }: GatewayEndpoint): readonly HealthState[] | undefined {
    const slug = slugFor(tag, health);
    return slug === undefined ? undefined : health[slug];
  }

  function stateNow(endpoint: GatewayEndpoint): HealthState | undefined {
    const states = statesFor(endpoint);
    return states === undefined ? undefined : stateAt(states, now() - started);
  }

  function ask(key: string, script: Script, context: Omit<AttemptContext, 'attempt'>): { outcome: Outcome | undefined; attempt: number } {
    const attempt = (asked.get(key) ?? 0) + 1;
    asked.set(key, attempt);
    if (typeof script === 'function') {
      return { outcome: askAuthor({ script: key, occasion: occasionOf({ ...context, attempt }) }, () => script({ ...context, attempt }), outcome, OUTCOME_FIX), attempt };
    }
    return { outcome: 'kind' in script ? script : script[Math.min(attempt, script.length) - 1], attempt };
  }

  function find({ endpoint, requested }: Candidate): { key: string; script: Script } | undefined {
    const endpoints = scenario.endpoints ?? {};
    const slug = slugFor(endpoint.tag, endpoints);
    const byEndpoint = slug === undefined ? undefined : endpoints[slug];
    if (byEndpoint !== undefined) return { key: `scenario.endpoints.${String(slug)}`, script: byEndpoint };
    const byModel = scenario.models?.[requested.model.id];
    return byModel === undefined ? undefined : { key: `scenario.models.${requested.model.id}`, script: byModel };
  }

  function replyTo(context: AttemptContext): Reply | undefined {
    const { reply } = scenario;
    if (typeof reply !== 'function') return reply;
    return askAuthor({ script: 'scenario.reply', occasion: occasionOf(context) }, () => reply(context), replyShape, REPLY_FIX);
  }

  /** What keeps an endpoint from answering, whatever its script says. */
  function outage(endpoint: GatewayEndpoint): Outcome | undefined {
    const state = stateNow(endpoint);
    return state?.state === 'outage' ? (state.failure ?? fail(503, { errorType: 'provider_overloaded' })) : undefined;
  }

  return {
    gateway(request) {
      if (scenario.gateway === undefined) return undefined;
      return ask('scenario.gateway', scenario.gateway, { request, model: request.model ?? '', tag: '' }).outcome;
    },
    admit: (key) => limiter.key(key),
    giveBack: (key) => limiter.giveBack(key),
    limit(candidate) {
      const limited = limiter.model(candidate.requested.model.id);
      return limited && asFailure(limited);
    },
    flag: (candidate, request) => moderate(scenario.moderation, candidate, request, display),
    attempt(candidate, request) {
      const down = outage(candidate.endpoint);
      if (down !== undefined) return down;
      const context = { request, model: candidate.requested.model.id, tag: candidate.endpoint.tag };
      const found = find(candidate);
      const { outcome: scripted, attempt } = found === undefined ? { outcome: undefined, attempt: 1 } : ask(found.key, found.script, context);
      if (scripted !== undefined && scripted.kind !== 'ok') return scripted;
      const reply = scripted?.reply ?? replyTo({ ...context, attempt });
      return { kind: 'ok', wire: { ...scenario.wire, ...scripted?.wire }, ...(reply === undefined ? {} : { reply }) };
    },
    state: stateNow,
    health(endpoint) {
      const states = statesFor(endpoint);
      return states === undefined ? undefined : healthAt(states, now() - started, endpoint);
    },
  };
}
