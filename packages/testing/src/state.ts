import type { Generation } from '@waypost/core';
import { defaultCatalogue } from './catalogue/default.js';
import type { Catalogue } from './catalogue/types.js';
import { type Clock, STANDING_TIME } from './clock.js';
import { add, type Decimal, decimal, ZERO } from './decimal.js';
import { keptOf } from './keep.js';
import type { GatewayOptions } from './options.js';
import { createFeed, type Feed } from './page/feed.js';
import { createRandom, type Random } from './random.js';
import type { OpenRecord } from './recorded-request.js';
import { type Conversations, createConversations } from './routing/conversations.js';
import type { AccountSettings } from './routing/types.js';
import { checkScenario } from './scenario/check-scenario.js';
import type { ScriptedVideo } from './scenario/route-output.js';
import { runScenario, type Scenario, type ScenarioRun } from './scenario/scenario.js';
import { type Budget, createBudget } from './serve/budget.js';
import { createResponseCache, type ResponseCache } from './serve/response-cache.js';

interface StoredGeneration {
  readonly record: Generation['data'];
  reads: number;
}

/** A video on its way. */
export interface VideoJob {
  readonly generationId: string;
  readonly script: ScriptedVideo;
  readonly cost: number;
  readonly byok: boolean;
  /** How often its state was asked for. */
  asked: number;
  /** How often it was told. */
  reads: number;
  downloads: number;
}

/** Everything that changes while a gateway runs. */
export interface GatewayState {
  readonly catalogue: Catalogue;
  readonly account: AccountSettings;
  readonly apiKeys: ReadonlySet<string> | undefined;
  readonly credits: number;
  readonly settleAfterReads: number;
  readonly videoPendingReads: number;
  readonly unsupportedTools: 'reject' | 'ignore';
  readonly requests: OpenRecord[];
  /** How many requests, generations and videos are kept, of each. */
  readonly keep: number;
  /** From 1, whatever has been forgotten since. */
  nextNumber(): number;
  remember(record: OpenRecord): void;
  readonly generations: Map<string, StoredGeneration>;
  readonly videos: Map<string, VideoJob>;
  readonly now: () => number;
  /** Whether time passes by `now`. */
  readonly timed: boolean;
  /** Whoever looks at the page. */
  readonly feed: Feed;
  readonly sleep: Clock['sleep'];
  scenario: ScenarioRun;
  conversations: Conversations;
  cache: ResponseCache;
  /** Where credits are enforced. */
  budget: Budget | undefined;
  spent: Decimal;
  /** Takes the cost of a request from the credits. `request`: its number. */
  charge(cost: string, request: number): void;
  /** Numbers for one purpose of one request: requests do not take numbers from each other. */
  random(purpose: string): Random;
  readonly display: (slug: string) => string;
  setScenario(scenario: Scenario): void;
  reset(): void;
}

export function createState(options: GatewayOptions): GatewayState {
  const catalogue = options.catalogue ?? defaultCatalogue;
  const names = new Map(catalogue.providers.map((provider) => [provider.slug, provider.name]));
  const now = options.now ?? ((): number => STANDING_TIME);
  const credits = options.credits ?? 10;
  const keep = keptOf(options.keep);
  const display = (slug: string): string => names.get(slug) ?? slug;
  let script = options.scenario ?? {};
  let count = 0;

  /** Everything that a run of requests leaves behind, empty. */
  function fresh(): Pick<GatewayState, 'scenario' | 'conversations' | 'cache' | 'budget'> {
    return {
      scenario: runScenario(script, { now, credits, display }),
      conversations: createConversations(now, keep),
      cache: createResponseCache(now, keep),
      budget: options.enforceCredits === true ? createBudget(credits) : undefined,
    };
  }

  checkScenario(script, catalogue);
  const state: GatewayState = {
    catalogue,
    account: options.account ?? {},
    apiKeys: options.apiKeys === undefined ? undefined : new Set(options.apiKeys),
    credits, keep, now, display,
    sleep: options.sleep ?? (async () => {}),
    settleAfterReads: options.settleAfterReads ?? 1,
    videoPendingReads: options.videoPendingReads ?? 1,
    unsupportedTools: options.unsupportedTools ?? 'reject',
    requests: [],
    nextNumber: () => (count += 1),
    remember(record) {
      state.requests.push(record);
      if (state.requests.length > state.keep) state.requests.shift();
    },
    generations: new Map(),
    videos: new Map(),
    timed: options.now !== undefined,
    feed: createFeed(),
    ...fresh(),
    spent: ZERO,
    charge(cost, request) {
      state.spent = add(state.spent, decimal(cost));
      state.budget?.paid(request, decimal(cost));
    },
    random: (purpose) => createRandom(`${options.seed ?? 1}/${purpose}`),
    setScenario(scenario) {
      checkScenario(scenario, catalogue);
      script = scenario;
      state.scenario = fresh().scenario;
    },
    reset() {
      count = 0;
      state.requests.length = 0;
      state.generations.clear();
      state.videos.clear();
      state.spent = ZERO;
      Object.assign(state, fresh());
      state.feed.reset();
    },
  };
  return state;
}
