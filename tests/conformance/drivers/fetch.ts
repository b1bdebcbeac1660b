import { createOpenRouter, type OpenRouter, type OpenRouterOptions } from '@waypost/fetch';
import type { CallOptions, Warning } from '@waypost/core';
import type { Driver, Outcome, Plan } from './driver.js';
import { emptyOutcome, REQUEST } from './request.js';

function clientOf({ client, model }: Plan): OpenRouter {
  // the suite passes what is wrong on purpose
  const openrouter = createOpenRouter({ retry: false, ...client } as OpenRouterOptions);
  return model ? openrouter.with(model) : openrouter;
}

function bodyOf({ modelId, request = REQUEST, raw }: Plan): Parameters<OpenRouter['chat']>[0] {
  const { messages, tools, toolChoice, temperature, maxTokens, topP, seed, stop } = request;
  return {
    model: modelId ?? 'acme/atlas',
    messages: [...(messages ?? [])],
    ...(tools && { tools: tools.map((tool) => ({ type: 'function' as const, function: tool })) }),
    ...(toolChoice && { tool_choice: toolChoice }),
    ...(temperature !== undefined && { temperature }),
    ...(maxTokens !== undefined && { max_tokens: maxTokens }),
    ...(topP !== undefined && { top_p: topP }),
    ...(seed !== undefined && { seed }),
    ...(stop && { stop }),
    ...raw,
  };
}

const textsOf = (warnings: readonly Warning[]): string[] => warnings.map(({ path, message }) => `${path} ${message}`);

async function run(plan: Plan): Promise<Outcome> {
  const outcome = emptyOutcome();
  try {
    const client = clientOf(plan);
    const body = bodyOf(plan);
    const options = plan.call as CallOptions | undefined;
    if (plan.stream) {
      const stream = client.stream(body, options);
      for await (const chunk of stream) {
        const delta = chunk.choices?.[0]?.delta;
        outcome.text += delta?.content ?? '';
        outcome.reasoning += delta?.reasoning ?? '';
      }
      const { receipt, warnings, toolCalls } = await stream.final();
      return { ...outcome, receipt, toolCalls: toolCalls.map(({ id, name, input }) => ({ id, name, input })), warnings: textsOf(warnings) };
    }
    const { text, message, receipt, warnings, toolCalls } = await client.chat(body, options);
    // the message is the wire's, in which anything may stand
    const reasoning = typeof message.reasoning === 'string' ? message.reasoning : '';
    return { text, reasoning, receipt, toolCalls: toolCalls.map(({ id, name, input }) => ({ id, name, input })), warnings: textsOf(warnings) };
  } catch (error) {
    return { ...outcome, error };
  }
}

/** The fetch client. Its raw door is the request itself, which states `model` and `messages` by right. */
export const fetchDriver: Driver = {
  name: 'fetch',
  doors: ['client', 'model', 'call', 'raw'],
  layers: { client: 'client', with: 'model', call: 'call' },
  rawLayer: 'request',
  adds: {},
  run,
  create: clientOf,
};
