import { exchangeNames, readExchange } from '@waypost-tests/fixtures';
import { compare } from './compare.js';
import { explanations } from './explanations.js';

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
  readonly rows: readonly Row[];
}

const kinds = ['errors', 'chat-json', 'chat-sse', 'responses-json', 'responses-sse', 'embeddings', 'rerank', 'images', 'videos', 'models', 'endpoints', 'generation'] as const;

interface Told {
  readonly part: string;
  readonly path: string;
  readonly how: string;
  readonly months: string[];
}

const keyOf = ({ part, path, how }: Pick<Told, 'part' | 'path' | 'how'>): string => `${part} ${path} ${how}`;

/** Every recording that has it is older than some that do not. */
function isOlder({ months }: Told, all: readonly { readonly month: string; readonly keys: ReadonlySet<string> }[], key: string): boolean {
  const newest = months.toSorted().at(-1) ?? '';
  return !months.includes('') && all.some(({ month, keys }) => month > newest && !keys.has(key));
}

async function surveyKind(folder: string, kind: string): Promise<Survey> {
  const told = new Map<string, Told>();
  const all: { month: string; keys: Set<string> }[] = [];
  for (const name of exchangeNames(folder, kind)) {
    const exchange = readExchange(folder, kind, name);
    const month = exchange.recordedAt?.slice(0, 7) ?? '';
    const found = await compare(exchange);
    all.push({ month, keys: new Set(found.map(keyOf)) });
    for (const finding of found) {
      const one = told.get(keyOf(finding)) ?? { ...finding, months: [] };
      one.months.push(month);
      told.set(keyOf(finding), one);
    }
  }
  const rows = new Map<string, Row>();
  for (const [key, one] of told) {
    const { part, path, how, months } = one;
    const by = explanations.find(({ of = '', where }) => kind.startsWith(of) && where.test(key));
    const why = by?.why ?? (isOlder(one, all, key) ? 'older: newer recordings agree with the gateway' : undefined);
    const merged = rows.get(`${path} ${how} ${why}`);
    rows.set(`${path} ${how} ${why}`, {
      path, how, why,
      parts: [...(merged?.parts ?? []), ...(part === 'body' ? [] : [part])],
      recordings: Math.max(merged?.recordings ?? 0, months.length),
      newest: [merged?.newest ?? '', ...months].toSorted().at(-1) ?? '',
    });
  }
  const isSame = ({ keys }: { readonly keys: ReadonlySet<string> }): boolean => keys.size === 0;
  const recent = all.filter(({ month }) => month >= '2026');
  return {
    kind,
    recordings: all.length, same: all.filter(isSame).length, since2026: recent.length, sameSince2026: recent.filter(isSame).length,
    rows: [...rows.values()].toSorted((a, b) => b.recordings - a.recordings || a.path.localeCompare(b.path)),
  };
}

/** Compares every recording of a folder with what the gateway makes of it. */
export async function survey(folder: string): Promise<readonly Survey[]> {
  const surveys: Survey[] = [];
  for (const kind of kinds) surveys.push(await surveyKind(folder, kind));
  return surveys;
}
