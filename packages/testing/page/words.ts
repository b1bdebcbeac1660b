import type { PageRequest, PageVerdict } from '../src/page/page-request.js';

/** USD, however small, without an exponent: it comes as an exact decimal and stays one. */
export function money(cost: string): string {
  return `$${cost}`;
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(share > 0 && share < 0.01 ? 2 : 1).replace(/\.0+$/, '')} %`;
}

export function milliseconds(value: number): string {
  return value < 10_000 ? `${Math.round(value)} ms` : `${(value / 1000).toFixed(1)} s`;
}

export function nameOf({ model, tag }: { readonly model: string; readonly tag: string }): string {
  return `${model} at ${tag}`;
}

export function count(amount: number, one: string, several = `${one}s`): string {
  return `${amount.toLocaleString('en')} ${amount === 1 ? one : several}`;
}

export type Outcome = 'served' | 'failed' | 'running' | 'left';

export function outcomeOf({ state, status }: PageRequest): Outcome {
  if (state === 'left') return 'left';
  if (state === 'waiting' || state === 'answering') return 'running';
  return state === 'done' && status < 400 ? 'served' : 'failed';
}

/** The status, or what there is instead of one. */
export function statusWords({ state, status }: PageRequest): string {
  switch (state) {
    case 'waiting': return 'waiting';
    case 'answering': return `${status} answering`;
    case 'left': return status === 0 ? 'client left' : `${status} client left`;
    case 'broken': return 'broken off';
    default: return String(status);
  }
}

/** What an endpoint said in an attempt. */
export function attemptWords({ status, durationMs }: PageRequest['attempts'][number]): string {
  if (status !== 0) return String(status);
  return durationMs === undefined ? 'no answer yet' : 'no answer';
}

/** How an attempt looks. */
export function attemptKind({ status, durationMs }: PageRequest['attempts'][number]): 'ok' | 'bad' | 'running' {
  if (status === 0 && durationMs === undefined) return 'running';
  return status > 0 && status < 400 ? 'ok' : 'bad';
}

export function failedOver({ attempts }: PageRequest): boolean {
  return attempts.length > 1;
}

export function verdictWords(verdict: PageVerdict | undefined): string {
  return verdict ?? 'no guardrails';
}

/** The part of the path that tells routes apart. */
export function shortPath(path: string): string {
  return path.replace(/^\/api\/(v1|alpha)\//, '');
}
