import { type Effects, OpenRouterError, type Receipt, type TimeLimits } from '@waypost/core';
import type { Client, Connection, Ending } from './clients/client.js';
import { describeError } from './clients/describe.js';
import type { Fault } from './faults/fault.js';
import { type Mode, whole } from './modes.js';
import { gateway } from './servers/gateway.js';
import { type Payload, payloadOf } from './servers/payload.js';
import type { Served } from './servers/served.js';
import { watch } from './watch.js';

/** One fault met by one client in one mode. */
export interface Cell {
  readonly fault: Fault;
  readonly client: Client;
  readonly mode: Mode;
}

/** How a cell ended. */
export interface Outcome {
  /** In the words of the table. */
  readonly end: string;
  /** The same of the core's error, which is the error or its cause. */
  readonly cause: string;
  /** HTTP requests that were made. */
  readonly requests: number;
  /** The waits between them, in milliseconds. */
  readonly waits: readonly number[];
  /** Timers, listeners and sockets that the call did not give back. */
  readonly left: readonly string[];
  /** Milliseconds from the call to its end. */
  readonly took: number;
}

/** What the caller aborts with. */
const ABORT = new Error('no longer wanted');

/** Far above what a loopback needs, so that a busy machine runs into none of them. */
const GENEROUS: Required<TimeLimits> = { timeout: 10_000, firstTokenTimeout: 10_000, idleTimeout: 10_000, deadline: 15_000 };

const limitsOf = ({ fault, mode }: Cell): Required<TimeLimits> => Object.assign({}, GENEROUS, fault.limits?.[mode.kind]);

/** Limits of a single request are the second one's too, which must not run into them on a busy machine. */
function roomy({ timeout, firstTokenTimeout, idleTimeout, deadline }: Required<TimeLimits>): TimeLimits {
  const longer = (limit: number | undefined): number => (limit ?? Infinity) * 8;
  return { timeout: longer(timeout), firstTokenTimeout: longer(firstTokenTimeout), idleTimeout: longer(idleTimeout), deadline };
}

/** Milliseconds within which a cell must have ended: the limit that it is to run into, and time for a busy machine. */
export function mostTime(cell: Cell): number {
  return Math.min(cell.fault.abortAfter ?? Infinity, ...Object.values(limitsOf(cell))) + 2000;
}

/** What the suite expects of a cell. */
export function expectedOf({ fault, client, mode: { kind } }: Cell): string {
  return (client.name === '@waypost/ai-sdk' ? fault.aiSdk?.[kind] : undefined) ?? client.words(fault.ends[kind], kind);
}

const arrived = ({ fault, mode }: Cell, payload: Payload): string => {
  const much = fault.arrives?.[mode.kind];
  return much === undefined ? '' : much === 'half' ? payload.halfSaid : whole(mode);
};

/** The error of the core: an error itself, or what caused it. */
const coreOf = (error: unknown): unknown => (error instanceof Error && !OpenRouterError.isInstance(error) ? error.cause : error);

function receiptOf(error: unknown): Receipt | undefined {
  const own = coreOf(error);
  return OpenRouterError.isInstance(own) ? own.receipt : undefined;
}

function endOf(cell: Cell, payload: Payload, { received, failure }: Ending, requests: number, describe: (error: unknown) => string): string {
  const { client, mode } = cell;
  if (failure === undefined) return received === whole(mode) ? 'answer' : `wrong answer: ${received}`;
  const due = arrived(cell, payload);
  if (failure.error === ABORT) return received === due ? 'the reason of the signal' : `the reason of the signal, but handed out ${received}, of ${due}`;
  const words = describe(failure.error);
  const attempts = receiptOf(failure.error)?.attempts?.length;
  if (attempts !== requests) return `${words}, with ${attempts} attempts on its receipt`;
  const kept = client.kept(failure.error);
  const handed = mode.kind === 'stream' ? received : (kept ?? '');
  if ((kept ?? '') !== due || handed !== due) return `${words}, lost: kept ${kept}, handed out ${received}, of ${due}`;
  return due === '' ? words : `${words}, all kept`;
}

const portOf = ({ url }: Served): number => Number(new URL(url).port);

/**
 * Makes one call against one fault.
 *
 * @param retry retries of the client's own; the fault happens once, and whatever is asked after it is answered well.
 */
export async function runCell(cell: Cell, retry?: Connection['retry']): Promise<Outcome> {
  const { fault, client, mode } = cell;
  const payload = payloadOf(mode);
  const bad = await fault.serve(mode, payload);
  const good = retry && (await gateway(mode));
  const { controller, timer, left } = watch([bad, ...(good ? [good] : [])].map(portOf));
  let requests = 0;
  const waits: number[] = [];
  const effects: Partial<Effects> = {
    timer,
    fetch(url, init) {
      requests += 1;
      return fetch(requests === 1 || !good ? url : url.replace(bad.url, good.url), init);
    },
    sleep(ms) {
      waits.push(ms);
      return Promise.resolve();
    },
  };
  try {
    const started = performance.now();
    const abort = fault.abortAfter === undefined ? undefined : setTimeout(() => controller.abort(ABORT), fault.abortAfter);
    const connection = { url: bad.url, limits: retry ? roomy(limitsOf(cell)) : limitsOf(cell), sizes: fault.sizes ?? {}, signal: controller.signal, effects, retry };
    const ending = await client.run(mode, connection);
    clearTimeout(abort);
    const took = performance.now() - started;
    const say = (describe: (error: unknown) => string): string => endOf(cell, payload, ending, requests, describe);
    const end = say((error) => `${ending.failure?.part ? 'error part ' : ''}${client.describe(error)}`);
    return { end, cause: say((error) => describeError(coreOf(error))), requests, waits, left: await left(), took };
  } finally {
    await Promise.all([bad.close(), good?.close()]);
  }
}
