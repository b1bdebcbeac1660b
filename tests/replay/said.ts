import { amount, list, type Loose, object, parse, text } from './loose.js';

/** A tool call, its arguments in one spelling of their JSON; as they came where they are none. */
export interface SaidCall {
  /** Empty where the server gave none. */
  readonly id: string;
  readonly name: string;
  readonly args: string;
}

/** Everything that an answer says, in one form for what is expected and for what an adapter gave. */
export interface Said {
  readonly id: string;
  readonly model: string;
  readonly text: string;
  /** The thinking, as its text fields have it and as its details have it: they may differ by line ends between parts. */
  readonly reasoning: readonly string[];
  readonly refusal: string;
  readonly calls: readonly SaidCall[];
  readonly images: readonly string[];
  readonly audio: string;
  readonly annotations: readonly string[];
  readonly details: SaidDetails;
  readonly usage: SaidUsage | undefined;
  readonly finish: string | null;
}

/** The reasoning details by what must survive until the next turn. */
export interface SaidDetails {
  readonly text: string;
  readonly summary: string;
  readonly encrypted: readonly string[];
  readonly signatures: readonly string[];
}

export interface SaidUsage {
  readonly input: number | undefined;
  readonly output: number | undefined;
  readonly total: number | undefined;
  readonly cached: number | undefined;
  readonly reasoning: number | undefined;
  /** USD. */
  readonly cost: number | undefined;
}

/** One spelling for the same arguments. No arguments are `{}`. */
export function spellArgs(args: unknown): string {
  const given = typeof args === 'string' ? args : JSON.stringify(args ?? null);
  const trimmed = given.trim();
  if (trimmed === '' || trimmed === 'null') return '{}';
  const parsed = parse(given);
  return parsed === undefined ? given : JSON.stringify(parsed);
}

export function isWhole({ args }: SaidCall): boolean {
  return parse(args) !== undefined;
}

/** In an order that does not depend on who lists them. */
export function sortCalls(calls: readonly SaidCall[]): readonly SaidCall[] {
  const key = ({ name, args }: SaidCall): string => `${name} ${args}`;
  return calls.toSorted((a, b) => (key(a) < key(b) ? -1 : Number(key(a) > key(b))));
}

/** A picture's data, or its address. */
export function pictureOf(image: unknown): string {
  const url = text(object(object(image)['image_url'])['url']);
  return url.startsWith('data:') ? url.slice(url.indexOf(',') + 1) : url;
}

export function annotationOf(annotation: unknown): string {
  const { type, url_citation: citation, file } = object(annotation);
  if (type === 'url_citation') return `${text(object(citation)['url'])} ${text(object(citation)['title'])}`;
  return `${text(type)} ${JSON.stringify(file)}`;
}

/** Gathers details, whole ones or the pieces of a stream. */
export function saidDetails(details: readonly unknown[]): SaidDetails {
  const all = details.map(object);
  const strings = (field: string): readonly string[] => all.map((detail) => text(detail[field])).filter((value) => value !== '');
  return {
    text: all.filter(({ type }) => type === 'reasoning.text').map((detail) => text(detail['text'])).join(''),
    summary: all.filter(({ type }) => type === 'reasoning.summary').map((detail) => text(detail['summary'])).join(''),
    encrypted: strings('data'),
    signatures: strings('signature'),
  };
}

/** What can be read of a detail. */
export function readable(detail: unknown): string {
  const { type, text: said, summary } = object(detail);
  return type === 'reasoning.text' ? text(said) : type === 'reasoning.summary' ? text(summary) : '';
}

export function saidUsage(usage: unknown): SaidUsage | undefined {
  if (typeof usage !== 'object' || usage === null) return undefined;
  const all = object(usage);
  return {
    input: amount(all['prompt_tokens']),
    output: amount(all['completion_tokens']),
    total: amount(all['total_tokens']),
    cached: amount(object(all['prompt_tokens_details'])['cached_tokens']),
    reasoning: amount(object(all['completion_tokens_details'])['reasoning_tokens']),
    cost: amount(all['cost']),
  };
}

/** What a whole JSON answer says. */
export function saidInResponse(body: unknown): Said {
  const response = object(body);
  const choice = object(list(response['choices'])[0]);
  const message = object(choice['message']);
  const details = list(message['reasoning_details']);
  return {
    id: text(response['id']),
    model: text(response['model']),
    text: text(message['content']),
    reasoning: [text(message['reasoning']), details.map(readable).join('')],
    refusal: text(message['refusal']),
    calls: list(message['tool_calls']).map(object).map((call) => saidCall(call)),
    images: list(message['images']).map(pictureOf),
    audio: text(object(message['audio'])['data']),
    annotations: list(message['annotations']).map(annotationOf),
    details: saidDetails(details),
    usage: saidUsage(response['usage']),
    finish: typeof choice['finish_reason'] === 'string' ? choice['finish_reason'] : null,
  };
}

function saidCall(call: Loose): SaidCall {
  const fn = object(call['function']);
  return { id: text(call['id']), name: text(fn['name']), args: spellArgs(fn['arguments']) };
}
