import type { BindToolsInput } from '@langchain/core/language_models/chat_models';
import { convertToOpenAITool, isLangChainTool } from '@langchain/core/utils/function_calling';
import { toJsonSchema } from '@langchain/core/utils/json_schema';
import { isSerializableSchema } from '@langchain/core/utils/standard_schema';
import { type FunctionTool, InvalidOptionsError, type Tool, type ToolChoice } from '@waypost/core';

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The objects of a list from the wire, where anything may stand in place of it, and of them. */
export const records = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.filter(isRecord) : []);

const WORDS: readonly string[] = ['auto', 'none', 'required'];

/**
 * A tool choice as the wire has it: `any` is `required` there, and any other word names a function.
 *
 * @example
 * convertToolChoice('weather') // → { type: 'function', function: { name: 'weather' } }
 */
export function convertToolChoice(choice: unknown): ToolChoice | undefined {
  if (choice == null) return undefined;
  if (choice === 'any') return 'required';
  // The server checks objects, and the words are those of the wire.
  if (typeof choice !== 'string' || WORDS.includes(choice)) return choice as ToolChoice;
  return { type: 'function', function: { name: choice } };
}

/** The server checks what is inside. */
const isFunctionTool = (tool: unknown): tool is FunctionTool =>
  isRecord(tool) && tool['type'] === 'function' && isRecord(tool['function']);

function withStrict(tool: FunctionTool, strict: boolean | undefined): Tool {
  const isOpen = strict !== undefined && tool.function.strict === undefined;
  return isOpen ? { ...tool, function: { ...tool.function, strict } } : tool;
}

function convertTool(tool: BindToolsInput, strict: boolean | undefined, path: string): Tool {
  const given: unknown = tool;
  if (isRecord(given)) {
    const { extras } = given;
    // A LangChain tool that stands for one of the provider's own.
    const native = isRecord(extras) ? extras['providerToolDefinition'] : undefined;
    if (isRecord(native)) return convertTool(native, strict, path);
    if (isFunctionTool(given)) return withStrict(given, strict);
    const converted: unknown = isLangChainTool(given) ? convertToOpenAITool(given) : undefined;
    if (isFunctionTool(converted)) return withStrict(converted, strict);
    const { name, description, schema } = given;
    // A tool's parameters alone, as a standard schema.
    if (typeof name === 'string' && isSerializableSchema(schema)) {
      const described = { name, ...(typeof description === 'string' && { description }) };
      return withStrict({ type: 'function', function: { ...described, parameters: toJsonSchema(schema) } }, strict);
    }
    // A tool that OpenRouter runs, known to this version or not.
    if (typeof given['type'] === 'string' && given['type'] !== 'function') return { ...given, type: given['type'] };
  }
  throw new InvalidOptionsError([
    { path, message: 'is no tool', suggestion: 'give a LangChain tool, { type: "function", function: … }, or a server tool such as { type: "openrouter:web_search" }' },
  ]);
}

/**
 * Tools as the wire has them: LangChain's become functions with a JSON Schema; those of OpenAI's shape and server tools pass.
 *
 * @throws {InvalidOptionsError} for what is no tool.
 */
export function convertTools(tools: readonly BindToolsInput[] | undefined, strict?: boolean): Tool[] | undefined {
  if (tools == null) return undefined;
  if (!Array.isArray(tools)) throw new InvalidOptionsError([{ path: 'tools', message: `expected a list of tools, got ${typeof tools}` }]);
  if (tools.length === 0) return undefined;
  return tools.map((tool, i) => convertTool(tool, strict, `tools[${i}]`));
}
