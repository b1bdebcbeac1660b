import { type AttemptRecord, type OpenRouterError, type Receipt, type Warning } from '@waypost/core';
import { createGateway, type Gateway, type GatewayOptions, type RecordedRequest } from '@waypost/testing';
import { type Door, type Driver, type Outcome, ours, type Plan } from '../drivers/driver.js';
import { canonical } from './canonical.js';

const KEY = 'sk-or-v1-0a1b2c3d4e5f60718293a4b5c6d7e8f9';
const BASE_URL = 'http://gateway.local/api/v1';

/** What hooks were told. */
export interface Told {
  requests: { url: string; models: readonly string[] }[];
  attempts: AttemptRecord[];
  warnings: Warning[];
  receipts: Receipt[];
}

export interface Run extends Outcome {
  readonly gateway: Gateway;
  readonly requests: readonly RecordedRequest[];
  /** The error of ours, whatever the framework made of it. */
  readonly ours: OpenRouterError | undefined;
  readonly told: Told;
}

// A clock that stands still: receipts of two runs are then equal to the millisecond.
const EFFECTS = { now: () => 1_790_000_000_000, sleep: () => Promise.resolve(), random: () => 0.5 };

/** The plan as it is run, with what every run needs: a key, a server, a clock. */
export function complete(plan: Plan, gateway: Pick<Gateway, 'fetch'>, told?: Told): Plan {
  const hooks = told && {
    onRequest: (event: Told['requests'][number]) => void told.requests.push(event),
    onAttempt: (attempt: AttemptRecord) => void told.attempts.push(attempt),
    onWarning: (warning: Warning) => void told.warnings.push(warning),
    onReceipt: (receipt: Receipt) => void told.receipts.push(receipt),
  };
  const region = [plan.client, plan.call].some((layer) => [layer, layer?.extends].flat().some((policy) => policy?.region != null));
  return { ...plan, client: { apiKey: KEY, ...(!region && { baseURL: BASE_URL }), fetch: gateway.fetch, effects: EFFECTS, ...(hooks && { hooks }), ...plan.client } };
}

/** Runs one call of one adapter against a gateway of its own. */
export async function run(driver: Driver, plan: Plan, options: GatewayOptions = {}): Promise<Run> {
  const gateway = createGateway({ seed: 1, ...options });
  const told: Told = { requests: [], attempts: [], warnings: [], receipts: [] };
  const outcome = await driver.run(complete(plan, gateway, told));
  return { ...outcome, gateway, requests: gateway.requests, ours: ours(outcome.error), told };
}

/** The bodies that went out, as text, without what the framework itself adds. */
export function bodies(driver: Driver, requests: readonly RecordedRequest[]): string[] {
  return requests.map(({ body }) => canonical(Object.fromEntries(Object.entries(body as object).filter(([name, value]) => driver.adds[name] !== value || value === undefined))));
}

/** The door that a layer came through. The raw body of a call may be a layer of the same name as another door's. */
export function layerName(driver: Driver, plan: Plan, layer: string): Door | undefined {
  if (plan.raw && driver.rawLayer === layer) return 'raw';
  return driver.layers[layer];
}

/** A receipt as text, its layers under the names of the suite. */
export function receiptText(driver: Driver, plan: Plan, receipt: Receipt | undefined): string | undefined {
  return canonical(receipt && { ...receipt, overruled: receipt.overruled.map((one) => ({ ...one, layer: layerName(driver, plan, one.layer) })) });
}

/** What an error is, in terms that hold for every adapter. */
export function kind(error: OpenRouterError | undefined): string | undefined {
  if (!error) return undefined;
  const facts: readonly unknown[] = ['name', 'code', 'reason', 'status', 'kind'].map((name) => Reflect.get(error, name));
  return facts.filter((one) => typeof one === 'string' || typeof one === 'number').join(' ');
}
