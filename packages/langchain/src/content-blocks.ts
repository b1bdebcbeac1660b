import { AIMessage, type ContentBlock } from '@langchain/core/messages';
import { isRecord, records } from './convert-tools.js';

type Fields = Readonly<Record<string, unknown>>;

/** What a message carries besides text, as far as its content blocks depend on it. */
interface Carrier {
  readonly additional_kwargs: Fields;
  readonly response_metadata: Fields;
}

const DATA_URL = /^data:([^;,]*)[^,]*;base64,(.*)$/s;

function imageOf({ image_url: image }: Fields): ContentBlock.Multimodal.Image[] {
  const url = isRecord(image) ? image['url'] : undefined;
  if (typeof url !== 'string') return [];
  const [, mimeType, data] = DATA_URL.exec(url) ?? [];
  return [data === undefined || mimeType === undefined ? { type: 'image', url } : { type: 'image', mimeType, data }];
}

/** How sound begins, as base64. What begins otherwise has no container. */
const SOUNDS: readonly (readonly [RegExp, string])[] = [[/^UklGR/, 'audio/wav'], [/^(SUQz|\/\/[uv])/, 'audio/mpeg'], [/^T2dn/, 'audio/ogg'], [/^ZkxhQ/, 'audio/flac']];

function audioOf(audio: unknown): ContentBlock.Multimodal.Audio[] {
  if (!isRecord(audio) || typeof audio['data'] !== 'string') return [];
  const { id, data, transcript } = audio;
  const [, mimeType] = SOUNDS.find(([beginning]) => beginning.test(data)) ?? [undefined, 'audio/pcm'];
  return [{ type: 'audio', mimeType, data, ...(typeof id === 'string' && { id }), ...(typeof transcript === 'string' && { metadata: { transcript } }) }];
}

function citationOf({ url_citation: cited }: Fields): ContentBlock.Citation[] {
  if (!isRecord(cited)) return [];
  const { url, title, content, start_index: start, end_index: end } = cited;
  const citation: ContentBlock.Citation = {
    type: 'citation',
    ...(typeof url === 'string' && { url }),
    ...(typeof title === 'string' && { title }),
    ...(typeof content === 'string' && { citedText: content }),
    ...(typeof start === 'number' && { startIndex: start }),
    ...(typeof end === 'number' && { endIndex: end }),
  };
  return [citation];
}

/** The blocks of what LangChain's translator does not know: images and sound before the calls, and citations of the text. */
export function withMedia({ additional_kwargs: kwargs, response_metadata: metadata }: Carrier, blocks: readonly ContentBlock.Standard[]): ContentBlock.Standard[] {
  const all = [...blocks];
  // Such a message has its blocks as content.
  if (metadata['output_version'] === 'v1') return all;
  const annotations = records(kwargs['annotations']).flatMap(citationOf);
  const text = all.findLastIndex(({ type }) => type === 'text');
  // The block at this place is a text, or a new one.
  if (annotations.length > 0) all.splice(text === -1 ? all.length : text, text === -1 ? 0 : 1, { type: 'text', text: '', ...all[text], annotations } as ContentBlock.Text);
  const calls = all.findIndex(({ type }) => type === 'tool_call');
  all.splice(calls === -1 ? all.length : calls, 0, ...records(kwargs['images']).flatMap(imageOf), ...audioOf(kwargs['audio']));
  return all;
}

const textIn = (block: ContentBlock | undefined, type: string): string | undefined => {
  const text = block?.type === type ? block[type] : undefined;
  return typeof text === 'string' ? text : undefined;
};

/** The blocks of two chunks as those of one: what was streamed in pieces is one text, and one reasoning, again. */
export function joinBlocks(total: readonly ContentBlock[], next: readonly ContentBlock[]): ContentBlock[] {
  const all = [...total];
  for (const block of next) {
    const { type } = block;
    const more = type === 'text' || type === 'reasoning' ? textIn(block, type) : undefined;
    // Citations come at the end, for a text that may have ended before other blocks.
    const place = more === '' ? all.findLastIndex((one) => one.type === type) : all.length - 1;
    const known = all[place];
    const said = textIn(known, type);
    if (more === undefined || known === undefined || said === undefined) all.push(block);
    else all[place] = { ...known, ...block, [type]: said + more };
  }
  return all;
}

/** LangChain's message, with blocks for images, sound and citations too. */
export class OpenRouterMessage extends AIMessage {
  override get contentBlocks(): ContentBlock.Standard[] {
    return withMedia(this, super.contentBlocks);
  }

  /** Serialised, it is LangChain's. */
  override get lc_id(): string[] {
    return ['langchain_core', 'messages', 'AIMessage'];
  }
}
