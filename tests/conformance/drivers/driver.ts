import { type CallOptions, type ClientOptions, OpenRouterError, type Receipt } from '@waypost/core';

export type Fields = { readonly [name: string]: unknown };

/** What the suite says in one call; each driver says it in the words of its framework. */
export interface Request {
  messages?: readonly { role: 'system' | 'user'; content: string }[];
  tools?: readonly { name: string; description: string; parameters: Fields }[];
  toolChoice?: 'required';
  temperature?: number;
  maxTokens?: number;
  topP?: number;
  seed?: number;
  stop?: string[];
}

/**
 * Where a user can write options, outermost first: the constructor, a raw body given to it, what is set for a model, the options of a
 * call, a raw body given with the call.
 */
export type Door = 'client' | 'clientRaw' | 'model' | 'call' | 'raw';

/** One call, with what is said at each door. What is wrong on purpose is why the doors take any fields. */
export interface Plan {
  client?: Omit<ClientOptions, 'provider' | 'models'> & { provider?: unknown; models?: unknown; [option: string]: unknown };
  clientRaw?: Fields;
  /** Default `acme/atlas`. */
  modelId?: string;
  model?: Fields;
  call?: Omit<CallOptions, 'provider' | 'models'> & { provider?: unknown; models?: unknown; [option: string]: unknown };
  raw?: Fields;
  request?: Request;
  stream?: boolean;
}

interface ToolCall {
  id: string;
  name: string;
  /** Parsed. */
  input: unknown;
}

/** What a call gave, whether it ended well or not. */
export interface Outcome {
  /** All text that reached the caller, also before an error. */
  text: string;
  reasoning: string;
  toolCalls: ToolCall[];
  receipt?: Receipt | undefined;
  /** The texts of the warnings. */
  warnings: string[];
  /** As the framework threw it. */
  error?: unknown;
}

/** How one adapter is used. */
export interface Driver {
  readonly name: string;
  /** The doors that it has. */
  readonly doors: readonly Door[];
  /** Which door each layer that receipts name stands for. */
  readonly layers: { readonly [layer: string]: Door };
  /** What the layer of a call's raw body is called. */
  readonly rawLayer: string;
  /** Fields that the framework itself adds to a body. */
  readonly adds: { readonly [field: string]: unknown };
  /** Never rejects: what is thrown is in `error`. */
  run(plan: Plan): Promise<Outcome>;
  /** Makes a model, whatever it is there, without calling it. */
  create(plan: Plan): unknown;
}

/** The error of ours in what a framework threw; undefined where there is none. */
export function ours(error: unknown): OpenRouterError | undefined {
  if (OpenRouterError.isInstance(error)) return error;
  return error instanceof Error && error.cause !== undefined ? ours(error.cause) : undefined;
}
