/** Known not to be allowed; which others are is not documented, so that all of them are here. Source: OpenRouter API, router metadata. */
const REFUSED = /^x-openrouter-(experimental-)?metadata$/i;

/** What a browser asks before it sends a request to another origin. */
export function preflight(request: Request): Response {
  const asked = request.headers.get('access-control-request-headers') ?? '';
  const allowed = asked.split(',').map((name) => name.trim()).filter((name) => name !== '' && !REFUSED.test(name));
  return new Response(null, {
    status: 204,
    headers: {
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, POST, OPTIONS',
      'access-control-allow-headers': allowed.join(', '),
      vary: 'access-control-request-headers',
    },
  });
}
