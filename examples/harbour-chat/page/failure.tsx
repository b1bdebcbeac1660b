import type { ReactNode } from 'react';

/** What went wrong, and a way to ask again. */
export function Failure({ reason, onRetry }: { reason: string; onRetry: () => void }): ReactNode {
  return (
    <div role="alert" className="failure">
      <p>{reason}</p>
      <button type="button" onClick={onRetry}>Try again</button>
    </div>
  );
}
