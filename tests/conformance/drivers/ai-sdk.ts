import type { LanguageModelV4, LanguageModelV4CallOptions, SharedV4ProviderMetadata, SharedV4Warning } from '@ai-sdk/provider';
import { createOpenRouter, type OpenRouterProviderSettings } from '@waypost/ai-sdk';
import type { Receipt } from '@waypost/core';
import type { Driver, Outcome, Plan } from './driver.js';
import { emptyOutcome, REQUEST } from './request.js';

function modelOf({ client, clientRaw, model, modelId }: Plan): LanguageModelV4 {
  // the suite passes what is wrong on purpose
  const settings = { ...client, ...(clientRaw && { extraBody: clientRaw }) } as OpenRouterProviderSettings;
  return createOpenRouter(settings).chat(modelId ?? 'acme/atlas', model);
}

function callOf({ call = {}, raw, request = REQUEST }: Plan): LanguageModelV4CallOptions {
  const { messages, tools, toolChoice, temperature, maxTokens, topP, seed, stop } = request;
  const { signal, headers, ...options } = call;
  return {
    // a prompt that is missing is missing here too
    prompt: (messages ?? []).map((message) =>
      message.role === 'system' ? { role: 'system', content: message.content } : { role: 'user', content: [{ type: 'text', text: message.content }] },
    ),
    ...(tools && {
      tools: tools.map(({ name, description, parameters }) => ({ type: 'function' as const, name, description, inputSchema: parameters })),
      toolChoice: { type: toolChoice ?? 'auto' },
    }),
    ...(temperature !== undefined && { temperature }),
    ...(maxTokens !== undefined && { maxOutputTokens: maxTokens }),
    ...(topP !== undefined && { topP }),
    ...(seed !== undefined && { seed }),
    ...(stop && { stopSequences: stop }),
    ...(signal && { abortSignal: signal }),
    ...(headers && { headers: { ...headers } }),
    // the type wants JSON, and so do we but where a test is about what is not
    providerOptions: { openrouter: { ...options, ...raw } } as NonNullable<LanguageModelV4CallOptions['providerOptions']>,
  };
}

// The metadata has what the adapter put there.
const receiptIn = (metadata: SharedV4ProviderMetadata | undefined): Receipt | undefined => metadata?.['openrouter']?.['receipt'] as Receipt | undefined;

const textsOf = (warnings: readonly SharedV4Warning[]): string[] => warnings.map((warning) => ('message' in warning ? warning.message : JSON.stringify(warning)));

async function stream(model: LanguageModelV4, options: LanguageModelV4CallOptions, outcome: Outcome): Promise<void> {
  const result = await model.doStream(options);
  const reader = result.stream.getReader();
  for (let step = await reader.read(); !step.done; step = await reader.read()) {
    const part = step.value;
    if (part.type === 'stream-start') outcome.warnings = textsOf(part.warnings);
    else if (part.type === 'text-delta') outcome.text += part.delta;
    else if (part.type === 'reasoning-delta') outcome.reasoning += part.delta;
    else if (part.type === 'tool-call') outcome.toolCalls.push({ id: part.toolCallId, name: part.toolName, input: JSON.parse(part.input) });
    else if (part.type === 'error') outcome.error = part.error;
    else if (part.type === 'finish') outcome.receipt = receiptIn(part.providerMetadata);
  }
}

async function generate(model: LanguageModelV4, options: LanguageModelV4CallOptions, outcome: Outcome): Promise<void> {
  const result = await model.doGenerate(options);
  for (const part of result.content) {
    if (part.type === 'text') outcome.text += part.text;
    else if (part.type === 'reasoning') outcome.reasoning += part.text;
    else if (part.type === 'tool-call') outcome.toolCalls.push({ id: part.toolCallId, name: part.toolName, input: JSON.parse(part.input) });
  }
  outcome.receipt = receiptIn(result.providerMetadata);
  outcome.warnings = textsOf(result.warnings);
}

async function run(plan: Plan): Promise<Outcome> {
  const outcome = emptyOutcome();
  try {
    await (plan.stream ? stream : generate)(modelOf(plan), callOf(plan), outcome);
  } catch (error) {
    outcome.error = error;
  }
  return outcome;
}

/** The AI SDK, by the model's own interface: `generateText` and `streamText` call nothing else. */
export const aiSdkDriver: Driver = {
  name: 'ai-sdk',
  doors: ['client', 'clientRaw', 'model', 'call', 'raw'],
  layers: { client: 'client', extraBody: 'clientRaw', model: 'model', call: 'call' },
  // `provider` among provider options is an option of the call
  rawLayer: 'call',
  // the AI SDK has a tool choice wherever it has tools
  adds: { tool_choice: 'auto' },
  run,
  create: modelOf,
};
