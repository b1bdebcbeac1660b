import { type AIMessage, isAIMessage } from '@langchain/core/messages';
import type { ChatOpenRouter } from '@waypost/langchain';
import { createAgent } from 'langchain';
import { Advice } from './advice.js';
import { tools } from './tools.js';

/** One step of the agent: which tools it called, who served it, and for how much. */
export interface Step {
  readonly called: readonly string[];
  readonly model: string | undefined;
  readonly provider: string | undefined;
  /** USD. */
  readonly cost: number;
}

/** What one question came to. */
export interface Outcome {
  readonly advice: Advice;
  readonly steps: readonly Step[];
}

/** What `response_metadata.receipt` holds, as far as it is used here. */
interface ReceiptPart {
  served?: { model?: string; provider?: string };
  cost: { total?: number };
}

/** A message that LangChain wrote itself has no receipt, and is no step. */
function stepsOf({ tool_calls: calls = [], response_metadata: metadata }: AIMessage): Step[] {
  const { receipt } = metadata as { receipt?: ReceiptPart };
  if (!receipt) return [];
  const { served, cost } = receipt;
  return [{ called: calls.map(({ name }) => name), model: served?.model, provider: served?.provider, cost: cost.total ?? 0 }];
}

/** Lets the agent look things up until it can give advice. */
export async function ask(model: ChatOpenRouter, question: string): Promise<Outcome> {
  const agent = createAgent({
    model,
    tools,
    responseFormat: Advice,
    systemPrompt: 'You help small boats. Use the tools; never guess a depth or a tide.',
  });
  const { structuredResponse, messages } = await agent.invoke({ messages: [{ role: 'user', content: question }] }, { recursionLimit: 20 });
  return { advice: structuredResponse, steps: messages.filter(isAIMessage).flatMap(stepsOf) };
}
