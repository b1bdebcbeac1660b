import { type DynamicToolUIPart, getToolName, type ToolUIPart } from 'ai';
import type { ReactNode } from 'react';
import type { ChatTools } from '../src/tools.js';

type Call = ToolUIPart<ChatTools> | DynamicToolUIPart;

/** How far a call has got, in a word of the page and in words of the reader. */
function progress(call: Call, active: boolean): readonly [state: string, words: string] {
  if (call.state === 'output-available') return ['done', 'found'];
  if (call.state === 'output-error') return ['failed', 'failed'];
  if (!active) return ['stopped', 'not finished'];
  return call.state === 'input-streaming' ? ['asking', 'being asked for …'] : ['running', 'looking it up …'];
}

/** A tool call as it happens: its name, its input as it arrives, and what it found. */
export function ToolCall({ call, active }: { call: Call; active: boolean }): ReactNode {
  const [state, words] = progress(call, active);
  return (
    <details className={`tool ${state}`}>
      <summary><b>{getToolName(call)}</b> <code>{JSON.stringify(call.input ?? {})}</code> <span>{words}</span></summary>
      <pre>{call.state === 'output-error' ? call.errorText : JSON.stringify(call.output ?? null, null, 2)}</pre>
    </details>
  );
}
