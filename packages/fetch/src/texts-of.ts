import type { ChatChunk } from '@waypost/core';

/** The pieces of text in a packet, of the first choice. */
export function textsOf(packet: readonly ChatChunk[]): string[] {
  const texts: string[] = [];
  // hot: once per chunk
  for (const { choices } of packet) {
    for (const choice of Array.isArray(choices) ? choices : []) {
      const content = choice?.index ? undefined : choice?.delta?.content;
      if (typeof content === 'string' && content !== '') texts.push(content);
    }
  }
  return texts;
}
