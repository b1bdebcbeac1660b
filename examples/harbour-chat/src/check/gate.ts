/** Something that others wait at until it is opened. */
export interface Gate {
  /** Rejects when the signal aborts first. */
  wait(signal: AbortSignal | undefined): Promise<void>;
  open(): void;
  close(): void;
  /** Resolves when someone who waits has gone. */
  abandoned(): Promise<void>;
}

/** An open gate. */
export function createGate(): Gate {
  let barrier = Promise.resolve();
  let open = (): void => {};
  let left = (): void => {};
  const abandoned = new Promise<void>((resolve) => {
    left = resolve;
  });
  return {
    async wait(signal) {
      let leave = (): void => {};
      const gone = new Promise<never>((_resolve, reject) => {
        leave = () => {
          reject(signal?.reason);
          left();
        };
      });
      signal?.addEventListener('abort', leave);
      try {
        await Promise.race([barrier, gone]);
      } finally {
        signal?.removeEventListener('abort', leave);
      }
    },
    open: () => open(),
    close() {
      barrier = new Promise((resolve) => {
        open = resolve;
      });
    },
    abandoned: () => abandoned,
  };
}
