import { generateText, isStepCount, type LanguageModel } from 'ai';
import { tools } from './tools.js';

/** What one question came to. */
export interface Answer {
  readonly text: string;
  /** Tools in the order in which they were called. */
  readonly called: readonly string[];
  /** USD for all steps, as far as the receipts tell. */
  readonly cost: number;
}

/** USD on the receipt of one step. */
function costOf(metadata: unknown): number {
  const { openrouter } = (metadata ?? {}) as { openrouter?: { receipt?: { cost?: { total?: number } } } };
  return openrouter?.receipt?.cost?.total ?? 0;
}

/** Lets the model call tools until it can answer, at most five times. */
export async function ask(model: LanguageModel, question: string): Promise<Answer> {
  const { text, steps } = await generateText({
    model,
    tools,
    stopWhen: isStepCount(5),
    system: 'You help small boats. Use the tools; never guess a depth or a tide.',
    prompt: question,
  });
  return {
    text,
    called: steps.flatMap((step) => step.toolCalls.map((call) => call.toolName)),
    cost: steps.reduce((sum, step) => sum + costOf(step.providerMetadata), 0),
  };
}
