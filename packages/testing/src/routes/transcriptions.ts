import { outputOf } from '../scenario/route-output.js';
import type { Amounts } from '../serve/bill.js';
import type { Demand } from '../serve/budget.js';
import { mediaJson } from '../serve/media-json.js';
import { countTokens } from '../serve/tokens.js';
import { verboseTranscript } from '../serve/transcript.js';
import type { Candidate } from '../routing/types.js';
import { type Exchange, watchOf } from './exchange.js';
import { findServer } from './find-server.js';
import { refuse, toRouted, toTold } from './media-body.js';
import { settle } from './settle.js';
import { audioOf, readTranscription } from './transcription-body.js';

/** Bytes per second of 16-bit mono at 24 kHz, which all sound is taken for. */
const BYTES_PER_SECOND = 48_000;
/** Tokens per second of sound, where it is billed by the token. */
const TOKENS_PER_SECOND = 10;

/** Tenths of a second, at least one. */
function secondsOf(bytes: number): number {
  return Math.max(1, Math.ceil((bytes * 10) / BYTES_PER_SECOND)) / 10;
}

/** What a sound of so many seconds is billed for where this was heard in it: by the second where there is a price for that. */
function amountsOf({ endpoint }: Candidate, seconds: number, heard: string): Pick<Amounts, 'prompt' | 'completion' | 'units'> {
  return endpoint.pricing.audio === undefined
    ? { prompt: Math.ceil(seconds * TOKENS_PER_SECOND), completion: countTokens(heard) }
    : { prompt: 0, completion: 0, units: { audio: seconds } };
}

/** `POST /audio/transcriptions`. Endpoints with a price for `audio` bill by the second, others by the token, and their usage says so. */
export async function transcriptions(exchange: Exchange): Promise<Response> {
  const parsed = await readTranscription(exchange);
  if (!parsed.ok) return refuse(parsed);
  const { body } = parsed;
  const { bytes, format } = audioOf(body);
  const unscripted = ({ requested }: Candidate): string => `${requested.model.name} heard ${bytes} bytes of ${format}.`;
  const demand: Demand = (candidate) => amountsOf(candidate, secondsOf(bytes), unscripted(candidate));
  const served = await findServer(exchange, toRouted(body, 'options'), { output: 'transcription', demand, told: toTold(body) });
  if (served instanceof Response) return served;
  const { candidate, outcome } = served;
  const scripted = outputOf(outcome.reply?.output, 'transcript')?.transcript;
  const text = scripted?.text ?? outcome.reply?.message.content ?? unscripted(candidate);
  const seconds = scripted?.duration ?? secondsOf(bytes);
  const { units, ...tokens } = amountsOf(candidate, seconds, text);
  const { id, usage } = settle(exchange, served, 'stt', { tokens, ...(units === undefined ? {} : { units }) });
  const { prompt_tokens, completion_tokens, total_tokens, cost } = usage;
  const shown = units === undefined ? { input_tokens: prompt_tokens, output_tokens: completion_tokens, total_tokens, cost } : { seconds, cost };
  const granularities: readonly unknown[] = Array.isArray(body.timestamp_granularities) ? body.timestamp_granularities : [];
  const language = typeof body.language === 'string' ? body.language : 'english';
  const verbose = body.response_format === 'verbose_json'
    ? verboseTranscript({ ...scripted, text }, seconds, language, granularities.includes('word'))
    : {};
  return mediaJson({ text, ...verbose, usage: shown }, outcome, watchOf(exchange), { headers: { 'x-generation-id': id } });
}
