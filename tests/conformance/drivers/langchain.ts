import { type AIMessageChunk, HumanMessage, SystemMessage } from '@langchain/core/messages';
import type { Receipt } from '@waypost/core';
import { ChatOpenRouter, type ChatOpenRouterCallOptions, type ChatOpenRouterInput } from '@waypost/langchain';
import type { Driver, Outcome, Plan } from './driver.js';
import { emptyOutcome, REQUEST } from './request.js';

function modelOf({ client = {}, clientRaw, model, modelId }: Plan): ChatOpenRouter {
  const { cache, metadata, retry: _, ...options } = client;
  const kwargs = clientRaw || model ? { ...clientRaw, ...model } : undefined;
  // the suite passes what is wrong on purpose
  return new ChatOpenRouter(modelId ?? 'acme/atlas', {
    maxRetries: 0, ...options, responseCache: cache, routerMetadata: metadata, ...(kwargs && { modelKwargs: kwargs }),
  } as ChatOpenRouterInput);
}

function optionsOf({ call = {}, raw, request = REQUEST }: Plan): ChatOpenRouterCallOptions {
  const { tools, toolChoice, temperature, maxTokens, topP, seed, stop } = request;
  const { cache, ...options } = call;
  return {
    ...options,
    ...(cache !== undefined && { responseCache: cache }),
    ...(tools && { tools: tools.map((tool) => ({ type: 'function', function: tool })) }),
    ...(toolChoice && { tool_choice: toolChoice }),
    ...(temperature !== undefined && { temperature }),
    ...(maxTokens !== undefined && { maxTokens }),
    ...(topP !== undefined && { topP }),
    ...(seed !== undefined && { seed }),
    ...(stop && { stop }),
    ...(raw && { modelKwargs: raw }),
  } as ChatOpenRouterCallOptions;
}

function gather(message: Pick<AIMessageChunk, 'text' | 'additional_kwargs' | 'response_metadata' | 'tool_calls'>, outcome: Outcome): void {
  outcome.text += message.text;
  const { reasoning_content: reasoning } = message.additional_kwargs;
  if (typeof reasoning === 'string') outcome.reasoning += reasoning;
  // The metadata has what the adapter put there.
  const { receipt, warnings } = message.response_metadata as { receipt?: Receipt; warnings?: string[] };
  if (receipt) outcome.receipt = receipt;
  if (warnings) outcome.warnings = warnings;
}

const callsOf = (message: Pick<AIMessageChunk, 'tool_calls'>): Outcome['toolCalls'] => (message.tool_calls ?? []).map(({ id, name, args }) => ({ id: id ?? '', name, input: args }));

async function run(plan: Plan): Promise<Outcome> {
  const outcome = emptyOutcome();
  try {
    const model = modelOf(plan);
    const messages = (plan.request ?? REQUEST).messages?.map(({ role, content }) => (role === 'system' ? new SystemMessage(content) : new HumanMessage(content))) ?? [];
    const options = optionsOf(plan);
    if (plan.stream) {
      let whole: AIMessageChunk | undefined;
      for await (const chunk of await model.stream(messages, options)) {
        gather(chunk, outcome);
        whole = whole?.concat(chunk) ?? chunk;
      }
      if (whole) outcome.toolCalls = callsOf(whole);
    } else {
      const message = await model.invoke(messages, options);
      gather(message, outcome);
      outcome.toolCalls = callsOf(message);
    }
  } catch (error) {
    outcome.error = error;
  }
  return outcome;
}

/** LangChain, by `invoke` and `stream`. What is set for a model besides the constructor goes into its `modelKwargs`. */
export const langchainDriver: Driver = {
  name: 'langchain',
  doors: ['client', 'clientRaw', 'call', 'raw'],
  layers: { client: 'client', modelKwargs: 'model', call: 'call' },
  rawLayer: 'modelKwargs',
  adds: {},
  run,
  create: modelOf,
};
