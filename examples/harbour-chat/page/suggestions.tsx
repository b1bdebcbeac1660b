import type { ReactNode } from 'react';

const QUESTIONS = [
  'My boat draws two metres. Can I enter Stillwater at 6?',
  'What is it like at Crow Haven at noon?',
  'Is there enough water at Gull Point at 17?',
];

/** Questions to begin with. */
export function Suggestions({ onAsk }: { onAsk: (text: string) => void }): ReactNode {
  return (
    <section className="suggestions" aria-label="Questions to begin with">
      {QUESTIONS.map((text) => <button key={text} type="button" onClick={() => onAsk(text)}>{text}</button>)}
    </section>
  );
}
