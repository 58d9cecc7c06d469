/** Milliseconds after which an answer is no longer waited for. */
const PATIENCE = 15_000;

/**
 * What stands at an address now; undefined when nothing does. The browser's cache answers when nothing has changed. Rejects
 * when it cannot be had; who is signed out meanwhile is sent to sign in.
 */
export async function ask(address: string, isByItself: boolean): Promise<string | undefined> {
  const answer = await fetch(address, {
    redirect: 'manual',
    signal: AbortSignal.timeout(PATIENCE),
    ...(isByItself && { headers: { 'X-Refresh': 'yes' } }),
  });
  if (answer.type === 'opaqueredirect') location.reload();
  if (answer.status === 404) return undefined;
  if (!answer.ok) throw new Error(`Answered ${answer.status}`);
  return answer.text();
}

/** The first element of markup that has the selector. */
export function elementIn(markup: string, selector: string): Element | null {
  return new DOMParser().parseFromString(markup, 'text/html').querySelector(selector);
}
