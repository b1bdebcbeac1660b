import type { ScriptedSegment, ScriptedTranscript, ScriptedWord } from '../scenario/route-output.js';

/** Hundredths of a second are as fine as times get. */
function round(seconds: number): number {
  return Math.round(seconds * 100) / 100;
}

/** Cuts a stretch of time by the lengths of the texts in it. */
function timed(texts: readonly string[], duration: number): readonly { readonly text: string; readonly start: number; readonly end: number }[] {
  const total = texts.reduce((sum, text) => sum + text.length, 0) || 1;
  let passed = 0;
  return texts.map((text) => {
    const start = round((duration * passed) / total);
    passed += text.length;
    return { text, start, end: round((duration * passed) / total) };
  });
}

/** One segment per sentence. */
function segmentsOf(text: string, duration: number): readonly ScriptedSegment[] {
  const sentences = text.split(/(?<=[.!?])\s+/).filter((sentence) => sentence !== '');
  return timed(sentences, duration).map((part, id) => ({ id, start: part.start, end: part.end, text: part.text }));
}

function wordsOf(text: string, duration: number): readonly ScriptedWord[] {
  return timed(text.split(/\s+/).filter((word) => word !== ''), duration).map(({ text: word, start, end }) => ({ word, start, end }));
}

/** What `verbose_json` says beside the text. `words`: whether they were asked for. */
export function verboseTranscript(transcript: ScriptedTranscript, duration: number, language: string, words: boolean): object {
  const { text } = transcript;
  return {
    task: 'transcribe',
    language: transcript.language ?? language,
    duration,
    segments: transcript.segments ?? segmentsOf(text, duration),
    ...(words ? { words: transcript.words ?? wordsOf(text, duration) } : {}),
  };
}
