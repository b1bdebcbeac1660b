import { type ContentPart, InvalidOptionsError } from '@waypost/core';
import { isRecord } from './convert-tools.js';

type Block = Readonly<Record<string, unknown>>;

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function base64(value: unknown): string | undefined {
  if (!(value instanceof Uint8Array)) return text(value);
  let binary = '';
  // In slices, since the number of arguments of one call is limited.
  for (let at = 0; at < value.length; at += 0x80_00) binary += String.fromCharCode(...value.subarray(at, at + 0x80_00));
  return btoa(binary);
}

/** Where a block's data is, whichever of LangChain's notations it is written in. */
interface Source {
  readonly url: string | undefined;
  readonly data: string | undefined;
  readonly mimeType: string | undefined;
  readonly fileId: string | undefined;
}

function sourceOf(block: Block): Source {
  const nested = isRecord(block['source']) ? block['source'] : {};
  const url = text(block['url'] ?? nested['url']);
  const inline = url === undefined ? null : /^data:([^;,]*)[^,]*;base64,(.*)$/s.exec(url);
  return {
    url,
    data: inline?.[2] ?? base64(block['data'] ?? nested['data']),
    mimeType: inline?.[1] ?? text(block['mimeType'] ?? block['mime_type'] ?? nested['media_type']),
    fileId: text(block['fileId'] ?? block['file_id'] ?? (block['source_type'] === 'id' ? block['id'] : undefined)),
  };
}

/** The data by URL, or as one. */
function linkTo(source: Source, mimeType: string, path: string): string {
  if (source.url !== undefined) return source.url;
  if (source.data !== undefined) return `data:${source.mimeType ?? mimeType};base64,${source.data}`;
  throw new InvalidOptionsError([{ path, message: 'has neither url nor data' }]);
}

const FORMATS: Readonly<Record<string, string>> = { mpeg: 'mp3', mp4: 'm4a', wave: 'wav', vorbis: 'ogg', l16: 'pcm16' };

function audioPart(source: Source, path: string): ContentPart {
  const { data, mimeType = 'audio/wav' } = source;
  if (data === undefined) {
    throw new InvalidOptionsError([{ path, message: 'is sound without data', suggestion: 'OpenRouter takes sound as base64 data, not by URL' }]);
  }
  const subtype = mimeType.replace(/^audio\/(x-)?/, '').replace(/;.*$/, '');
  return { type: 'input_audio', input_audio: { data, format: FORMATS[subtype] ?? subtype } };
}

function filePart(block: Block, source: Source, path: string): ContentPart {
  const metadata = isRecord(block['metadata']) ? block['metadata'] : {};
  const filename = text(block['filename'] ?? metadata['filename'] ?? metadata['name'] ?? block['title'] ?? metadata['title']);
  const file = source.fileId === undefined ? { file_data: linkTo(source, 'application/pdf', path) } : { file_id: source.fileId };
  return { type: 'file', file: { ...(filename !== undefined && { filename }), ...file } };
}

/** What belongs to the assistant's turn, but travels outside its content. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  'reasoning', 'thinking', 'redacted_thinking', 'tool_call', 'tool_call_chunk', 'invalid_tool_call', 'tool_use', 'input_json_delta', 'functionCall', 'function_call',
  'server_tool_call', 'server_tool_call_chunk', 'server_tool_call_result',
]);

function convertBlock(block: Block, path: string): ContentPart {
  const type = String(block['type']);
  switch (type) {
    case 'text':
      return { type, text: text(block['text']) ?? '' };
    case 'text-plain': {
      const source = sourceOf(block);
      const said = text(block['text']);
      return said === undefined ? filePart(block, { ...source, mimeType: source.mimeType ?? 'text/plain' }, path) : { type: 'text', text: said };
    }
    case 'image_url': {
      const image = block['image_url'];
      return typeof image === 'string' ? { type, image_url: { url: image } } : { ...block, type };
    }
    case 'image': {
      const detail = text(block['detail'] ?? (isRecord(block['metadata']) ? block['metadata']['detail'] : undefined));
      return { type: 'image_url', image_url: { url: linkTo(sourceOf(block), 'image/png', path), ...(detail !== undefined && { detail }) } };
    }
    case 'audio':
      return audioPart(sourceOf(block), path);
    case 'video':
      return { type: 'video_url', video_url: { url: linkTo(sourceOf(block), 'video/mp4', path) } };
    case 'file': {
      if (isRecord(block['file'])) return { ...block, type };
      if (block['source_type'] === 'text') return { type: 'text', text: text(block['text']) ?? '' };
      return filePart(block, sourceOf(block), path);
    }
    case 'non_standard':
      if (isRecord(block['value']) && typeof block['value']['type'] === 'string') return { ...block['value'], type: block['value']['type'] };
      throw new InvalidOptionsError([{ path, message: 'is a non-standard block whose value has no type' }]);
    default:
      return { ...block, type };
  }
}

/**
 * A message's content as the wire has it. Blocks of LangChain's standards (v0 and v1), of OpenAI's shape and of Anthropic's images
 * are understood; a type unknown to this version passes as it is. Reasoning and tool calls travel outside the content.
 *
 * @throws {InvalidOptionsError} for a block whose data cannot be sent.
 */
export function convertContent(content: unknown, path: string): string | ContentPart[] {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) throw new InvalidOptionsError([{ path, message: `expected text or an array of blocks, got ${typeof content}` }]);
  const parts: ContentPart[] = [];
  content.forEach((block: unknown, i) => {
    const at = `${path}[${i}]`;
    if (typeof block === 'string') return parts.push({ type: 'text', text: block });
    if (!isRecord(block) || typeof block['type'] !== 'string') throw new InvalidOptionsError([{ path: at, message: 'is no content block' }]);
    if (ELSEWHERE.has(block['type'])) return;
    const part = convertBlock(block, at);
    const cache = block['cache_control'] ?? (isRecord(block['extras']) ? block['extras']['cache_control'] : undefined);
    parts.push(cache === undefined ? part : { ...part, cache_control: cache });
  });
  return parts;
}
