import { ParleyError } from '../parley.js';

const base = new URL('../api/v1/', import.meta.url);

/**
 * Asks the REST door; the session cookie goes along.
 *
 * @param {string} method
 * @param {string} path below `/api/v1/`
 * @param {object} [body]
 * @returns {Promise<*>} the answer's JSON, or null where there is none
 * @throws {ParleyError} with the server's code, or `unreachable`, or `http-<status>`
 */
export async function rest(method, path, body) {
  let response;
  try {
    response = await fetch(new URL(path, base), {
      method,
      credentials: 'same-origin',
      headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new ParleyError('unreachable');
  }
  const answer = await response.json().catch(() => null);
  if (response.ok) return answer;
  throw new ParleyError(answer?.code ?? `http-${response.status}`, answer?.message);
}

/** What to call an account. */
export const nameOf = ({ displayName, name, account }) => displayName || name || account || '';

/** Who is signed in, or null. @returns {Promise<?object>} */
export async function whoAmI() {
  try {
    return await rest('GET', 'session');
  } catch {
    return null;
  }
}
