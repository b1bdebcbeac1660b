import type { ChatRequest } from '@waypost/core';
import { matchesSlug } from '@waypost/core/routing';
import type { Candidate } from '../routing/types.js';
import type { Outcome } from './outcome.js';
import type { Reply } from './reply.js';
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
  /** What models answer, where the outcome does not say. Default: a deterministic text or tool call, from the request. */
  readonly reply?: Reply | ((context: AttemptContext) => Reply | undefined);
  /** Quirks of every answer; those of an outcome come on top. */
  readonly wire?: Wire;
}

/** A scenario that remembers how far its scripts have got. */
export interface ScenarioRun {
  gateway(request: ChatRequest): Outcome | undefined;
  /** What happens on the next attempt at an endpoint; its reply and wire are filled in from the scenario's own. */
  attempt(candidate: Candidate, request: ChatRequest): Outcome;
}

export function runScenario(scenario: Scenario): ScenarioRun {
  const asked = new Map<string, number>();

  function ask(key: string, script: Script, context: Omit<AttemptContext, 'attempt'>): { outcome: Outcome | undefined; attempt: number } {
    const attempt = (asked.get(key) ?? 0) + 1;
    asked.set(key, attempt);
    if (typeof script === 'function') return { outcome: script({ ...context, attempt }), attempt };
    return { outcome: 'kind' in script ? script : script[Math.min(attempt, script.length) - 1], attempt };
  }

  function find(candidate: Candidate): { key: string; script: Script } | undefined {
    const { endpoint, requested } = candidate;
    const endpoints = scenario.endpoints ?? {};
    const slug = Object.keys(endpoints).find((entry) => entry === endpoint.tag)
      ?? Object.keys(endpoints).find((entry) => matchesSlug(entry, endpoint.tag));
    const byEndpoint = slug === undefined ? undefined : endpoints[slug];
    if (byEndpoint !== undefined) return { key: `endpoint ${String(slug)}`, script: byEndpoint };
    const byModel = scenario.models?.[requested.model.id];
    return byModel === undefined ? undefined : { key: `model ${requested.model.id}`, script: byModel };
  }

  return {
    gateway(request) {
      if (scenario.gateway === undefined) return undefined;
      return ask('gateway', scenario.gateway, { request, model: request.model ?? '', tag: '' }).outcome;
    },
    attempt(candidate, request) {
      const context = { request, model: candidate.requested.model.id, tag: candidate.endpoint.tag };
      const found = find(candidate);
      const { outcome, attempt } = found === undefined ? { outcome: undefined, attempt: 1 } : ask(found.key, found.script, context);
      if (outcome !== undefined && outcome.kind !== 'ok') return outcome;
      const reply = outcome?.reply ?? (typeof scenario.reply === 'function' ? scenario.reply({ ...context, attempt }) : scenario.reply);
      return { kind: 'ok', wire: { ...scenario.wire, ...outcome?.wire }, ...(reply === undefined ? {} : { reply }) };
    },
  };
}
