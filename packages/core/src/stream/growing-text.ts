/** A text that grows piece by piece. */
export interface GrowingText {
  add(piece: string): void;
  value(): string;
}

const BLOCK = 256;

/**
 * hot: pieces are joined by the block while they are young. A `+=` for each would chain as many strings as there were pieces,
 * all of which the garbage collector has to carry along for as long as a stream runs.
 */
export function growingText(): GrowingText {
  let whole = '';
  let pieces: string[] = [];
  const join = (): void => {
    whole += pieces.join('');
    pieces = [];
  };
  return {
    add(piece) {
      if (pieces.push(piece) >= BLOCK) join();
    },
    value() {
      if (pieces.length > 0) join();
      return whole;
    },
  };
}
