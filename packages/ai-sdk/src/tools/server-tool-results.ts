import type { JSONValue, LanguageModelV4ToolCall, LanguageModelV4ToolResult, SharedV4ProviderMetadata } from '@ai-sdk/provider';
import { completeArguments, type ReasoningDetail, toolCallId, type Usage } from '@waypost/core';
import { demandedServerTool, type OfferedTools } from './server-tool-choice.js';
import { serverToolNames, type ServerToolName } from './server-tool-names.js';

type ServerToolPart = LanguageModelV4ToolCall | LanguageModelV4ToolResult;

/** What OpenRouter's server tools did in the course of one answer, gathered from its reasoning details. */
export interface ServerToolRuns {
  /** Takes up a detail; a run may come in pieces. */
  add(detail: ReasoningDetail): void;
  /** Parts of what has arrived, each only once. */
  parts(): ServerToolPart[];
  /** The same at the end of an answer, where every run has a result, if an empty one. */
  lastParts(usage: Usage | null | undefined): ServerToolPart[];
}

interface Run {
  readonly key: unknown;
  readonly id: string;
  readonly name: ServerToolName;
  /** Marks a run of which the usage alone tells: neither its arguments nor its result are known. */
  readonly providerMetadata?: SharedV4ProviderMetadata;
  input: unknown;
  result: unknown;
  called: boolean;
  answered: boolean;
}

/** Whether a reasoning detail tells of a server tool. */
export function isServerToolCall(detail: ReasoningDetail): boolean {
  return detail.type === 'reasoning.server_tool_call';
}

/** A value with a further piece of it; the same text again is a repetition. */
function grown(value: unknown, piece: unknown): unknown {
  if (piece == null) return value;
  return typeof value === 'string' && typeof piece === 'string' && piece !== value ? value + piece : piece;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : value == null ? '' : JSON.stringify(value));

/** The arguments as JSON, which they should be. */
function inputOf(value: unknown): string {
  const json = text(value);
  return completeArguments({ arguments: json }) ?? JSON.stringify(json);
}

/** A result that is JSON as what it says; any other as text. */
function resultOf(value: unknown): NonNullable<JSONValue> {
  try {
    // It came as JSON, either way.
    return ((typeof value === 'string' ? JSON.parse(value) : value) as JSONValue) ?? text(value);
  } catch {
    return text(value);
  }
}

/**
 * Turns the details of server tools into calls that the provider executed, and their results.
 *
 * Source: OpenRouter API, server tools: `tool_name`, `tool_call_id`, `arguments`, `result`.
 */
export function createServerToolRuns(offered: OfferedTools, generationId: string | undefined): ServerToolRuns {
  let nameOf: ReturnType<typeof serverToolNames> | undefined;
  const runs: Run[] = [];
  const ids = new Set<string>();

  /** Whether what comes next under the same id belongs to a run: not if its arguments were complete, and others come. */
  const goesOn = (run: Run, input: unknown): boolean =>
    [text(run.input), ''].includes(text(input)) || completeArguments({ arguments: text(run.input) }) === undefined;

  const freeId = (given: unknown): string => {
    const made = `server_${toolCallId({ id: '', position: runs.length }, generationId)}`;
    const id = typeof given === 'string' && given !== '' && !ids.has(given) ? given : made;
    ids.add(id);
    return id;
  };

  const begin = (key: unknown, id: unknown, run: Pick<Run, 'name' | 'providerMetadata'> & { input?: unknown; result?: unknown }): void => {
    runs.push({ input: undefined, result: undefined, ...run, key, id: freeId(id), called: false, answered: false });
  };

  const parts = (ended: boolean): ServerToolPart[] =>
    runs.flatMap((run) => {
      const call = { toolCallId: run.id, ...run.name, ...(run.providerMetadata && { providerMetadata: run.providerMetadata }) };
      const news: ServerToolPart[] = run.called ? [] : [{ type: 'tool-call', ...call, input: inputOf(run.input), providerExecuted: true }];
      run.called = true;
      if (run.answered || !(ended || run.result != null)) return news;
      run.answered = true;
      return [...news, { type: 'tool-result', ...call, result: resultOf(run.result) }];
    });

  return {
    add(detail) {
      // Any field may be missing, or of another type than it should be.
      const { tool_call_id: id, index, tool_name: tool, arguments: input, result }: { readonly [field: string]: unknown } = { ...detail };
      const key = id ?? index;
      const run = runs.findLast((one) => key != null && one.key === key);
      if (run && goesOn(run, input)) {
        run.input = grown(run.input, input);
        run.result = grown(run.result, result);
      } else {
        nameOf ??= serverToolNames(offered.tools);
        begin(key, id, { name: nameOf(text(tool)), input, result });
      }
    },
    parts: () => parts(false),
    lastParts(usage) {
      const toolName = runs.length > 0 ? undefined : demandedServerTool(offered, usage);
      if (toolName !== undefined) begin(undefined, undefined, { name: { toolName }, providerMetadata: { openrouter: { inferred_from: 'usage' } } });
      return parts(true);
    },
  };
}
