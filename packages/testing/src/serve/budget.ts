import type { ChatRequest } from '@waypost/core';
import { add, type Decimal, decimal, multiply, subtract, toNumber } from '../decimal.js';
import type { Candidate } from '../routing/types.js';
import { type OwnError, ownErrors } from '../scenario/own-error.js';
import { promptTokens, requestedTokens } from './tokens.js';

/** Seconds after which a request that met others in flight may come again. */
const RETRY_AFTER = 1;

/** The credits of an account, where they are enforced: what requests in flight could still cost is set aside. */
export interface Budget {
  /** Sets aside what a request could cost at an endpoint, or says why it cannot be paid. `request`: its number. */
  reserve(request: number, candidate: Candidate, body: ChatRequest, spent: Decimal): OwnError | undefined;
  /** What a request costs is known, though it is not over. */
  paid(request: number, cost: Decimal): void;
  /** The request is over. */
  release(request: number): void;
}

function isPositive({ digits }: Decimal): boolean {
  return digits > 0n;
}

/** What the prompt costs, and the price of each token of the answer; all at the list price, since a cache may not hit. */
function estimate({ endpoint }: Candidate, body: ChatRequest): { readonly prompt: Decimal; readonly perToken: Decimal; readonly tokens: number } {
  const { pricing } = endpoint;
  const room = Math.max(0, endpoint.contextLength - promptTokens(body));
  return {
    prompt: add(multiply(decimal(pricing.prompt), promptTokens(body)), decimal(pricing.request)),
    perToken: decimal(pricing.completion),
    tokens: requestedTokens(body) ?? endpoint.maxCompletionTokens ?? room,
  };
}

/** @param credits USD bought. */
export function createBudget(credits: number): Budget {
  const inFlight = new Map<number, Decimal>();

  return {
    reserve(request, candidate, body, spent) {
      const { prompt, perToken, tokens } = estimate(candidate, body);
      const needed = add(prompt, multiply(perToken, tokens));
      // nothing is set aside for what costs nothing, nor where the provider is paid by another
      if (!isPositive(needed) || candidate.byok) return undefined;
      const left = subtract(decimal(credits), spent);
      if (!isPositive(left)) return ownErrors.noCredits();
      const short = subtract(needed, left);
      if (isPositive(short)) {
        const forAnswer = subtract(left, prompt);
        const affordable = isPositive(forAnswer) && isPositive(perToken) ? Math.floor(toNumber(forAnswer) / toNumber(perToken)) : 0;
        return ownErrors.moreCredits({ requested: tokens, affordable });
      }
      if (isPositive(subtract(add(needed, ...inFlight.values()), left))) return ownErrors.inFlight(RETRY_AFTER);
      inFlight.set(request, needed);
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
