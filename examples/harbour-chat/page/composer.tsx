import { type KeyboardEvent, type ReactNode, type RefObject, useState } from 'react';

interface ComposerProps {
  ref: RefObject<HTMLTextAreaElement | null>;
  busy: boolean;
  onAsk: (text: string) => void;
  onStop: () => void;
}

/** The place for a question. Enter sends it, and Shift with Enter begins a line. */
export function Composer({ ref, busy, onAsk, onStop }: ComposerProps): ReactNode {
  const [text, setText] = useState('');
  const send = (): void => {
    if (busy || text.trim() === '') return;
    onAsk(text.trim());
    setText('');
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    <form onSubmit={(event) => { event.preventDefault(); send(); }}>
      <label htmlFor="question">Your question</label>
      <textarea id="question" ref={ref} rows={2} autoFocus value={text} onChange={({ target }) => setText(target.value)} onKeyDown={onKeyDown} />
      {busy ? <button type="button" onClick={onStop}>Stop</button> : <button type="submit" disabled={text.trim() === ''}>Send</button>}
    </form>
  );
}
