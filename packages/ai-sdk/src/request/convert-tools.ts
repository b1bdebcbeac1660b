import type { JSONSchema7, LanguageModelV4CallOptions, LanguageModelV4ProviderTool, SharedV4Warning } from '@ai-sdk/provider';
import type { JsonObject, Tool, ToolChoice } from '@waypost/core';
import { cacheControl, marked, own } from './convert-parts.js';
import { isRecord } from '../call/is-record.js';

type Tools = NonNullable<LanguageModelV4CallOptions['tools']>;

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

// Source: OpenRouter API, server tools.
const NOT_ON_CHAT = /^openrouter:(shell|apply_patch|tool_search)$/;

/** The wire's type of a server tool, where chat has it: `openrouter.web_search` and `openrouter.webSearch` are `openrouter:web_search`. */
export function serverToolType({ id }: LanguageModelV4ProviderTool): string | undefined {
  const type = snake(id.replace(/^openrouter\./, 'openrouter:'));
  return type.startsWith('openrouter:') && !NOT_ON_CHAT.test(type) ? type : undefined;
}

/** Options in the spelling of the wire, deep ones too; the tools among them are in it already. */
function onWire(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(onWire);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(entries.map(([name, part]) => [snake(name), name === 'tools' ? part : onWire(part)]));
}

/** The AI SDK's tools as tools of the wire; tools that another provider runs are left out, with a warning. */
export function convertTools(tools: Tools | undefined, warnings: SharedV4Warning[]): Tool[] | undefined {
  if (!tools || tools.length === 0) return undefined;
  const converted: Tool[] = [];
  for (const tool of tools) {
    if (tool.type === 'function') {
      const { eager_input_streaming: eager } = own(tool.providerOptions);
      if (tool.inputExamples?.length) warnings.push({ type: 'unsupported', feature: `input examples of tool "${tool.name}"` });
      converted.push({
        type: 'function',
        function: {
          name: tool.name,
          ...(tool.description !== undefined && { description: tool.description }),
          parameters: asJson(tool.inputSchema),
          ...(tool.strict !== undefined && { strict: tool.strict }),
        },
        ...marked(cacheControl(tool.providerOptions)),
        ...(eager != null && { eager_input_streaming: eager }),
      });
      continue;
    }
    const type = serverToolType(tool);
    if (type === undefined) {
      const details = `${tool.id.startsWith('openrouter.') ? 'Only the Responses API has it.' : 'OpenRouter runs only tools of its own.'} The tool is left out.`;
      warnings.push({ type: 'unsupported', feature: `provider tool ${tool.id}`, details });
      continue;
    }
    // Documented under `parameters`; also beside `type`, where other clients put them.
    const parameters = onWire(tool.args ?? {}) as JsonObject;
    converted.push({ ...parameters, type, ...(Object.keys(parameters).length > 0 && { parameters }) });
  }
  return converted.length > 0 ? converted : undefined;
}

function asJson(schema: JSONSchema7): JsonObject {
  // A JSON Schema is JSON; its type only lacks the index signature.
  return schema as JsonObject;
}

/** The AI SDK's tool choice on the wire; without tools there is none. */
export function convertToolChoice(choice: LanguageModelV4CallOptions['toolChoice'], tools: Tools | undefined): ToolChoice | undefined {
  if (!choice || choice.type !== 'tool') return choice?.type;
  const chosen = tools?.find((tool) => tool.name === choice.toolName);
  if (chosen?.type !== 'provider') return { type: 'function', function: { name: choice.toolName } };
  const type = serverToolType(chosen);
  // One that was left out cannot be chosen.
  return type === undefined ? undefined : { type };
}
