import type { SharedV4Warning } from '@ai-sdk/provider';
import type { ChatRequest } from '@waypost/core';

type Headers = { readonly [name: string]: string | undefined };
type Sent = Pick<ChatRequest, 'model' | 'tools' | 'plugins' | 'modalities' | 'debug'>;

// Without it, `strict` is taken from tools for Claude. Source: OpenRouter API, provider routing.
const STRICT_TOOLS = 'structured-outputs-2025-11-13';

function asksForStrictTools(headers: readonly (Headers | undefined)[]): boolean {
  return headers.flatMap((some) => Object.entries(some ?? {})).some(([name, value]) => name.toLowerCase() === 'x-anthropic-beta' && value?.includes(STRICT_TOOLS));
}

/** What the server is known to pass over in a request as it was sent. Source: OpenRouter API, chat completions, plugins. */
export function droppedWarnings({ model, tools, plugins, modalities, debug }: Sent, headers: readonly (Headers | undefined)[], stream: boolean): SharedV4Warning[] {
  const warnings: SharedV4Warning[] = [];
  const unsupported = (feature: string, details: string): void => void warnings.push({ type: 'unsupported', feature, details });
  const strict = Array.isArray(tools) && tools.some((tool) => 'function' in tool && tool.function?.strict === true);
  if (strict && /^~?anthropic\//.test(model ?? '') && !asksForStrictTools(headers)) {
    unsupported('strict tools', `For Claude the header x-anthropic-beta: ${STRICT_TOOLS} is needed.`);
  }
  if (stream) {
    const heals = Array.isArray(plugins) && plugins.some((plugin) => plugin?.id === 'response-healing' && plugin['enabled'] !== false);
    if (heals) unsupported('plugin response-healing', 'It does nothing in streams.');
    return warnings;
  }
  if (Array.isArray(modalities) && modalities.includes('audio')) unsupported('sound without streaming', 'Sound comes in streams only.');
  if (debug?.echo_upstream_body) unsupported('debug.echo_upstream_body', 'It comes in streams only.');
  return warnings;
}
