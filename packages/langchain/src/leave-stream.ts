/** What ends a stream while it waits for its next chunk. */
interface Leave {
  cancel: () => unknown;
}

/** Where a call's options carry it; tracers and serialisers do not see symbols. */
const LEAVE: unique symbol = Symbol('leave');

/** Tells whoever reads a stream, if the call's options come from one, how it is ended. */
export function onLeave(options: object, cancel: () => unknown): void {
  const leave: unknown = Reflect.get(options, LEAVE);
  if (typeof leave === 'object' && leave !== null) Object.assign(leave, { cancel });
}

/** Has a generator do something before it returns, though a value may be under way; JavaScript's own would wait for that one. */
function beforeReturn<Chunk>(chunks: AsyncGenerator<Chunk>, leaving: () => unknown): AsyncGenerator<Chunk> {
  const end = chunks.return.bind(chunks);
  chunks.return = async (value) => {
    await leaving();
    return end(value);
  };
  return chunks;
}

/**
 * A stream that ends at once when the loop that reads it is left, however long its provider is silent.
 *
 * @param open gives the stream, for options that may be extended.
 */
export function leavable<Chunk, Options extends object>(options: Options | undefined, open: (options: Options) => AsyncGenerator<Chunk>): AsyncGenerator<Chunk> {
  const leave: Leave = { cancel: () => undefined };
  return beforeReturn(open(Object.assign({}, options, { [LEAVE]: leave })), () => leave.cancel());
}

/** The same for a stream that is yet to come. */
export function leavableLater<Chunk>(coming: Promise<AsyncGenerator<Chunk>>): AsyncGenerator<Chunk> {
  async function* chunks(): AsyncGenerator<Chunk> {
    yield* await coming;
  }
  return beforeReturn(chunks(), async () => (await coming).return(undefined));
}
