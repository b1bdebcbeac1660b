import type { Candidate, RouteContext } from './context.js';
import { amountOf } from './price.js';
import { hasOutage } from './speed.js';
import type { PlannedEndpoint, RoutePlan } from './types.js';

const EXPIRY_MS = 10 * 60_000;

/** What becomes of a conversation's last endpoint. */
export interface Stickiness {
  /** `undefined`: it is not held to. */
  readonly candidate?: Candidate;
  readonly detail: string;
}

const no = (detail: string): Stickiness => ({ detail });

/** Whether a read from its cache is cheaper than the prompt, without which no endpoint is sticky. */
function cachePays({ endpoint: { pricing } }: Candidate): boolean {
  return amountOf(pricing?.input_cache_read) < amountOf(pricing?.prompt);
}

/**
 * Whether the conversation goes on where it was served last. Source: OpenRouter API, prompt caching, which says ten minutes; another
 * page says five.
 */
export function stickiness(eligible: readonly Candidate[], { body, provider, options: { sticky, output } }: RouteContext): Stickiness | undefined {
  if (sticky === undefined) return undefined;
  const { tag, model, ageMs, cacheHit = false } = sticky;
  if ((output ?? 'text') !== 'text') return no('only conversations are sticky');
  if (provider.order !== undefined) return no('order disables it');
  if (ageMs >= EXPIRY_MS) return no('the last success is more than ten minutes ago');
  const hasSession = typeof body.session_id === 'string' && body.session_id !== '';
  if (!hasSession && !cacheHit) return no('without session_id it begins with a cache hit');
  const candidate = eligible.find((one) => one.tag === tag && !one.byok && (model == null || model === one.model.id));
  if (candidate === undefined) return no(`${tag} is not eligible`);
  if (!cachePays(candidate)) return no(`${tag} has no cheaper price for cached tokens`);
  if (hasOutage(candidate)) return no(`${tag} has an outage`);
  return { candidate, detail: `${tag} served last, ${Math.max(0, Math.round(ageMs / 1000))} s ago` };
}

/** What a plan tells of stickiness: it applies where the conversation's endpoint is tried first. */
export function toldStickiness({ candidate, detail }: Stickiness, [first]: readonly PlannedEndpoint[]): NonNullable<RoutePlan['sticky']> {
  if (candidate === undefined || first === undefined) return { applies: false, detail };
  if (first.reason === 'sticky') return { applies: true, detail: first.unknown.length > 0 ? `${detail}; what is unknown of it must hold` : detail };
  return { applies: false, detail: first.byok ? 'an own key comes first' : `${first.model.requested} comes before ${candidate.model.requested}` };
}
