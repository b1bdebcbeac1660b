import { isToolUIPart } from 'ai';
import type { ReactNode } from 'react';
import type { ChatMessage } from '../src/chat-message.js';
import { Served } from './served.js';
import { ToolCall } from './tool-call.js';

interface PartProps {
  part: ChatMessage['parts'][number];
  /** The message is still arriving. */
  active: boolean;
}

function Part({ part, active }: PartProps): ReactNode {
  if (isToolUIPart(part)) return <ToolCall call={part} active={active} />;
  if (part.type === 'text') return <p className="said">{part.text}</p>;
  if (part.type !== 'reasoning' || part.text === '') return null;
  return <details className="thought"><summary>Thoughts</summary><p>{part.text}</p></details>;
}

/** One message: what was said, thought and looked up, and who served it. All of it is text, and never markup. */
export function Message({ message, active }: { message: ChatMessage; active: boolean }): ReactNode {
  const steps = message.metadata?.steps ?? [];
  return (
    <article className={message.role} aria-label={message.role === 'user' ? 'You' : 'Answer'}>
      {message.parts.map((part, i) => <Part key={i} part={part} active={active} />)}
      {!active && steps.length > 0 && <Served steps={steps} />}
    </article>
  );
}
