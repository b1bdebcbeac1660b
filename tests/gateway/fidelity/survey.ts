import { exchangeNames, readExchange } from '@waypost-tests/fixtures';
import { compare, type Finding } from './compare.js';
import { explanations, fits } from './explanations.js';
import { type Compared, isOlder } from './newer.js';
import { isScripted } from './scenario-of.js';

/** One difference, of one kind of recordings. */
export interface Row {
  /** Events of a stream that it is in; empty for a JSON body. */
  readonly parts: readonly string[];
  readonly path: string;
  readonly how: string;
  readonly recordings: number;
  /** Month of the newest recording that has it; empty where none is dated. */
  readonly newest: string;
  /** `undefined`: nobody knows. */
  readonly why: string | undefined;
}

/** One kind of recordings. */
export interface Survey {
  readonly kind: string;
  readonly recordings: number;
  /** Those that the gateway answers with the same status, keys and types. */
  readonly same: number;
  /** Those dated 2026 or later, and how many of them are the same. */
  readonly since2026: number;
  readonly sameSince2026: number;
  /** Of errors: those whose status the scenario names, so that the gateway could have no other. */
  readonly scripted: number;
  /** Those of the others that have the recorded status. */
  readonly status: number;
  readonly rows: readonly Row[];
}

const kinds = ['errors', 'chat-json', 'chat-sse', 'responses-json', 'responses-sse', 'embeddings', 'rerank', 'images', 'videos', 'models', 'endpoints', 'generation'] as const;

const keyOf = ({ part, path, how }: Finding): string => `${part} ${path} ${how}`;

/** Why the gateway differs; `undefined`: nobody knows. */
function whyOf(kind: string, finding: Finding, months: readonly string[], all: readonly Compared[]): string | undefined {
  const by = explanations.find((one) => fits(one, kind, finding, months));
  return by?.why ?? (isOlder(finding, all) ? 'older: newer recordings agree with the gateway' : undefined);
}

function rowsOf(kind: string, all: readonly Compared[]): readonly Row[] {
  const found = new Map<string, { readonly finding: Finding; readonly months: string[] }>();
  for (const { month, findings } of all) {
    for (const finding of findings) {
      const one = found.get(keyOf(finding)) ?? { finding, months: [] };
      one.months.push(month);
      found.set(keyOf(finding), one);
    }
  }
  const rows = new Map<string, Row>();
  for (const { finding, months } of found.values()) {
    const { part, path, how } = finding;
    const why = whyOf(kind, finding, months, all);
    const merged = rows.get(`${path} ${how} ${why}`);
    rows.set(`${path} ${how} ${why}`, {
      path, how, why,
      parts: [...(merged?.parts ?? []), ...(part === 'body' ? [] : [part])],
      recordings: Math.max(merged?.recordings ?? 0, months.length),
      newest: [merged?.newest ?? '', ...months].toSorted().at(-1) ?? '',
    });
  }
  return [...rows.values()].toSorted((a, b) => b.recordings - a.recordings || a.path.localeCompare(b.path));
}

async function surveyKind(folder: string, kind: string): Promise<Survey> {
  const all: Compared[] = [];
  let scripted = 0;
  let status = 0;
  for (const name of exchangeNames(folder, kind)) {
    const exchange = readExchange(folder, kind, name);
    const comparison = await compare(exchange);
    all.push({ month: exchange.recordedAt?.slice(0, 7) ?? '', ...comparison });
    if (isScripted(exchange)) scripted += 1;
    else if (comparison.findings.every(({ part }) => part !== 'status')) status += 1;
  }
  const isSame = ({ findings }: Compared): boolean => findings.length === 0;
  const recent = all.filter(({ month }) => month >= '2026');
  return {
    kind, scripted, status,
    recordings: all.length, same: all.filter(isSame).length, since2026: recent.length, sameSince2026: recent.filter(isSame).length,
    rows: rowsOf(kind, all),
  };
}

/** Compares every recording of a folder with what the gateway makes of it. */
export async function survey(folder: string): Promise<readonly Survey[]> {
  const surveys: Survey[] = [];
  for (const kind of kinds) surveys.push(await surveyKind(folder, kind));
  return surveys;
}
