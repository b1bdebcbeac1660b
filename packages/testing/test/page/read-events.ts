import type { PageList } from '../../src/page/page-request.js';

interface PageEvent {
  readonly event: string;
  readonly list: PageList;
}

export interface EventReader {
  /** The next event; `undefined` at the end. Comments are passed over. */
  next(): Promise<PageEvent | undefined>;
  /** The next piece of text, whatever it is. */
  text(): Promise<string | undefined>;
  leave(): Promise<void>;
}

/** Reads the page's events one by one: the gateway sends each as one piece. */
export function readEvents(response: Response): EventReader {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (reader === undefined) throw new Error('no body');
  let rest = '';

  async function text(): Promise<string | undefined> {
    const { done, value } = await reader!.read();
    return done ? undefined : value;
  }

  return {
    text,
    async next() {
      while (true) {
        const [block, ...others] = rest.split('\n\n');
        if (block !== undefined && others.length > 0) {
          rest = others.join('\n\n');
          const match = /^event: (\w+)\ndata: (.*)$/s.exec(block);
          if (match === null) continue;
          return { event: match[1] ?? '', list: JSON.parse(match[2] ?? '') as PageList };
        }
        const more = await text();
        if (more === undefined) return undefined;
        rest += more;
      }
    },
    leave: () => reader.cancel(),
  };
}
