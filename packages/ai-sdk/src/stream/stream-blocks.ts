import type { LanguageModelV4StreamPart, SharedV4ProviderMetadata } from '@ai-sdk/provider';

type Delta = Extract<LanguageModelV4StreamPart, { type: 'text-delta' | 'reasoning-delta' | 'tool-input-delta' }>;

/** The text or reasoning part that is open, and deltas that wait to be joined with the next. */
export interface Blocks {
  readonly kind: 'text' | 'reasoning' | undefined;
  open(kind: 'text' | 'reasoning', generationId: string | undefined): void;
  /** Writes into the open part. */
  delta(text: string): void;
  close(metadata?: SharedV4ProviderMetadata): void;
  toolDelta(id: string, text: string): void;
  /** Any other part, after what waits. */
  part(part: LanguageModelV4StreamPart): void;
  /** Lets go what waits to be joined. */
  flush(): void;
}

export function createBlocks(emit: (part: LanguageModelV4StreamPart) => void, merge: boolean): Blocks {
  let kind: 'text' | 'reasoning' | undefined;
  let id = '';
  const counts = { text: 0, reasoning: 0 };
  let held: Delta | undefined;

  const flush = (): void => {
    if (!held) return;
    const part = held;
    held = undefined;
    emit(part);
  };

  // hot: once per delta
  const send = (type: Delta['type'], partId: string, delta: string): void => {
    if (!merge) return emit({ type, id: partId, delta });
    if (held && held.type === type && held.id === partId) {
      held.delta += delta;
      return;
    }
    flush();
    held = { type, id: partId, delta };
  };

  return {
    get kind() {
      return kind;
    },
    open(next, generationId) {
      flush();
      kind = next;
      const count = counts[next]++;
      id = `${next === 'text' ? (generationId ?? 'text') : 'reasoning'}${count === 0 ? '' : `-${count}`}`;
      emit({ type: next === 'text' ? 'text-start' : 'reasoning-start', id });
    },
    delta(text) {
      send(kind === 'text' ? 'text-delta' : 'reasoning-delta', id, text);
    },
    close(metadata) {
      if (!kind) return;
      flush();
      emit({ type: kind === 'text' ? 'text-end' : 'reasoning-end', id, ...(metadata && { providerMetadata: metadata }) });
      kind = undefined;
    },
    toolDelta(partId, text) {
      send('tool-input-delta', partId, text);
    },
    part(part) {
      flush();
      emit(part);
    },
    flush,
  };
}
