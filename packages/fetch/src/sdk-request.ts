import { InvalidOptionsError } from '@waypost/core';
import { untilAborted } from './until-aborted.js';

/** What a `fetch` takes. */
export type FetchInput = string | URL | Request;

/** What an SDK gave to `fetch`, wherever it said it. */
export interface SdkRequest {
  /** Undefined for what is no URL. */
  readonly url: URL | undefined;
  /** In capitals. */
  readonly method: string;
  readonly headers: Headers;
  readonly signal: AbortSignal | undefined;
  /** What else was said, which only the platform understands: `keepalive`, a dispatcher … */
  readonly rest: RequestInit;
  /** Whether the body is a form with files, and no text. */
  readonly isForm: boolean;
  /** Reads the body, whatever it is given as. */
  text(): Promise<string>;
  form(): Promise<FormData>;
}

export const isRequest = (input: FetchInput): input is Request => typeof input === 'object' && input !== null && 'method' in input;

/** What an address without a host stands below, where there is a page or a worker. */
function here(): string | undefined {
  const { document, location } = globalThis as { document?: { baseURI?: string }; location?: { href?: string } };
  return document?.baseURI ?? location?.href;
}

/** The URL that the platform would make of an address, whatever it is given as. */
function urlOf(href: string): URL | undefined {
  // first by itself, since what stands for a page's address may be anything
  if (URL.canParse(href)) return new URL(href);
  const base = here();
  return base !== undefined && URL.canParse(href, base) ? new URL(href, base) : undefined;
}

/** Reads the arguments of a `fetch`; what `init` says stands over what the request says, as the standard has it. */
export function readArguments(input: FetchInput, init: RequestInit | null | undefined): SdkRequest {
  const request = isRequest(input) ? input : undefined;
  const { body, headers = request?.headers, method = request?.method ?? 'GET', signal = request?.signal, ...rest } = init ?? {};
  const all = new Headers(headers);
  const type = all.get('content-type');
  const whole = (): Response => {
    if (body == null && request?.bodyUsed) throw new InvalidOptionsError([{ path: 'body', message: 'has been read already', suggestion: 'make a request for each call' }]);
    return new Response(body ?? request?.body ?? null, type === null ? {} : { headers: { 'content-type': type } });
  };
  const read = <Value>(work: (response: Response) => Promise<Value>): Promise<Value> => untilAborted(work(whole()), signal ?? undefined);
  return {
    // objects too become text, as `fetch` has it
    url: urlOf(isRequest(input) ? input.url : String(input)),
    method: method.toUpperCase(),
    headers: all,
    signal: signal ?? undefined,
    rest,
    isForm: /^multipart\//i.test(type ?? '') || Object.prototype.toString.call(body) === '[object FormData]',
    // hot: SDKs give text
    text: async () => (typeof body === 'string' ? body : read((response) => response.text())),
    form: async () => read((response) => response.formData()),
  };
}
