interface Names {
  id?: string;
  timestamp?: Date;
  modelId?: string;
}

/** What an answer, or a chunk of one, says about itself. A name that is no text, and a time that is none, are not said. */
export function responseNames({ id, created, model }: { readonly id?: unknown; readonly created?: unknown; readonly model?: unknown }): Names {
  const timestamp = new Date(typeof created === 'number' ? created * 1000 : NaN);
  return {
    ...(typeof id === 'string' && id !== '' && { id }),
    ...(!Number.isNaN(timestamp.getTime()) && { timestamp }),
    ...(typeof model === 'string' && model !== '' && { modelId: model }),
  };
}
