import type { Generation, Usage } from '@waypost/core';
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
import type { ScenarioError } from './scenario/scenario-error.js';
import { runScenario, type Scenario, type ScenarioRun } from './scenario/scenario.js';
import { type Budget, createBudget } from './serve/budget.js';
import { createResponseCache, type ResponseCache } from './serve/response-cache.js';
import { createSpending, type Spending } from './spending.js';

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

/** What all runs of a gateway have in common. */
export interface SharedState {
  readonly catalogue: Catalogue;
  readonly account: AccountSettings;
  readonly apiKeys: ReadonlySet<string> | undefined;
  readonly credits: number;
  readonly settleAfterReads: number;
  readonly videoPendingReads: number;
  readonly unsupportedTools: 'reject' | 'ignore';
  readonly requests: OpenRecord[];
  /** Those of the run that is on. */
  readonly scenarioErrors: ScenarioError[];
  /** How many requests, generations and videos are kept, of each. */
  readonly keep: number;
  /** From 1, whatever has been forgotten since. */
  nextNumber(): number;
  remember(record: OpenRecord): void;
  readonly now: () => number;
  /** Whether time passes by `now`. */
  readonly timed: boolean;
  /** Whoever looks at the page. */
  readonly feed: Feed;
  readonly sleep: Clock['sleep'];
  /** Numbers for one purpose of one request: requests do not take numbers from each other. */
  random(purpose: string): Random;
  readonly display: (slug: string) => string;
}

/** A run of a gateway, to the next `reset`. A request belongs to the run that it came to, and leaves nothing behind in another. */
export interface GatewayState extends SharedState {
  scenario: ScenarioRun;
  readonly generations: Map<string, StoredGeneration>;
  readonly videos: Map<string, VideoJob>;
  readonly conversations: Conversations;
  readonly cache: ResponseCache;
  /** Where credits are enforced. */
  readonly budget: Budget | undefined;
  readonly spent: Decimal;
  /** The same by time, and what providers took. */
  readonly spending: Spending;
  /** Takes the cost of a request from the credits, and notes what it used. `request`: its number. */
  charge(cost: string, usage: Usage, request: number): void;
}

export interface GatewayRuns extends SharedState {
  /** The run that is on. */
  current(): GatewayState;
  /** Replaces the scenario of this run and of those to come. */
  setScenario(scenario: Scenario): void;
  /** Begins another run. */
  reset(): void;
}

function sharedState(options: GatewayOptions): SharedState & { forget(this: void): void } {
  const catalogue = options.catalogue ?? defaultCatalogue;
  const names = new Map(catalogue.providers.map((provider) => [provider.slug, provider.name]));
  const keep = keptOf(options.keep);
  const requests: OpenRecord[] = [];
  const scenarioErrors: ScenarioError[] = [];
  let count = 0;
  return {
    catalogue, keep, requests, scenarioErrors,
    account: options.account ?? {},
    apiKeys: options.apiKeys === undefined ? undefined : new Set(options.apiKeys),
    credits: options.credits ?? 10,
    now: options.now ?? ((): number => STANDING_TIME),
    display: (slug) => names.get(slug) ?? slug,
    sleep: options.sleep ?? (async () => {}),
    settleAfterReads: options.settleAfterReads ?? 1,
    videoPendingReads: options.videoPendingReads ?? 1,
    unsupportedTools: options.unsupportedTools ?? 'reject',
    nextNumber: () => (count += 1),
    remember(record) {
      requests.push(record);
      if (requests.length > keep) requests.shift();
    },
    forget() {
      count = 0;
      requests.length = 0;
      scenarioErrors.length = 0;
    },
    timed: options.now !== undefined,
    feed: createFeed(),
    random: (purpose) => createRandom(`${options.seed ?? 1}/${purpose}`),
  };
}

/** A run in which nothing has happened. */
function beginRun(shared: SharedState, scenario: Scenario, enforceCredits: boolean): GatewayState {
  const { now, keep, credits } = shared;
  const run = {
    ...shared,
    scenario: runScenario(scenario, shared),
    generations: new Map<string, StoredGeneration>(),
    videos: new Map<string, VideoJob>(),
    conversations: createConversations(now, keep),
    cache: createResponseCache(now, keep),
    budget: enforceCredits ? createBudget(credits) : undefined,
    spent: ZERO,
    spending: createSpending(now),
    charge(cost: string, usage: Usage, request: number): void {
      run.spent = add(run.spent, decimal(cost));
      run.spending.add(cost, usage);
      run.budget?.paid(request, decimal(cost));
    },
  };
  return run;
}

export function createState(options: GatewayOptions): GatewayRuns {
  const { forget, ...shared } = sharedState(options);
  let script = options.scenario ?? {};
  checkScenario(script, shared.catalogue);
  const begin = (): GatewayState => beginRun(shared, script, options.enforceCredits === true);
  let run = begin();

  return {
    ...shared,
    current: () => run,
    setScenario(scenario) {
      checkScenario(scenario, shared.catalogue);
      script = scenario;
      run.scenario = runScenario(script, shared);
    },
    reset() {
      forget();
      run = begin();
      shared.feed.reset();
    },
  };
}
