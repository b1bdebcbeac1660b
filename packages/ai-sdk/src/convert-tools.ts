import type { JSONSchema7, LanguageModelV4CallOptions, LanguageModelV4ProviderTool, SharedV4Warning } from '@ai-sdk/provider';
import type { JsonObject, Tool, ToolChoice } from '@waypost/core';
import { cacheControl, marked, own } from './convert-parts.js';

type Tools = NonNullable<LanguageModelV4CallOptions['tools']>;

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The wire's type of a server tool: `openrouter.web_search` and `openrouter.webSearch` are `openrouter:web_search`. */
function serverToolType(tool: LanguageModelV4ProviderTool): string | undefined {
  return tool.id.startsWith('openrouter.') ? `openrouter:${snake(tool.id.slice('openrouter.'.length))}` : undefined;
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
      warnings.push({ type: 'unsupported', feature: `provider tool ${tool.id}`, details: 'OpenRouter runs only tools of its own. The tool is left out.' });
      continue;
    }
    const args = Object.entries(tool.args).flatMap(([name, value]) => (value === undefined ? [] : [[snake(name), value]]));
    // Documented under `parameters`; also beside `type`, where other clients put them.
    const parameters: JsonObject = Object.fromEntries(args);
    converted.push({ ...parameters, type, ...(args.length > 0 && { parameters }) });
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
  const server = chosen?.type === 'provider' ? serverToolType(chosen) : undefined;
  return server === undefined ? { type: 'function', function: { name: choice.toolName } } : { type: server };
}
