import { useChat } from '@ai-sdk/react';
import { type ReactNode, useEffect, useRef } from 'react';
import type { ChatMessage } from '../src/chat-message.js';
import { Composer } from './composer.js';
import { Failure } from './failure.js';
import { Message } from './message.js';
import { Suggestions } from './suggestions.js';

/** The whole page: the conversation, what went wrong, and the place for a question. */
export function Chat(): ReactNode {
  const { messages, sendMessage, regenerate, stop, status, error } = useChat<ChatMessage>();
  const question = useRef<HTMLTextAreaElement>(null);
  const end = useRef<HTMLDivElement>(null);
  const busy = status === 'submitted' || status === 'streaming';

  useEffect(() => {
    end.current?.scrollIntoView({ block: 'end' });
  }, [messages, error]);

  const ask = (text: string): void => {
    void sendMessage({ text });
    question.current?.focus();
  };
  const retry = (): void => {
    void regenerate();
    question.current?.focus();
  };

  return (
    <>
      <header>
        <h1>Harbour chat</h1>
        <p>Tides and weather of an invented coast. No provider may keep what is said.</p>
      </header>
      <main>
        <div role="log" aria-label="Conversation" aria-live="polite" aria-busy={busy}>
          {messages.map((message, i) => (
            <Message key={message.id} message={message} active={busy && i === messages.length - 1} />
          ))}
          {status === 'submitted' && <p className="waiting">Asking …</p>}
        </div>
        {messages.length === 0 && <Suggestions onAsk={ask} />}
        {error && <Failure reason={error.message} onRetry={retry} />}
        <div ref={end} />
      </main>
      <Composer ref={question} busy={busy} onAsk={ask} onStop={() => void stop()} />
    </>
  );
}
