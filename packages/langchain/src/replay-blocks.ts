import type { AssistantMessage } from '@waypost/core';
import { isRecord } from './convert-tools.js';

type Fields = Readonly<Record<string, unknown>>;

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function stated<Value extends Fields>(fields: Value): { [Key in keyof Value]?: Exclude<Value[Key], undefined> } {
  // Only what is not undefined is left.
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as { [Key in keyof Value]?: Exclude<Value[Key], undefined> };
}

function imagesOf({ type, url, data, mimeType }: Fields): { type: 'image_url'; image_url: { url: string } }[] {
  const link = text(url) ?? (text(data) === undefined ? undefined : `data:${text(mimeType) ?? 'image/png'};base64,${String(data)}`);
  return type === 'image' && link !== undefined ? [{ type: 'image_url', image_url: { url: link } }] : [];
}

function citationsOf({ annotations }: Fields): { type: 'url_citation'; url_citation: Fields & { url: string } }[] {
  if (!Array.isArray(annotations)) return [];
  return annotations.filter(isRecord).flatMap(({ type, url, title, citedText, startIndex, endIndex }) => {
    if (type !== 'citation' || typeof url !== 'string') return [];
    return [{ type: 'url_citation' as const, url_citation: { url, ...stated({ title, content: citedText, start_index: startIndex, end_index: endIndex }) } }];
  });
}

function audioOf({ type, id, data, metadata }: Fields): NonNullable<AssistantMessage['audio']>[] {
  if (type !== 'audio') return [];
  return [stated({ id: text(id), data: text(data), transcript: isRecord(metadata) ? text(metadata['transcript']) : undefined })];
}

/** Blocks that are fields of an assistant's message on the wire. */
const FIELDS: ReadonlySet<unknown> = new Set(['image', 'audio']);

/** An assistant's content without what has fields of its own. */
export function withoutFields(content: unknown): unknown {
  return Array.isArray(content) ? content.filter((block: unknown) => !isRecord(block) || !FIELDS.has(block['type'])) : content;
}

/** The fields that an assistant's standard blocks stand for: thinking, images, sound, and citations of the text. */
export function blockFields(content: unknown): Pick<AssistantMessage, 'reasoning' | 'images' | 'audio' | 'annotations'> {
  if (!Array.isArray(content)) return {};
  const blocks: Fields[] = content.filter(isRecord);
  const reasoning = blocks.map((block) => (block['type'] === 'reasoning' ? (text(block['reasoning']) ?? '') : '')).join('');
  const images = blocks.flatMap(imagesOf);
  const [audio] = blocks.flatMap(audioOf);
  const annotations = blocks.flatMap(citationsOf);
  return { ...(reasoning !== '' && { reasoning }), ...(images.length > 0 && { images }), ...(audio && { audio }), ...(annotations.length > 0 && { annotations }) };
}
