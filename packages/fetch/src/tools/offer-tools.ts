import { type FunctionTool, InvalidOptionsError, type JsonObject, type OptionIssue, type Tool } from '@waypost/core';
import { isObject, readSchema } from '../schema/read-schema.js';
import type { StandardResult } from '../schema/standard-schema.js';
import { closeObjects } from '../schema/strict-schema.js';
import type { RunToolsOptions } from './options.js';
import type { ToolContext, ToolDefinition } from './tool.js';

/** What an input came to: the tool's work, ready to be started, or what is wrong with the input. */
type Readied = StandardResult<(context: ToolContext) => unknown>;

/** A tool that can be run. */
interface OfferedTool {
  /** Undefined for a tool whose calls are handed out. */
  readonly ready: ((input: unknown) => Promise<Readied>) | undefined;
}

/** The tools of one run. */
export interface Offer {
  /** For the request: the caller's own, then ours. */
  readonly tools: readonly Tool[];
  readonly byName: ReadonlyMap<string, OfferedTool>;
}

const NAME = /^[\w-]{1,64}$/;
const NO_INPUT: JsonObject = { type: 'object', properties: {} };

const isFunctionTool = (tool: Tool): tool is FunctionTool => tool.type === 'function' && isObject(tool['function']);

function bind<Input>(name: string, definition: ToolDefinition<Input>): { wire: FunctionTool; offered: OfferedTool } {
  const { description, parameters = NO_INPUT, jsonSchema, strict, cache_control, execute } = definition;
  const reader = readSchema(parameters, jsonSchema, `tools.${name}.parameters`, `tools.${name}.jsonSchema`);
  const schema = strict && reader.derived ? closeObjects(reader.json) : reader.json;
  const ready = async (input: unknown): Promise<Readied> => {
    const checked = await reader.check(input);
    return checked.issues ? checked : { value: (context) => execute?.call(definition, checked.value, context) };
  };
  return {
    wire: {
      type: 'function',
      function: { name, ...(description !== undefined && { description }), parameters: schema, ...(strict !== undefined && { strict }) },
      ...(cache_control && { cache_control }),
    },
    offered: { ready: execute && ready },
  };
}

function checkTool(name: string, definition: unknown): OptionIssue | undefined {
  const path = `tools.${name}`;
  if (!NAME.test(name)) return { path, message: 'is not a name for a tool', suggestion: 'at most 64 letters, digits, "_" and "-"' };
  if (typeof definition !== 'object' || definition === null) return { path, message: `expected a tool, got ${typeof definition}`, suggestion: 'such as { description, parameters, execute }' };
  if ('type' in definition || '~standard' in definition) return { path, message: 'is not a tool of this loop', suggestion: 'write { description, parameters, execute }; tools as the wire has them, such as OpenRouter\'s own, go into request.tools' };
  const execute = 'execute' in definition ? definition.execute : undefined;
  if (execute !== undefined && typeof execute !== 'function') return { path: `${path}.execute`, message: `expected a function, got ${typeof execute}`, suggestion: 'leave it out to be handed the calls' };
  return undefined;
}

/**
 * Makes the wire's tools out of the caller's. Tools that stand in the request are kept; calls of its functions are handed out.
 *
 * @throws {InvalidOptionsError} listing all tools that are wrong.
 */
export function offerTools<Inputs>(tools: RunToolsOptions<Inputs>['tools'], own: readonly Tool[] | null | undefined): Offer {
  if (typeof tools !== 'object' || tools === null || Array.isArray(tools)) throw new InvalidOptionsError([{ path: 'tools', message: 'expected an object', suggestion: 'tools by their names: { weather: { parameters, execute } }' }]);
  if (own != null && !Array.isArray(own)) throw new InvalidOptionsError([{ path: 'request.tools', message: `expected a list, got ${typeof own}` }]);
  const kept = own ?? [];
  const byName = new Map<string, OfferedTool>(kept.filter(isFunctionTool).map((tool) => [tool.function.name, { ready: undefined }]));
  const wire: Tool[] = [...kept];
  const issues: OptionIssue[] = [];
  for (const name in tools) {
    const issue = byName.has(name) ? { path: `tools.${name}`, message: 'is the name of a tool in request.tools too' } : checkTool(name, tools[name]);
    if (issue) {
      issues.push(issue);
      continue;
    }
    try {
      const bound = bind(name, tools[name]);
      byName.set(name, bound.offered);
      wire.push(bound.wire);
    } catch (error) {
      if (!InvalidOptionsError.isInstance(error)) throw error;
      issues.push(...error.issues);
    }
  }
  if (issues.length > 0) throw new InvalidOptionsError(issues);
  return { tools: wire, byName };
}
