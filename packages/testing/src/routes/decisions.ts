import { outputOf } from '../scenario/route-output.js';
import { decide } from '../serve/decide.js';
import { mediaJson } from '../serve/media-json.js';
import { countTokens } from '../serve/tokens.js';
import { isFields } from '../validate.js';
import { decisions as check } from '../validate/media.js';
import { type Exchange, watchOf } from './exchange.js';
import { findServer } from './find-server.js';
import { parseBody, refuse, toRouted, toTold } from './media-body.js';
import { settle } from './settle.js';

/** `POST /api/alpha/decisions`, which is outside `/api/v1`. The model of the answer is the dated one. */
export async function decisions(exchange: Exchange): Promise<Response> {
  const parsed = parseBody(exchange.text, check);
  if (!parsed.ok) return refuse(parsed);
  const { body } = parsed;
  const questions = Object.entries(isFields(body.questions) ? body.questions : {});
  const prompt = countTokens(JSON.stringify(body.state)) + countTokens(JSON.stringify(body.questions));
  const decided = questions.map(([id, question]) => [id, decide(body.state, isFields(question) ? question : {})] as const);
  const unscripted = { prompt, completion: countTokens(JSON.stringify(Object.fromEntries(decided))) };
  const served = await findServer(exchange, toRouted(body), { output: 'decisions', demand: () => unscripted, told: toTold(body) });
  if (served instanceof Response) return served;
  const { candidate, outcome } = served;
  const scripted = outputOf(outcome.reply?.output, 'decisions')?.answers ?? {};
  const answers = Object.fromEntries(decided.map(([id, answer]) => [id, Object.hasOwn(scripted, id) ? scripted[id] : answer]));
  const completion = countTokens(JSON.stringify(answers));
  const { id, provider, usage } = settle(exchange, served, 'dec', { tokens: { prompt, completion } });
  const { prompt_tokens: input_tokens, completion_tokens: output_tokens, cost } = usage;
  const model = outcome.reply?.model ?? candidate.requested.model.canonicalSlug;
  return mediaJson(
    { model, answers, usage: { input_tokens, output_tokens, cost }, id: outcome.reply?.id ?? id, provider },
    outcome,
    watchOf(exchange),
    { headers: { 'x-generation-id': id, 'x-provider-name': provider } },
  );
}
