/** One way to ask: for text or a tool call, as one JSON body or as a stream. */
export interface Mode {
  readonly name: 'chat' | 'tools' | 'stream' | 'streamed tools';
  readonly kind: 'json' | 'stream';
  readonly tools: boolean;
}

export const MODES: readonly Mode[] = [
  { name: 'chat', kind: 'json', tools: false },
  { name: 'tools', kind: 'json', tools: true },
  { name: 'stream', kind: 'stream', tools: false },
  { name: 'streamed tools', kind: 'stream', tools: true },
];

export const MODEL = 'acme/atlas';
export const PROMPT = 'Say something long enough';
export const TOOL = {
  name: 'weather',
  description: 'The weather of a city',
  parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
} as const;

/** What the model says, with characters of two, three and four bytes in it. */
export const TEXT = 'Grüße – 東京 👋, and done';
export const ARGUMENTS = '{"city":"Zürich 東京 👋"}';

/** What was said, as one string that can be compared: the text, or the name and arguments of the call. */
export function whole({ tools }: Mode): string {
  return tools ? said('', [{ name: TOOL.name, arguments: ARGUMENTS }]) : TEXT;
}

/** Text and calls as one string. */
export function said(text: string | null | undefined, calls: readonly { readonly name: string; readonly arguments: string }[]): string {
  return (text ?? '') + calls.map((call) => `${call.name}(${call.arguments})`).join('');
}
