import type { PartialResponse } from '../errors/stream-error.js';
import type { ResponsesResponse } from '../wire/responses.js';
import { functionCalls, outputReasoning, outputRefusal, outputText } from './said.js';
import { servedInResponse } from './served.js';

/** What had arrived, for an error to carry: in chat's shape, so that whoever reads errors reads these too, and the items as they came. */
export function partialResponse(response: ResponsesResponse): PartialResponse {
  const { output, openrouter_metadata: router } = response;
  const { id, model, provider, usage } = servedInResponse(response);
  const calls = functionCalls(output).map(({ call_id, name, arguments: args }) => ({ id: call_id, type: 'function' as const, function: { name, arguments: args } }));
  return {
    ...(id !== undefined && { id }),
    ...(model !== undefined && { model }),
    ...(provider !== undefined && { provider }),
    choices: [{
      index: 0,
      finish_reason: null,
      message: {
        role: 'assistant',
        content: outputText(output) || null,
        ...(outputRefusal(output) && { refusal: outputRefusal(output) }),
        ...(outputReasoning(output) && { reasoning: outputReasoning(output) }),
        ...(calls.length > 0 && { tool_calls: calls }),
      },
    }],
    ...(usage && { usage }),
    ...(router && { openrouter_metadata: router }),
    output,
  };
}
