import type { ChatRequest, ErrorMetadata, Tool } from '@waypost/core';
import type { DroppedEndpoint, Finding, RoutePlan } from '@waypost/core/routing';
import { originOf } from './listing.js';
import { functionName } from './tools.js';
import type { AccountSettings, Refusal } from './types.js';

const LEARN_MORE = 'To learn more about provider routing, visit: https://openrouter.ai/docs/guides/routing/provider-selection';
const PRIVACY_SETTINGS = 'https://openrouter.ai/settings/privacy';

/** What the refusals look at. */
interface Failed {
  readonly plan: RoutePlan;
  readonly body: ChatRequest;
  readonly account: AccountSettings;
  readonly output: string;
  /** What the step that left nothing dropped: everything. */
  readonly dropped: readonly DroppedEndpoint[];
}

type Words = Pick<Refusal, 'message' | 'metadata'>;

const isAbout = (preference: string) => ({ findings }: DroppedEndpoint): boolean => findings.some((finding) => finding.preference === preference);
const isFree = ({ candidate }: DroppedEndpoint): boolean => candidate.model.id.endsWith(':free');

/** Which of the four known words the message puts into its brackets. */
function dataPolicyLabel({ dropped }: Failed): string {
  if (!dropped.every(isAbout('data_collection'))) return 'Zero data retention';
  if (!dropped.every(isFree)) return 'Paid model training';
  return dropped.some(({ candidate }) => originOf(candidate.endpoint).endpoint.dataPolicy.trains) ? 'Free model training' : 'Free model publication';
}

/** Why the account's own settings exclude an endpoint, in the words of `ineligibility_reasons`. */
function guardrailReason(one: DroppedEndpoint, { preference }: Finding): string {
  if (preference === 'allowedModels') return 'model-ignored-by-guardrail';
  return preference === 'zdr' ? 'zdr-violation-by-guardrail' : `${isFree(one) ? 'free' : 'paid'}-model-training-violation-by-account`;
}

function byGuardrails({ dropped }: Failed): Words {
  const counts = new Map<string, number>();
  for (const reason of dropped.flatMap((one) => one.findings.map((finding) => guardrailReason(one, finding)))) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const list = [...counts].map(([reason, count]) => `${reason} (${count})`).join(', ');
  return {
    message: `0 endpoints out of ${dropped.length} requested are available matching your guardrail restrictions and data policy. `
      + `We removed them for the following reasons (an endpoint may have several): ${list}`,
    metadata: {
      input_endpoint_count: dropped.length,
      ineligibility_reasons: [...counts].map(([reason, endpoint_count]) => ({ reason, endpoint_count })),
    },
  };
}

function byAllowedProviders({ plan, body, account, dropped }: Failed): Words {
  const serving = [...new Set(plan.candidates.map((candidate) => candidate.provider))];
  const byRequest = dropped.every(({ findings }) => findings.some(({ by }) => by === 'request'));
  const permitted = byRequest ? (body.provider?.only ?? []) : (account.only ?? []);
  const blame = byRequest
    ? `your request's provider.only preference permits only: ${permitted.join(', ')}.`
    : `your account's allowed-providers setting permits only: ${permitted.join(', ')}. Visit ${PRIVACY_SETTINGS}.`;
  return {
    message: `No allowed providers are available for the selected model. Providers serving ${modelName(plan, body)}: ${serving.join(', ')}, but ${blame}`,
    metadata: { available_providers: serving, requested_providers: [...permitted] },
  };
}

function toolName(tool: Tool | undefined): string {
  return tool === undefined ? '' : (functionName(tool) ?? tool.type);
}

function byTools({ body, dropped }: Failed): Words {
  return {
    message: dropped.every(isAbout('tools'))
      ? `No endpoints found that support tool use. Try disabling "${toolName(body.tools?.[0])}". ${LEARN_MORE}`
      : `No endpoints found that support the provided 'tool_choice' value. ${LEARN_MORE}`,
  };
}

const byInput = (modality: string) => (): Words => ({ message: `No endpoints found that support ${modality} input` });

/** What a 404 says, by the step that left nothing. Those of audio and video are by analogy. */
const WORDS: Readonly<Record<string, (failed: Failed) => Words>> = {
  'Filter by Guardrails': byGuardrails,
  'Filter by Data Policy': (failed) => ({
    message: `No endpoints found matching your data policy (${dataPolicyLabel(failed)}). Configure: ${PRIVACY_SETTINGS}`,
  }),
  'Filter by Allowed Providers': byAllowedProviders,
  'Filter by Ignored Providers': () => ({
    message: `All providers have been ignored. To change your default ignored providers, visit: ${PRIVACY_SETTINGS}`,
  }),
  'Filter by Tool Compatibility': byTools,
  'Filter by Image Support': byInput('image'),
  'Filter by Audio Support': byInput('audio'),
  'Filter by Video Support': byInput('video'),
  'Filter by Model Output Modalities': ({ body, output }) => ({
    message: `No endpoints found that support the requested output modalities: ${(body.modalities ?? [output]).join(', ')}`,
  }),
  'Filter by Parameters': () => ({ message: `No endpoints found that can handle the requested parameters. ${LEARN_MORE}` }),
};

function modelName(plan: RoutePlan, body: ChatRequest): string {
  return plan.candidates[0]?.model.id ?? body.model ?? '';
}

/** The 404 of a plan that left nothing, word for word where real answers are known. */
export function refusalOf(plan: RoutePlan, body: ChatRequest, account: AccountSettings, output: string): Refusal {
  const last = plan.funnel.at(-1);
  const words = WORDS[last?.step ?? '']?.({ plan, body, account, output, dropped: last?.dropped ?? [] });
  const metadata: ErrorMetadata = {
    ...words?.metadata,
    routing_funnel: plan.funnel.slice(0, -1).map(({ step, endpoint_count }) => ({ step, endpoint_count })),
    ...(last === undefined ? {} : { failed_routing_step: last.step }),
  };
  return { status: 404, message: words?.message ?? `No endpoints found for ${modelName(plan, body)}.`, metadata };
}
