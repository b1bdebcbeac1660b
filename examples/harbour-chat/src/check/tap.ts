type Handler = (request: Request) => Response | Promise<Response>;

/** Everything that a server sent, headers and bodies, also of answers that the reader left. */
export interface Tap {
  readonly fetch: Handler;
  /** All of it, as text. */
  sent(): string;
  /** How many answers. */
  count(): number;
}

/** Listens in on a server. */
export function tap(handle: Handler): Tap {
  const answers: string[][] = [];
  return {
    async fetch(request) {
      const response = await handle(request);
      const pieces = [...response.headers].map(([name, value]) => `${name}: ${value}\n`);
      answers.push(pieces);
      const decoder = new TextDecoder();
      const listen = new TransformStream<Uint8Array, Uint8Array>({
        transform(bytes, controller) {
          pieces.push(decoder.decode(bytes, { stream: true }));
          controller.enqueue(bytes);
        },
      });
      return new Response(response.body?.pipeThrough(listen), response);
    },
    sent: () => answers.map((pieces) => pieces.join('')).join('\n'),
    count: () => answers.length,
  };
}
