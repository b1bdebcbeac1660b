import { describe, expect, it } from 'vitest';
import { convertContent } from '../src/convert-content.js';

const part = (block: unknown): unknown => (convertContent([block], 'content') as unknown[])[0];

describe('convertContent', () => {
  it.each([
    ['v1 image by URL', { type: 'image', url: 'https://x.test/a.png' }, { type: 'image_url', image_url: { url: 'https://x.test/a.png' } }],
    ['v1 image by data', { type: 'image', data: 'AA==', mimeType: 'image/jpeg' }, { type: 'image_url', image_url: { url: 'data:image/jpeg;base64,AA==' } }],
    ['v1 image by bytes', { type: 'image', data: new Uint8Array([0, 255]), mimeType: 'image/png' }, { type: 'image_url', image_url: { url: 'data:image/png;base64,AP8=' } }],
    ['v0 image', { type: 'image', source_type: 'base64', data: 'AA==', mime_type: 'image/gif' }, { type: 'image_url', image_url: { url: 'data:image/gif;base64,AA==' } }],
    ['Anthropic image', { type: 'image', source: { type: 'base64', media_type: 'image/webp', data: 'AA==' } }, { type: 'image_url', image_url: { url: 'data:image/webp;base64,AA==' } }],
    ['OpenAI image', { type: 'image_url', image_url: { url: 'u', detail: 'low' } }, { type: 'image_url', image_url: { url: 'u', detail: 'low' } }],
    ['image URL alone', { type: 'image_url', image_url: 'u' }, { type: 'image_url', image_url: { url: 'u' } }],
    ['audio', { type: 'audio', data: 'AA==', mimeType: 'audio/mpeg' }, { type: 'input_audio', input_audio: { data: 'AA==', format: 'mp3' } }],
    ['audio in a data URL', { type: 'audio', url: 'data:audio/x-wav;base64,AA==' }, { type: 'input_audio', input_audio: { data: 'AA==', format: 'wav' } }],
    ['OpenAI audio', { type: 'input_audio', input_audio: { data: 'AA==', format: 'flac' } }, { type: 'input_audio', input_audio: { data: 'AA==', format: 'flac' } }],
    ['video', { type: 'video', url: 'https://x.test/v.mp4' }, { type: 'video_url', video_url: { url: 'https://x.test/v.mp4' } }],
    ['file', { type: 'file', data: 'AA==', mimeType: 'application/pdf', metadata: { filename: 'a.pdf' } }, { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,AA==' } }],
    ['file by id', { type: 'file', fileId: 'f-1' }, { type: 'file', file: { file_id: 'f-1' } }],
    ['OpenAI file', { type: 'file', file: { filename: 'a', file_data: 'd' } }, { type: 'file', file: { filename: 'a', file_data: 'd' } }],
    ['v0 text file', { type: 'file', source_type: 'text', text: 'plain' }, { type: 'text', text: 'plain' }],
    ['plain text', { type: 'text-plain', text: 'notes' }, { type: 'text', text: 'notes' }],
    ['plain text by data', { type: 'text-plain', data: 'AA==', title: 'n.txt' }, { type: 'file', file: { filename: 'n.txt', file_data: 'data:text/plain;base64,AA==' } }],
    ['cache control', { type: 'text', text: 'long', cache_control: { type: 'ephemeral' } }, { type: 'text', text: 'long', cache_control: { type: 'ephemeral' } }],
    ['non-standard', { type: 'non_standard', value: { type: 'hologram', size: 3 } }, { type: 'hologram', size: 3 }],
    ['a type of tomorrow', { type: 'smell', of: 'sea' }, { type: 'smell', of: 'sea' }],
  ])('%s', (_name, block, expected) => {
    expect(part(block)).toEqual(expected);
  });

  it('leaves text text, and takes out what travels elsewhere', () => {
    expect(convertContent('hi', 'content')).toBe('hi');
    expect(convertContent(['hi', { type: 'thinking', thinking: 'hm' }, { type: 'tool_use', id: 'x' }], 'content')).toEqual([{ type: 'text', text: 'hi' }]);
  });
});
