import type { Document, DocumentInterface } from '@langchain/core/documents';
import { StringOutputParser } from '@langchain/core/output_parsers';
import { ChatPromptTemplate } from '@langchain/core/prompts';
import { type Runnable, RunnableLambda, RunnablePassthrough } from '@langchain/core/runnables';
import type { Models } from './connection.js';
import { MemoryStore } from './memory-store.js';

/** What a question came to. */
export interface Answer {
  readonly text: string;
  /** The documents that the text cites, in its order; what was never shown to the model is not among them. */
  readonly cited: readonly DocumentInterface[];
  /** What the model was shown, best first, with `metadata.relevanceScore`. */
  readonly sources: readonly DocumentInterface[];
}

const prompt = ChatPromptTemplate.fromMessages([
  ['system', 'You answer visitors of a harbour, in one or two sentences, from the papers below and from nothing else. Behind each sentence cite the paper by its id in square brackets. Where the papers do not say, say so.'],
  ['human', '{papers}\n\nQuestion: {question}'],
]);

const print = (sources: readonly DocumentInterface[]): string => sources.map(({ id, pageContent }) => `[${id}] ${pageContent}`).join('\n');

function citedIn(text: string, sources: readonly DocumentInterface[]): DocumentInterface[] {
  const ids = new Set([...text.matchAll(/\[([\w-]+)\]/g)].map(([, id]) => id));
  return [...ids].flatMap((id) => sources.filter((source) => source.id === id));
}

/** A chain that answers from documents: it finds some by their vectors, keeps those that fit best, and has a model read them. */
export async function openLibrary({ embeddings, reranker, chat }: Models, documents: readonly Document[]): Promise<Runnable<string, Answer>> {
  const store = await MemoryStore.of(documents, embeddings);
  const retriever = store.asRetriever(7);
  const find = RunnableLambda.from(async (question: string) => {
    const found = await retriever.invoke(question);
    return { question, sources: await reranker.compressDocuments(found, question) };
  });
  const read = RunnableLambda.from(({ question, sources }: { question: string; sources: DocumentInterface[] }) => ({ question, papers: print(sources) }))
    .pipe(prompt)
    .pipe(chat)
    .pipe(new StringOutputParser());
  return find
    .pipe(RunnablePassthrough.assign({ text: read }))
    .pipe(({ text, sources }) => ({ text, sources, cited: citedIn(text, sources) }));
}
