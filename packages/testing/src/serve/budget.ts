import type { ChatRequest } from '@waypost/core';
import { add, compare, type Decimal, decimal, subtract, toNumber } from '../decimal.js';
import type { Candidate } from '../routing/types.js';
import { type OwnError, ownErrors } from '../scenario/own-error.js';
import { type Amounts, costsOf } from './bill.js';
import { MEDIA_TOKENS, promptTokens, requestedTokens } from './tokens.js';

/** Seconds after which a request that met others in flight may come again. */
const RETRY_AFTER = 1;

/** What a request may be billed for at an endpoint. */
export type Demand = (candidate: Candidate) => Amounts;

/** The credits of an account, where they are enforced: what requests in flight could still cost is set aside. */
export interface Budget {
  /** Sets aside what a request could cost at the dearest of the endpoints that it may reach, or says why it cannot be paid. `request`: its number. */
  reserve(request: number, reachable: readonly Candidate[], demand: Demand, spent: Decimal): OwnError | undefined;
  /** What a request costs is known, though it is not over. */
  paid(request: number, cost: Decimal): void;
  /** The request is over. */
  release(request: number): void;
}

function isPositive({ digits }: Decimal): boolean {
  return digits > 0n;
}

/** What a text may cost: its prompt, all at the list price since a cache may not hit, and as much as the answer may have. */
export function textDemand(body: ChatRequest): Demand {
  const prompt = promptTokens(body);
  const images = body.modalities?.includes('image') === true ? 1 : 0;
  return ({ endpoint: { contextLength, maxCompletionTokens } }) => ({
    prompt, images, completion: (requestedTokens(body) ?? maxCompletionTokens ?? Math.max(0, contextLength - prompt)) + images * MEDIA_TOKENS,
  });
}

/** What a request needs at an endpoint. */
interface Need {
  readonly total: Decimal;
  /** As many tokens as the answer may have; 0 where fewer would not be cheaper. */
  readonly tokens: number;
  /** How many tokens the answer may have for so much. */
  affordable(this: void, left: Decimal): number;
}

function needAt(candidate: Candidate, demand: Demand): Need {
  const amounts = demand(candidate);
  const cost = (completion: number): Decimal => costsOf(candidate, { ...amounts, completion }).charge;
  const fixed = cost(0);
  const perToken = subtract(cost(1), fixed);
  return {
    total: cost(amounts.completion),
    tokens: isPositive(perToken) ? amounts.completion : 0,
    affordable(left) {
      const forAnswer = subtract(left, fixed);
      return isPositive(forAnswer) ? Math.floor(toNumber(forAnswer) / toNumber(perToken)) : 0;
    },
  };
}

/** @param credits USD bought. */
export function createBudget(credits: number): Budget {
  const inFlight = new Map<number, Decimal>();

  return {
    reserve(request, reachable, demand, spent) {
      const needs = reachable.map((candidate) => needAt(candidate, demand));
      const [first] = needs;
      if (first === undefined) return undefined;
      const { total, tokens, affordable } = needs.reduce((dearest, need) => (compare(need.total, dearest.total) > 0 ? need : dearest), first);
      // nothing is set aside for what costs nothing
      if (!isPositive(total)) return undefined;
      const left = subtract(decimal(credits), spent);
      if (!isPositive(left)) return ownErrors.noCredits();
      if (isPositive(subtract(total, left))) return tokens > 0 ? ownErrors.moreCredits({ requested: tokens, affordable: affordable(left) }) : ownErrors.noCredits();
      if (isPositive(subtract(add(total, ...inFlight.values()), left))) return ownErrors.inFlight(RETRY_AFTER);
      inFlight.set(request, total);
      return undefined;
    },
    paid(request, cost) {
      const rest = subtract(inFlight.get(request) ?? cost, cost);
      if (isPositive(rest)) inFlight.set(request, rest);
      else inFlight.delete(request);
    },
    release(request) {
      inFlight.delete(request);
    },
  };
}
