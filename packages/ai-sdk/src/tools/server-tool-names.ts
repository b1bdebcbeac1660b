import type { LanguageModelV4CallOptions } from '@ai-sdk/provider';
import { serverToolType } from '../request/convert-tools.js';

type Tools = LanguageModelV4CallOptions['tools'];

/** What a call of a server tool is called, and whether the caller does not know the tool by that name. */
export interface ServerToolName {
  readonly toolName: string;
  readonly dynamic?: true;
}

const bare = (type: string): string => type.replace(/^openrouter[^a-z]+/, '');

/**
 * The names that the caller gave to server tools. What ran without being asked for, as by a plugin, keeps the server's name;
 * where another tool of the caller has that name, it gets the prefix that server tools have.
 */
export function serverToolNames(tools: Tools): (wireName: string) => ServerToolName {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const tool of tools ?? []) {
    taken.add(tool.name);
    const type = tool.type === 'provider' ? serverToolType(tool) : undefined;
    if (type !== undefined && !names.has(bare(type))) names.set(bare(type), tool.name);
  }
  return (wireName) => {
    const toolName = names.get(bare(wireName));
    if (toolName !== undefined) return { toolName };
    return { toolName: taken.has(wireName) ? `openrouter:${wireName}` : wireName, dynamic: true };
  };
}
