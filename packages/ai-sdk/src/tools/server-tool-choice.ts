import type { LanguageModelV4CallOptions } from '@ai-sdk/provider';
import type { Usage } from '@waypost/core';

/** What a call offers the model, and what it must use. */
export type OfferedTools = Pick<LanguageModelV4CallOptions, 'tools' | 'toolChoice'>;

/**
 * The server tool that the model had to use, where the usage says that a server tool ran. Answers need not tell of it otherwise,
 * and the AI SDK takes one without the call that it demanded for an error.
 */
export function demandedServerTool({ tools = [], toolChoice }: OfferedTools, usage: Usage | null | undefined): string | undefined {
  // Source: OpenRouter API, usage accounting, which has both names.
  const { tool_calls_executed: executed, web_search_requests: searches } = usage?.server_tool_use_details ?? usage?.server_tool_use ?? {};
  if (!executed && !searches) return undefined;
  const demanded = tools.filter(({ type, name }) => type === 'provider' && (toolChoice?.type === 'required' || (toolChoice?.type === 'tool' && toolChoice.toolName === name)));
  return demanded.length === 1 ? demanded[0]?.name : undefined;
}
