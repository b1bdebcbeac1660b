import { readAnswer } from './read-answer.js';

/** The page: it names a model, and knows neither a key nor where the model is. */
export const pageFor = (model: string): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Harbour desk</title>
<form><input name="question" value="Where do the boats to the island leave?" size="50"><button>Ask</button></form>
<p id="answer"></p>
<script type="module">
${readAnswer.toString()}
const answer = document.querySelector('#answer');
document.querySelector('form').addEventListener('submit', async (event) => {
  event.preventDefault();
  answer.textContent = '';
  const content = new FormData(event.target).get('question');
  try {
    const body = JSON.stringify({ model: ${JSON.stringify(model)}, stream: true, messages: [{ role: 'user', content }] });
    const response = await fetch('/api/ai/chat/completions', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    await readAnswer(response, (piece) => { answer.textContent += piece; });
  } catch (error) {
    answer.textContent = error.message;
  }
});
</script>
</html>
`;
