import type { AIMessageChunk } from '@langchain/core/messages';
import { ChatGenerationChunk } from '@langchain/core/outputs';
import { messageOf } from './message-chunk.js';
import { addSums, type PlainSum, plainSum } from './plain-sum.js';

/**
 * A chunk of a stream. LangChain adds each chunk to a running total that it reads once, at the end. Each of its own additions makes
 * a message and parses all arguments of tool calls so far, so that a long call takes time by the square: here the message is
 * made when the total is read.
 */
export class StreamedChunk extends ChatGenerationChunk {
  override concat(next: ChatGenerationChunk): ChatGenerationChunk {
    const sum = sumOf(this);
    const more = sum && sumOf(next);
    return more ? new RunningTotal(addSums(sum, more)) : added(this, next);
  }
}

/** A chunk as a sum; undefined for one that has more to it. */
function sumOf({ text, message, generationInfo }: ChatGenerationChunk): PlainSum | undefined {
  // The chunks of one stream are all of the model's own making, or sums of them.
  return text === message.content && generationInfo === undefined ? plainSum(message as AIMessageChunk) : undefined;
}

/** Two chunks as one, at once. */
function added(total: ChatGenerationChunk, next: ChatGenerationChunk): StreamedChunk {
  return new StreamedChunk({
    text: total.text + next.text,
    // as in sumOf
    message: (total.message as AIMessageChunk).concat(next.message as AIMessageChunk),
    generationInfo: { ...total.generationInfo, ...next.generationInfo },
  });
}

/** The sum of the chunks before the last. Its fields are LangChain's, but made when they are read. */
class RunningTotal implements ChatGenerationChunk {
  readonly #sum: PlainSum;
  #chunk: StreamedChunk | undefined;

  constructor(sum: PlainSum) {
    this.#sum = sum;
  }

  get #whole(): StreamedChunk {
    return (this.#chunk ??= new StreamedChunk({ text: this.#sum.content, message: messageOf(this.#sum), generationInfo: {} }));
  }

  get text(): string {
    return this.#whole.text;
  }

  set text(text: string) {
    this.#whole.text = text;
  }

  get message(): ChatGenerationChunk['message'] {
    return this.#whole.message;
  }

  set message(message: ChatGenerationChunk['message']) {
    this.#whole.message = message;
  }

  get generationInfo(): Record<string, unknown> | undefined {
    return this.#whole.generationInfo;
  }

  set generationInfo(info: Record<string, unknown>) {
    this.#whole.generationInfo = info;
  }

  // hot: once per chunk
  concat(next: ChatGenerationChunk): ChatGenerationChunk {
    // What has been read may have been changed.
    if (this.#chunk !== undefined) return this.#chunk.concat(next);
    const more = sumOf(next);
    return more ? new RunningTotal(addSums(this.#sum, more)) : added(this.#whole, next);
  }

  toJSON(): object {
    const { text, message, generationInfo } = this.#whole;
    return { text, message, generationInfo };
  }
}

// Not by `extends`, since LangChain's constructor would give every total fields of its own.
Object.setPrototypeOf(RunningTotal.prototype, ChatGenerationChunk.prototype);

/** All chunks as one. */
export function joinChunks(chunks: readonly ChatGenerationChunk[]): ChatGenerationChunk {
  return chunks.reduce((total, next) => total.concat(next));
}
