/** Reads an event stream in a page, with nothing but what a browser has. It is sent to the page as it stands here, so it uses nothing from outside. */
export async function readAnswer(response: Response, write: (piece: string) => void): Promise<void> {
  if (!response.ok || response.body === null) {
    const { error } = (await response.json()) as { error: { message: string } };
    throw new Error(error.message);
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const events = (rest + value).split('\n\n');
    rest = events.pop() ?? '';
    for (const event of events) {
      if (!event.startsWith('data: {')) continue;
      const chunk = JSON.parse(event.slice(6)) as { error?: { message: string }; choices?: { delta?: { content?: string } }[] };
      if (chunk.error) throw new Error(chunk.error.message);
      write(chunk.choices?.[0]?.delta?.content ?? '');
    }
  }
}
