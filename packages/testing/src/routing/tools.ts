import type { FunctionTool, Tool } from '@waypost/core';

export function isFunctionTool(tool: Tool): tool is FunctionTool {
  return tool.type === 'function' && typeof tool.function === 'object' && tool.function !== null;
}

/** The name of a function tool; a tool that OpenRouter runs has none. */
export function functionName(tool: Tool): string | undefined {
  return isFunctionTool(tool) ? tool.function.name : undefined;
}
