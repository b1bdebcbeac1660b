import { setKept } from '../keep.js';
import { randomText } from '../random.js';
import { outputOf } from '../scenario/route-output.js';
import { mediaJson } from '../serve/media-json.js';
import { videos as check } from '../validate/media.js';
import { type Exchange, watchOf } from './exchange.js';
import { findServer } from './find-server.js';
import { parseBody, refuse, toRouted, toTold } from './media-body.js';
import { settle } from './settle.js';
import { pollingUrl } from './video-job.js';

/** Seconds of a video that asks for none. */
const DEFAULT_DURATION = 4;

/** `POST /videos`: 202, and a job to ask for. It is paid for at once, unless the script says that nothing will come of it. */
export async function createVideo(exchange: Exchange): Promise<Response> {
  const parsed = parseBody(exchange.text, check);
  if (!parsed.ok) return refuse(parsed);
  const { body } = parsed;
  const tokens = { prompt: 0, completion: 0 };
  const units = { duration_seconds: typeof body.duration === 'number' ? body.duration : DEFAULT_DURATION };
  const served = await findServer(exchange, toRouted(body, 'options'), { output: 'video', demand: () => ({ ...tokens, units }), told: toTold(body) });
  if (served instanceof Response) return served;
  const { state, record } = exchange;
  const { outcome } = served;
  const script = outputOf(outcome.reply?.output, 'video')?.video ?? {};
  const charged = script.error === undefined && (script.status ?? 'completed') === 'completed';
  const { id: generationId, usage } = settle(exchange, served, 'vid', { tokens, units, charged });
  const id = outcome.reply?.id ?? randomText(state.random(`job/${record.number}`), 20);
  const job = { generationId, script, cost: usage.cost ?? 0, byok: served.candidate.byok, asked: 0, reads: 0, downloads: 0 };
  setKept(state.videos, id, job, state.keep);
  return mediaJson({ id, polling_url: pollingUrl(exchange, id), status: 'pending' }, outcome, watchOf(exchange), { status: 202 });
}
