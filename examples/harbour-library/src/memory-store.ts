import type { Document, DocumentInterface } from '@langchain/core/documents';
import type { EmbeddingsInterface } from '@langchain/core/embeddings';
import { VectorStore } from '@langchain/core/vectorstores';

/** The cosine of the angle between two vectors: 1 where they point the same way. */
function similarity(a: readonly number[], b: readonly number[]): number {
  const dot = a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
  return dot / (Math.hypot(...a) * Math.hypot(...b) || 1);
}

/** A vector store that keeps everything in memory, and looks at all of it. */
export class MemoryStore extends VectorStore {
  private readonly rows: { readonly vector: readonly number[]; readonly document: DocumentInterface }[] = [];

  constructor(embeddings: EmbeddingsInterface) {
    super(embeddings, {});
  }

  /** A store with the vectors of these documents. */
  static async of(documents: readonly Document[], embeddings: EmbeddingsInterface): Promise<MemoryStore> {
    const store = new MemoryStore(embeddings);
    await store.addDocuments([...documents]);
    return store;
  }

  override _vectorstoreType(): string {
    return 'memory';
  }

  override async addDocuments(documents: DocumentInterface[]): Promise<void> {
    await this.addVectors(await this.embeddings.embedDocuments(documents.map(({ pageContent }) => pageContent)), documents);
  }

  override async addVectors(vectors: number[][], documents: DocumentInterface[]): Promise<void> {
    vectors.forEach((vector, i) => {
      const document = documents[i];
      if (document) this.rows.push({ vector, document });
    });
  }

  override async similaritySearchVectorWithScore(query: number[], k: number): Promise<[DocumentInterface, number][]> {
    const scored = this.rows.map(({ vector, document }): [DocumentInterface, number] => [document, similarity(query, vector)]);
    return scored.toSorted(([, a], [, b]) => b - a).slice(0, k);
  }
}
